// RUN: not gradc-opt %s --bufferize-functions 2>&1 | FileCheck %s

// Functions are put into memory side by side: none may change the module.
func.func @constant(%place: memref<2xf32>) {
  // CHECK: [[@LINE+1]]:{{[0-9]+}}: error: a constant tensor needs memory of the module, where a function is put into memory by itself
  %numbers = arith.constant dense<[1.0, 2.0]> : tensor<2xf32>
  bufferization.materialize_in_destination %numbers in restrict writable %place
    : (tensor<2xf32>, memref<2xf32>) -> ()
  return
}

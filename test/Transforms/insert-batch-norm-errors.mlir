// RUN: not gradc-opt %s --pass-pipeline='builtin.module(any(insert-batch-norm{momentum=2}))' 2>&1 | FileCheck %s
// RUN: not gradc-opt %s --pass-pipeline='builtin.module(any(insert-batch-norm{eps=0}))' 2>&1 | FileCheck %s

// CHECK: error: insert-batch-norm needs a momentum of at least 0 and at most 1 and an eps greater than 0
func.func @net(%x: tensor<4x3xf32>) {
  return
}

// RUN: not gradc-opt %s --pass-pipeline='builtin.module(any(insert-dropout{rate=1}))' 2>&1 | FileCheck %s

// CHECK: error: insert-dropout needs a rate of at least 0 and less than 1
func.func @net(%x: tensor<4x3xf32>) {
  return
}

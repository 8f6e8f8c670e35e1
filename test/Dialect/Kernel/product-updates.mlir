// RUN: gradc-opt %s | gradc-opt | FileCheck %s

// The body takes the old element of the matrix, behind the number, and what its
// column has joined.
// CHECK-LABEL: func.func @step
// CHECK-SAME: %[[X:.*]]: tensor<7x5xf32>, %[[D:.*]]: tensor<7x9xf32>, %[[W:.*]]: tensor<5x9xf32>, %[[S:.*]]: tensor<9xf32>, %[[RATE:.*]]: tensor<f32>
// CHECK: kernel.product updates transposed %[[X]], %[[D]] with(%[[RATE]] : tensor<f32>) into(%[[W]], %[[S]] : tensor<5x9xf32>, tensor<9xf32>)
// CHECK-NEXT: ^bb0(%[[SUM:.*]]: f32, %[[R:.*]]: f32, %[[OLD:.*]]: f32, %[[BEFORE:.*]]: f32):
func.func @step(%x: tensor<7x5xf32>, %d: tensor<7x9xf32>, %w: tensor<5x9xf32>, %s: tensor<9xf32>,
                %rate: tensor<f32>) -> (tensor<5x9xf32>, tensor<9xf32>) {
  %next:2 = kernel.product updates transposed %x, %d with (%rate : tensor<f32>)
      into (%w, %s : tensor<5x9xf32>, tensor<9xf32>)
      : tensor<7x5xf32>, tensor<7x9xf32> -> tensor<5x9xf32>, tensor<9xf32> {
  ^bb0(%sum: f32, %r: f32, %old: f32, %before: f32):
    %change = arith.mulf %sum, %r : f32
    %new = arith.subf %old, %change : f32
    %joined = arith.addf %before, %new : f32
    kernel.yield %new, %joined : f32, f32
  }
  return %next#0, %next#1 : tensor<5x9xf32>, tensor<9xf32>
}

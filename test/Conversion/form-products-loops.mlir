// RUN: gradc-opt %s --form-products | FileCheck %s

#lhs = affine_map<(d0, d1, d2) -> (d0, d2)>
#rhs_t = affine_map<(d0, d1, d2) -> (d1, d2)>
#result = affine_map<(d0, d1, d2) -> (d0, d1)>

// CHECK: #[[FLIPPED:.*]] = affine_map<(d0, d1) -> (d1, d0)>

// A weight that a loop reads transposed in each turn is transposed once, before
// it.
// CHECK-LABEL: func.func @once
// CHECK-SAME: %[[D:.*]]: tensor<8x10xf32>, %[[W:.*]]: tensor<30x10xf32>
func.func @once(%d: tensor<8x10xf32>, %w: tensor<30x10xf32>, %n: index) -> tensor<8x30xf32> {
  // CHECK: %[[WT:.*]] = linalg.generic {indexing_maps = [#[[FLIPPED]], {{.*}} ins(%[[W]] : tensor<30x10xf32>) outs(%{{.*}} : tensor<10x30xf32>)
  // CHECK: scf.for
  // CHECK: kernel.product %[[D]], %[[WT]]
  %zero = arith.constant 0.0 : f32
  %first = arith.constant 0 : index
  %one = arith.constant 1 : index
  %empty = tensor.empty() : tensor<8x30xf32>
  %result = scf.for %t = %first to %n step %one iter_args(%old = %empty) -> tensor<8x30xf32> {
    %zeros = linalg.fill ins(%zero : f32) outs(%old : tensor<8x30xf32>) -> tensor<8x30xf32>
    %y = linalg.matmul indexing_maps = [#lhs, #rhs_t, #result]
      ins(%d, %w : tensor<8x10xf32>, tensor<30x10xf32>)
      outs(%zeros : tensor<8x30xf32>) -> tensor<8x30xf32>
    scf.yield %y : tensor<8x30xf32>
  }
  return %result : tensor<8x30xf32>
}

// A factor that is another one in each turn is transposed there.
// CHECK-LABEL: func.func @of_a_turn
// CHECK: scf.for
// CHECK: linalg.generic
// CHECK: kernel.product
func.func @of_a_turn(%d: tensor<8x8xf32>, %w: tensor<8x8xf32>, %n: index) -> tensor<8x8xf32> {
  %zero = arith.constant 0.0 : f32
  %first = arith.constant 0 : index
  %one = arith.constant 1 : index
  %result = scf.for %t = %first to %n step %one iter_args(%old = %w) -> tensor<8x8xf32> {
    %empty = tensor.empty() : tensor<8x8xf32>
    %zeros = linalg.fill ins(%zero : f32) outs(%empty : tensor<8x8xf32>) -> tensor<8x8xf32>
    %y = linalg.matmul indexing_maps = [#lhs, #rhs_t, #result]
      ins(%d, %old : tensor<8x8xf32>, tensor<8x8xf32>)
      outs(%zeros : tensor<8x8xf32>) -> tensor<8x8xf32>
    scf.yield %y : tensor<8x8xf32>
  }
  return %result : tensor<8x8xf32>
}

// RUN: gradc-opt %s --convert-to-linalg | FileCheck %s

// CHECK-DAG: #[[FLIPPED:.*]] = affine_map<(d0, d1) -> (d1, d0)>

// A loop over the rows; in it, twice, one over the rows above; in that, one that
// sums products and one that subtracts; then the row is divided by its length.
// CHECK-LABEL: func.func @wide
func.func @wide(%x: tensor<3x5xf64>) -> tensor<3x5xf32> {
  // CHECK: scf.for %[[ROW:.*]] = %{{.*}} to %[[ROWS:.*]] step
  // CHECK: scf.for %{{.*}} = %{{.*}} to %{{.*}} step
  // CHECK: scf.for %{{.*}} = %{{.*}} to %[[ROW]] step
  // CHECK: scf.for
  // CHECK: arith.mulf
  // CHECK: arith.addf
  // CHECK: scf.for
  // CHECK: arith.subf
  // CHECK: math.sqrt
  // CHECK: arith.divf
  // CHECK: linalg.generic
  // CHECK: arith.truncf
  %0 = nn.orthonormalize %x gain(1.0) : tensor<3x5xf64> -> tensor<3x5xf32>
  return %0 : tensor<3x5xf32>
}

// Of a tall matrix, the transpose.
// CHECK-LABEL: func.func @tall
func.func @tall(%x: tensor<5x1x3xf64>) -> tensor<5x1x3xf64> {
  // CHECK: tensor.collapse_shape
  // CHECK: linalg.generic {indexing_maps = [#[[FLIPPED]]
  // CHECK-SAME: ins(%{{.*}} : tensor<5x3xf64>) outs(%{{.*}} : tensor<3x5xf64>)
  // CHECK: scf.for
  // CHECK: tensor.expand_shape
  %0 = nn.orthonormalize %x gain(2.0) : tensor<5x1x3xf64> -> tensor<5x1x3xf64>
  return %0 : tensor<5x1x3xf64>
}

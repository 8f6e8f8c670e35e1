// RUN: gradc-opt %s --convert-to-linalg | FileCheck %s

// CHECK-DAG: #[[ALL:.*]] = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
// CHECK-DAG: #[[CHANNEL:.*]] = affine_map<(d0, d1, d2, d3) -> (d1)>
// CHECK-DAG: #[[MATRIX:.*]] = affine_map<(d0, d1) -> (d0, d1)>
// CHECK-DAG: #[[ROW:.*]] = affine_map<(d0, d1) -> (d0)>

// Two sums over memory, the mean's in f64, then one formula; what is the same for a
// channel is computed once for it, in f64.
// CHECK-LABEL: func.func @normalize
// CHECK-SAME: %[[X:.*]]: tensor<4x3x5x5xf32>
func.func @normalize(%x: tensor<4x3x5x5xf32>, %f: tensor<3xf32>, %s: tensor<3xf32>)
    -> (tensor<4x3x5x5xf32>, tensor<3xf32>, tensor<3xf32>) {
  // CHECK: %[[TOTAL:.*]] = linalg.generic {indexing_maps = [#[[ALL]], #[[CHANNEL]]], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%[[X]] : tensor<4x3x5x5xf32>) outs(%{{.*}} : tensor<3xf64>)
  // CHECK: %[[MEAN:.*]] = linalg.generic {{.*}} ins(%[[TOTAL]] : tensor<3xf64>)
  // CHECK: arith.constant 1.000000e+02 : f64
  // CHECK: arith.divf
  // CHECK: %[[SQUARES:.*]] = linalg.generic {indexing_maps = [#[[ALL]], #[[CHANNEL]], #[[CHANNEL]]], iterator_types = ["reduction", "parallel", "reduction", "reduction"]} ins(%[[X]], %[[MEAN]]
  // CHECK: %[[DISTANCE:.*]] = arith.subf
  // CHECK: arith.mulf %[[DISTANCE]], %[[DISTANCE]]
  // CHECK: %[[VAR:.*]] = linalg.generic {{.*}} ins(%[[SQUARES]] : tensor<3xf32>)
  // CHECK: %[[FACTOR:.*]] = linalg.generic {{.*}} ins(%{{.*}}, %[[VAR]]
  // CHECK: math.sqrt %{{.*}} : f64
  // CHECK: %[[Y:.*]] = linalg.generic {indexing_maps = [#[[ALL]], #[[CHANNEL]], #[[CHANNEL]], #[[CHANNEL]], #[[ALL]]], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%[[X]], %[[MEAN]], %[[FACTOR]]
  // CHECK: return %[[Y]], %[[MEAN]], %[[VAR]]
  %0:3 = nn.normalize %x, %f, %s eps(1.0e-5) : tensor<4x3x5x5xf32>, tensor<3xf32>
  return %0#0, %0#1, %0#2 : tensor<4x3x5x5xf32>, tensor<3xf32>, tensor<3xf32>
}

// Both sums in one pass, then one formula.
// CHECK-LABEL: func.func @normalize_grad
func.func @normalize_grad(%g: tensor<4x3xf32>, %x: tensor<4x3xf32>, %u: tensor<3xf32>)
    -> (tensor<4x3xf32>, tensor<3xf32>, tensor<3xf32>) {
  // CHECK: %[[SUMS:.*]]:2 = linalg.generic {{.*}} iterator_types = ["reduction", "parallel"]}
  // CHECK: %[[NUMBERS:.*]]:4 = linalg.generic {{.*}} iterator_types = ["parallel"]} ins(%[[SUMS]]#0, %[[SUMS]]#1
  // CHECK: %[[DX:.*]] = linalg.generic {{.*}} iterator_types = ["parallel", "parallel"]}
  // CHECK-NOT: linalg.generic
  // CHECK: return %[[DX]], %[[NUMBERS]]#0, %[[SUMS]]#0
  %0:3 = nn.normalize_grad %g, %x, %u, %u, %u eps(1.0e-5) : tensor<4x3xf32>, tensor<3xf32>
  return %0#0, %0#1, %0#2 : tensor<4x3xf32>, tensor<3xf32>, tensor<3xf32>
}

// CHECK-LABEL: func.func @rows
func.func @rows(%g: tensor<4x3xf32>, %x: tensor<4x3xf32>) -> tensor<4x3xf32> {
  // CHECK: linalg.generic {indexing_maps = [#[[MATRIX]], #[[ROW]]], iterator_types = ["parallel", "reduction"]}
  // CHECK: linalg.generic {indexing_maps = [#[[MATRIX]], #[[ROW]], #[[ROW]]], iterator_types = ["parallel", "reduction"]}
  // CHECK: linalg.generic
  // CHECK: math.sqrt
  // CHECK: %[[Z:.*]] = linalg.generic {{.*}} iterator_types = ["parallel", "parallel"]}
  %z, %d = nn.normalize_rows %x eps(1.0e-5) dimensions(1) : tensor<4x3xf32>, tensor<4xf32>
  // CHECK: linalg.generic {{.*}} iterator_types = ["parallel", "reduction"]} ins(%{{.*}}, %[[Z]]
  // CHECK: linalg.generic {{.*}} iterator_types = ["parallel", "parallel"]} ins(%{{[^,]*}}, %[[Z]], %{{[^:]*}} : tensor<4x3xf32>, tensor<4x3xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>)
  %0 = nn.normalize_rows_grad %g, %z, %d : tensor<4x3xf32>, tensor<4xf32>
  return %0 : tensor<4x3xf32>
}

// Statistics are computed in f64 and rounded; the average takes its own place.
// CHECK-LABEL: func.func @statistics
// CHECK-SAME: %[[A:.*]]: tensor<3xf32>, %[[V:.*]]: tensor<3xf32>
func.func @statistics(%a: tensor<3xf32>, %v: tensor<3xf32>) -> (tensor<3xf32>, tensor<3xf32>) {
  // CHECK: linalg.generic {{.*}} ins(%[[V]] : tensor<3xf32>) outs(%[[A]] : tensor<3xf32>)
  // CHECK: arith.constant 9.000000e-01 : f64
  // CHECK: arith.constant 2.000000e-01 : f64
  %0 = nn.moving_average %a, %v share(0.1) scale(2.0) : tensor<3xf32>
  // CHECK: linalg.generic
  // CHECK: math.sqrt %{{.*}} : f64
  %1 = nn.inverse_deviation %v eps(1.0e-5) : tensor<3xf32>
  return %0, %1 : tensor<3xf32>, tensor<3xf32>
}

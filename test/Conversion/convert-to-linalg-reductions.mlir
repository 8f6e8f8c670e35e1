// RUN: gradc-opt %s --convert-to-linalg | FileCheck %s

// CHECK-DAG: #[[MATRIX:.*]] = affine_map<(d0, d1) -> (d0, d1)>
// CHECK-DAG: #[[ROW:.*]] = affine_map<(d0, d1) -> (d0)>
// CHECK-DAG: #[[COLUMN:.*]] = affine_map<(d0, d1) -> (d1)>
// CHECK-DAG: #[[ONE:.*]] = affine_map<(d0, d1) -> ()>

// CHECK-LABEL: func.func @sum_samples
func.func @sum_samples(%x: tensor<4x3xf32>) -> tensor<3xf32> {
  // CHECK: linalg.generic {indexing_maps = [#[[MATRIX]], #[[COLUMN]]], iterator_types = ["reduction", "parallel"]}
  // CHECK: arith.addf
  %0 = nn.sum_samples %x : (tensor<4x3xf32>) -> tensor<3xf32>
  return %0 : tensor<3xf32>
}

// The sums are scaled, not the terms; a scale of 1 costs nothing.
// CHECK-LABEL: func.func @sum_units
func.func @sum_units(%x: tensor<4x3xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  // CHECK: %[[SUMS:.*]] = linalg.generic {indexing_maps = [#[[MATRIX]], #[[ROW]]], iterator_types = ["parallel", "reduction"]}
  // CHECK: arith.addf
  // CHECK: %[[SCALED:.*]] = linalg.generic {{.*}} ins(%[[SUMS]] : tensor<4xf32>)
  // CHECK: %[[SCALE:.*]] = arith.constant 5.000000e-01 : f32
  // CHECK: arith.mulf %{{.*}}, %[[SCALE]]
  %0 = nn.sum_units %x scale(0.5) : (tensor<4x3xf32>) -> tensor<4xf32>
  // CHECK: %[[PLAIN:.*]] = linalg.generic {{.*}} iterator_types = ["parallel", "reduction"]}
  // CHECK-NOT: arith.mulf
  // CHECK: return %[[SCALED]], %[[PLAIN]]
  %1 = nn.sum_units %x scale(1.0) : (tensor<4x3xf32>) -> tensor<4xf32>
  return %0, %1 : tensor<4xf32>, tensor<4xf32>
}

// CHECK-LABEL: func.func @spread_units
func.func @spread_units(%x: tensor<4xf32>) -> tensor<4x3xf32> {
  // CHECK: linalg.generic {indexing_maps = [#[[ROW]], #[[MATRIX]]], iterator_types = ["parallel", "parallel"]}
  // CHECK: %[[SCALE:.*]] = arith.constant 5.000000e-01 : f32
  // CHECK: arith.mulf %{{.*}}, %[[SCALE]]
  %0 = nn.spread_units %x scale(0.5) : (tensor<4xf32>) -> tensor<4x3xf32>
  return %0 : tensor<4x3xf32>
}

// A total is kept in f64; its terms are widened before they are squared.
// CHECK-LABEL: func.func @sum_squares
func.func @sum_squares(%x: tensor<4x3xf32>) -> f64 {
  // CHECK: %[[ZERO:.*]] = linalg.fill ins(%{{.*}} : f64) outs(%{{.*}} : tensor<f64>)
  // CHECK: %[[TOTAL:.*]] = linalg.generic {indexing_maps = [#[[MATRIX]], #[[ONE]]], iterator_types = ["reduction", "reduction"]}
  // CHECK-SAME: outs(%[[ZERO]] : tensor<f64>)
  // CHECK-NEXT: ^bb0(%[[E:.*]]: f32, %[[SUM:.*]]: f64):
  // CHECK: %[[WIDE:.*]] = arith.extf %[[E]] : f32 to f64
  // CHECK: %[[SQUARE:.*]] = arith.mulf %[[WIDE]], %[[WIDE]]
  // CHECK: arith.addf %[[SUM]], %[[SQUARE]]
  // CHECK: tensor.extract %[[TOTAL]][]
  %0 = nn.sum_squares %x : tensor<4x3xf32>
  return %0 : f64
}

// l2/2 w^2, and l1 |w| only where there is an l1.
// CHECK-LABEL: func.func @weight_penalty
func.func @weight_penalty(%w: tensor<4x3xf32>) -> (f64, f64) {
  // CHECK: linalg.generic
  // CHECK: arith.constant 1.250000e-01 : f64
  // CHECK-NOT: math.absf
  // CHECK: linalg.yield
  %0 = nn.weight_penalty %w l1(0.0) l2(0.25) : tensor<4x3xf32>
  // CHECK: arith.constant 2.500000e-01 : f64
  // CHECK: %[[SIZE:.*]] = math.absf
  // CHECK: %[[L1:.*]] = arith.constant 5.000000e-01 : f64
  // CHECK: arith.mulf %[[L1]], %[[SIZE]]
  %1 = nn.weight_penalty %w l1(0.5) l2(0.5) : tensor<4x3xf32>
  return %0, %1 : f64, f64
}

// The mean divides once. Rows from `count` on are padding and count as 0.
// CHECK-LABEL: func.func @samples
// CHECK-SAME: %[[X:.*]]: tensor<4xf32>, %[[COUNT:.*]]: i64
func.func @samples(%x: tensor<4xf32>, %count: i64) -> (f64, f64) {
  // CHECK: %[[SUM:.*]] = tensor.extract
  // CHECK: %[[FOUR:.*]] = arith.constant 4.000000e+00 : f64
  // CHECK: arith.divf %[[SUM]], %[[FOUR]]
  %0 = nn.mean_of_samples %x : tensor<4xf32>
  // CHECK: ^bb0(%[[E:.*]]: f32, %{{.*}}: f64):
  // CHECK: %[[INDEX:.*]] = linalg.index 0
  // CHECK: %[[WIDE:.*]] = arith.index_cast %[[INDEX]] : index to i64
  // CHECK: %[[VALID:.*]] = arith.cmpi slt, %[[WIDE]], %[[COUNT]]
  // CHECK: arith.select %[[VALID]], %[[E]], %{{.*}} : f32
  %1 = nn.sum_of_samples %x count %count : tensor<4xf32>
  return %0, %1 : f64, f64
}

// With a scale, squares are taken in f32; few may be added up before they are
// widened.
// CHECK-LABEL: func.func @narrow_squares
func.func @narrow_squares(%x: tensor<4x3xf32>) -> f64 {
  // CHECK: ^bb0(%[[E:.*]]: f32, %[[SUM:.*]]: f64):
  // CHECK: %[[A:.*]] = arith.mulf %[[E]], %{{.*}} : f32
  // CHECK: %[[SQUARE:.*]] = arith.mulf %[[A]], %{{.*}} : f32
  // CHECK: %[[WIDE:.*]] = arith.extf %[[SQUARE]]
  // CHECK: arith.addf %[[SUM]], %[[WIDE]] {step.narrow} : f64
  // CHECK: %[[SCALE:.*]] = arith.constant 6.400000e+01 : f64
  // CHECK: arith.divf %{{.*}}, %[[SCALE]]
  %0 = nn.sum_squares %x narrow(8.0) : tensor<4x3xf32>
  return %0 : f64
}

// A share counts elements, in integers; a unit is 0 if all its samples are.
// CHECK-LABEL: func.func @shares
func.func @shares(%x: tensor<4x3xf32>) -> (f64, f64) {
  // CHECK: %[[SIZE:.*]] = math.absf
  // CHECK: %[[BOUND:.*]] = arith.constant 5.000000e-01 : f32
  // CHECK: %[[IS:.*]] = arith.cmpf olt, %[[SIZE]], %[[BOUND]]
  // CHECK: %[[ONE_OR_NONE:.*]] = arith.select %[[IS]], %{{.*}}, %{{.*}} : i32
  // CHECK: arith.addi %{{.*}}, %[[ONE_OR_NONE]] : i32
  // CHECK: %[[ALL:.*]] = arith.constant 1.200000e+01 : f64
  // CHECK: arith.divf %{{.*}}, %[[ALL]]
  %0 = nn.share_below %x bound(0.5) : tensor<4x3xf32>
  // CHECK: %[[ZEROS:.*]] = linalg.generic {indexing_maps = [#[[MATRIX]], #[[COLUMN]]], iterator_types = ["reduction", "parallel"]}
  // CHECK: arith.addi
  // CHECK: linalg.generic {{.*}} ins(%[[ZEROS]] : tensor<3xi32>)
  // CHECK: %[[SAMPLES:.*]] = arith.constant 4 : i32
  // CHECK: arith.cmpi eq, %{{.*}}, %[[SAMPLES]]
  // CHECK: %[[UNITS:.*]] = arith.constant 3.000000e+00 : f64
  // CHECK: arith.divf %{{.*}}, %[[UNITS]]
  %1 = nn.share_of_zero_units %x : tensor<4x3xf32>
  return %0, %1 : f64, f64
}

// All dimensions but the axis are summed.
// CHECK-LABEL: func.func @sum_samples_of_channels
func.func @sum_samples_of_channels(%x: tensor<4x3x5x5xf32>) -> tensor<3xf32> {
  // CHECK: linalg.generic {{.*}} iterator_types = ["reduction", "parallel", "reduction", "reduction"]}
  %0 = nn.sum_samples %x : (tensor<4x3x5x5xf32>) -> tensor<3xf32>
  return %0 : tensor<3xf32>
}

// The norm of each step's part, squared and added up in f64.
// CHECK-LABEL: func.func @step_norms
func.func @step_norms(%x: tensor<7x4x2xf32>) -> tensor<7xf64> {
  // CHECK: linalg.generic {{.*}}iterator_types = ["parallel", "reduction", "reduction"]} ins(%{{.*}} : tensor<7x4x2xf32>) outs(%{{.*}} : tensor<7xf64>)
  // CHECK: arith.extf
  // CHECK: linalg.generic {{.*}}iterator_types = ["parallel"]}
  // CHECK: math.sqrt
  %0 = nn.step_norms %x : tensor<7x4x2xf32> -> tensor<7xf64>
  return %0 : tensor<7xf64>
}

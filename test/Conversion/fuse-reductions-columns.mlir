// RUN: gradc-opt %s --fuse-reductions | FileCheck %s

#matrix = affine_map<(d0, d1) -> (d0, d1)>
#column = affine_map<(d0, d1) -> (d1)>
#row = affine_map<(d0, d1) -> (d0)>
#one = affine_map<(d0, d1) -> ()>

// The squares of a layer's gradient are added up by columns with the gradient of
// the bias, then over the columns.
// CHECK-LABEL: func.func @delta
// CHECK-SAME: %[[X:.*]]: tensor<4x3xf32>
func.func @delta(%x: tensor<4x3xf32>) -> (tensor<3xf32>, tensor<f64>) {
  %zero = arith.constant 0.0 : f32
  %wide_zero = arith.constant 0.0 : f64
  %columns = tensor.empty() : tensor<3xf32>
  %start = linalg.fill ins(%zero : f32) outs(%columns : tensor<3xf32>) -> tensor<3xf32>
  // CHECK: %[[PARTS:.*]] = linalg.fill {{.*}} outs(%{{.*}} : tensor<3xf64>)
  // CHECK: %[[BOTH:.*]]:2 = linalg.generic {{.*}} iterator_types = ["reduction", "parallel"]} ins(%[[X]] : tensor<4x3xf32>) outs(%{{.*}}, %[[PARTS]] : tensor<3xf32>, tensor<3xf64>)
  // CHECK-NEXT: ^bb0(%[[E:.*]]: f32, %[[BIAS:.*]]: f32, %[[SQUARES:.*]]: f64):
  // CHECK-NEXT: %[[SUM:.*]] = arith.addf %[[BIAS]], %[[E]] : f32
  // CHECK-NEXT: %[[WIDE:.*]] = arith.extf %[[E]]
  // CHECK-NEXT: %[[SQUARE:.*]] = arith.mulf %[[WIDE]], %[[WIDE]]
  // CHECK-NEXT: %[[NEXT:.*]] = arith.addf %[[SQUARES]], %[[SQUARE]]
  // CHECK-NEXT: linalg.yield %[[SUM]], %[[NEXT]]
  %bias = linalg.generic {indexing_maps = [#matrix, #column], iterator_types = ["reduction", "parallel"]}
    ins(%x : tensor<4x3xf32>) outs(%start : tensor<3xf32>) {
    ^bb0(%in: f32, %out: f32):
      %sum = arith.addf %out, %in : f32
      linalg.yield %sum : f32
  } -> tensor<3xf32>
  %empty = tensor.empty() : tensor<f64>
  %none = linalg.fill ins(%wide_zero : f64) outs(%empty : tensor<f64>) -> tensor<f64>
  // CHECK: %[[ALL:.*]] = linalg.generic {{.*}} iterator_types = ["reduction"]} ins(%[[BOTH]]#1 : tensor<3xf64>)
  // CHECK: return %[[BOTH]]#0, %[[ALL]]
  %squares = linalg.generic {indexing_maps = [#matrix, #one], iterator_types = ["reduction", "reduction"]}
    ins(%x : tensor<4x3xf32>) outs(%none : tensor<f64>) {
    ^bb0(%in: f32, %out: f64):
      %wide = arith.extf %in : f32 to f64
      %square = arith.mulf %wide, %wide : f64
      %sum = arith.addf %out, %square : f64
      linalg.yield %sum : f64
  } -> tensor<f64>
  return %bias, %squares : tensor<3xf32>, tensor<f64>
}

// Nothing is shared with sums of another tensor.
// CHECK-LABEL: func.func @others
func.func @others(%x: tensor<4x3xf32>, %y: tensor<4x3xf32>, %s: tensor<3xf32>, %t: tensor<f32>)
    -> (tensor<3xf32>, tensor<f32>) {
  // CHECK: linalg.generic {{.*}} iterator_types = ["reduction", "parallel"]} ins(%{{.*}}) outs(%{{[^,]*}} : tensor<3xf32>)
  %columns = linalg.generic {indexing_maps = [#matrix, #column], iterator_types = ["reduction", "parallel"]}
    ins(%x : tensor<4x3xf32>) outs(%s : tensor<3xf32>) {
    ^bb0(%in: f32, %out: f32):
      %sum = arith.addf %out, %in : f32
      linalg.yield %sum : f32
  } -> tensor<3xf32>
  // CHECK: linalg.generic {{.*}} iterator_types = ["reduction", "reduction"]}
  %total = linalg.generic {indexing_maps = [#matrix, #one], iterator_types = ["reduction", "reduction"]}
    ins(%y : tensor<4x3xf32>) outs(%t : tensor<f32>) {
    ^bb0(%in: f32, %out: f32):
      %sum = arith.addf %out, %in : f32
      linalg.yield %sum : f32
  } -> tensor<f32>
  return %columns, %total : tensor<3xf32>, tensor<f32>
}

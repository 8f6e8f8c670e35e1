// RUN: gradc-opt %s --fuse-reductions | FileCheck %s

#matrix = affine_map<(d0, d1) -> (d0, d1)>
#single = affine_map<(d0, d1) -> ()>
#flat = affine_map<(d0) -> (d0)>
#one = affine_map<(d0) -> ()>

// CHECK-DAG: #[[MATRIX:.*]] = affine_map<(d0, d1) -> (d0, d1)>
// CHECK-DAG: #[[SINGLE:.*]] = affine_map<(d0, d1) -> ()>

// An update also gives the sum of what it makes and that of what it overwrites.
// CHECK-LABEL: func.func @update
// CHECK-SAME: %[[G:[^:]*]]: tensor<4x3xf32>, %[[W:[^:]*]]: tensor<4x3xf32>
func.func @update(%g: tensor<4x3xf32>, %w: tensor<4x3xf32>)
    -> (tensor<4x3xf32>, tensor<f64>, tensor<f64>) {
  // CHECK: %[[ALL:.*]]:3 = linalg.generic
  // CHECK-SAME: indexing_maps = [#[[MATRIX]], #[[MATRIX]], #[[SINGLE]], #[[SINGLE]]], iterator_types = ["reduction", "reduction"]
  // CHECK-SAME: ins(%[[G]] : tensor<4x3xf32>) outs(%[[W]], %{{.*}}, %{{.*}} : tensor<4x3xf32>, tensor<f64>, tensor<f64>)
  // CHECK-NEXT: ^bb0(%[[D:.*]]: f32, %[[OLD:.*]]: f32, %[[SUM0:.*]]: f64, %[[SUM1:.*]]: f64):
  // CHECK-NEXT: %[[NEW:.*]] = arith.subf %[[OLD]], %[[D]]
  // CHECK-NEXT: %[[WIDE0:.*]] = arith.extf %[[NEW]]
  // CHECK-NEXT: %[[NEXT0:.*]] = arith.addf %[[SUM0]], %[[WIDE0]]
  // CHECK-NEXT: %[[WIDE1:.*]] = arith.extf %[[OLD]]
  // CHECK-NEXT: %[[NEXT1:.*]] = arith.addf %[[SUM1]], %[[WIDE1]]
  // CHECK-NEXT: linalg.yield %[[NEW]], %[[NEXT0]], %[[NEXT1]]
  // CHECK-NOT: linalg.generic
  // CHECK: return %[[ALL]]#0, %[[ALL]]#1, %[[ALL]]#2
  %new = linalg.generic {indexing_maps = [#matrix, #matrix], iterator_types = ["parallel", "parallel"]}
    ins(%g : tensor<4x3xf32>) outs(%w : tensor<4x3xf32>) {
    ^bb0(%in: f32, %old: f32):
      %e = arith.subf %old, %in : f32
      linalg.yield %e : f32
  } -> tensor<4x3xf32>
  %zero = arith.constant 0.0 : f64
  %empty = tensor.empty() : tensor<f64>
  %zeros = linalg.fill ins(%zero : f64) outs(%empty : tensor<f64>) -> tensor<f64>
  %sum = linalg.generic {indexing_maps = [#matrix, #single], iterator_types = ["reduction", "reduction"]}
    ins(%new : tensor<4x3xf32>) outs(%zeros : tensor<f64>) {
    ^bb0(%in: f32, %out: f64):
      %wide = arith.extf %in : f32 to f64
      %s = arith.addf %out, %wide : f64
      linalg.yield %s : f64
  } -> tensor<f64>
  %before = linalg.generic {indexing_maps = [#matrix, #single], iterator_types = ["reduction", "reduction"]}
    ins(%w : tensor<4x3xf32>) outs(%zeros : tensor<f64>) {
    ^bb0(%in: f32, %out: f64):
      %wide = arith.extf %in : f32 to f64
      %s = arith.addf %out, %wide : f64
      linalg.yield %s : f64
  } -> tensor<f64>
  return %new, %sum, %before : tensor<4x3xf32>, tensor<f64>, tensor<f64>
}

// A sum that needs what is computed later, and one over other elements, stay alone.
// CHECK-LABEL: func.func @apart
func.func @apart(%x: tensor<3xf32>, %y: tensor<3xf32>, %z: tensor<4xf32>)
    -> (tensor<3xf32>, tensor<f32>, tensor<f32>) {
  // CHECK: linalg.generic {{.*}} iterator_types = ["parallel"]
  // CHECK: linalg.generic {{.*}} iterator_types = ["reduction"]
  // CHECK: linalg.generic {{.*}} iterator_types = ["reduction"]
  %empty = tensor.empty() : tensor<3xf32>
  %sizes = linalg.generic {indexing_maps = [#flat, #flat], iterator_types = ["parallel"]}
    ins(%x : tensor<3xf32>) outs(%empty : tensor<3xf32>) {
    ^bb0(%in: f32, %out: f32):
      %e = math.absf %in : f32
      linalg.yield %e : f32
  } -> tensor<3xf32>
  %later = math.absf %y : tensor<3xf32>
  %zeros = arith.constant dense<0.0> : tensor<f32>
  %sum = linalg.generic {indexing_maps = [#flat, #flat, #one], iterator_types = ["reduction"]}
    ins(%sizes, %later : tensor<3xf32>, tensor<3xf32>) outs(%zeros : tensor<f32>) {
    ^bb0(%in: f32, %other: f32, %out: f32):
      %p = arith.mulf %in, %other : f32
      %s = arith.addf %out, %p : f32
      linalg.yield %s : f32
  } -> tensor<f32>
  %total = linalg.generic {indexing_maps = [#flat, #one], iterator_types = ["reduction"]}
    ins(%z : tensor<4xf32>) outs(%zeros : tensor<f32>) {
    ^bb0(%in: f32, %out: f32):
      %s = arith.addf %out, %in : f32
      linalg.yield %s : f32
  } -> tensor<f32>
  return %sizes, %sum, %total : tensor<3xf32>, tensor<f32>, tensor<f32>
}

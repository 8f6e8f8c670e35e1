// RUN: gradc-opt %s --hoist-updates | FileCheck %s

#id = affine_map<(d0) -> (d0)>

// The update moves up to the gradient it needs, behind the last op that reads the
// old weight; the rate, which the step alone decides, is computed first.
// CHECK-LABEL: func.func @step(
// CHECK-SAME: %[[W:.*]]: tensor<8xf32>, %[[X:.*]]: tensor<8xf32>, %[[NUMBER:.*]]: f32
// CHECK-NEXT: %[[RATE:.*]] = arith.mulf %[[NUMBER]], %[[NUMBER]] : f32
// CHECK: %[[GRADIENT:.*]] = linalg.generic {{.*}} ins(%[[X]] :
// CHECK: %[[READ:.*]] = linalg.generic {{.*}} ins(%[[W]] :
// CHECK: %[[NEXT:.*]] = linalg.generic {{.*}} ins(%[[GRADIENT]] : {{.*}}) outs(%[[W]] :
// CHECK: arith.mulf %{{.*}}, %[[RATE]]
// CHECK: %[[OTHER:.*]] = linalg.generic {{.*}} ins(%[[READ]] :
// CHECK: return %[[NEXT]], %[[OTHER]]
func.func @step(%w: tensor<8xf32>, %x: tensor<8xf32>, %number: f32)
    -> (tensor<8xf32>, tensor<8xf32>) {
  %empty = tensor.empty() : tensor<8xf32>
  %gradient = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
    ins(%x : tensor<8xf32>) outs(%empty : tensor<8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %0 = arith.negf %in : f32
    linalg.yield %0 : f32
  } -> tensor<8xf32>
  %empty_1 = tensor.empty() : tensor<8xf32>
  %read = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
    ins(%w : tensor<8xf32>) outs(%empty_1 : tensor<8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %0 = math.absf %in : f32
    linalg.yield %0 : f32
  } -> tensor<8xf32>
  %empty_2 = tensor.empty() : tensor<8xf32>
  %other = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
    ins(%read : tensor<8xf32>) outs(%empty_2 : tensor<8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %0 = math.sqrt %in : f32
    linalg.yield %0 : f32
  } -> tensor<8xf32>
  %rate = arith.mulf %number, %number : f32
  %next = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
    ins(%gradient : tensor<8xf32>) outs(%w : tensor<8xf32>) {
  ^bb0(%in: f32, %old: f32):
    %0 = arith.mulf %in, %rate : f32
    %1 = arith.subf %old, %0 : f32
    linalg.yield %1 : f32
  } -> tensor<8xf32>
  return %next, %other : tensor<8xf32>, tensor<8xf32>
}

// A factor that depends on all gradients, as a clip's, holds the update back.
// CHECK-LABEL: func.func @clipped(
// CHECK: linalg.generic {{.*}}"reduction"
// CHECK: %[[NORM:.*]] = tensor.extract
// CHECK: linalg.generic {{.*}} outs(%arg0 :
// CHECK: arith.mulf %{{.*}}, %[[NORM]]
#none = affine_map<(d0) -> ()>
func.func @clipped(%w: tensor<8xf32>, %x: tensor<8xf32>, %zero: tensor<f32>)
    -> tensor<8xf32> {
  %sum = linalg.generic {indexing_maps = [#id, #none], iterator_types = ["reduction"]}
    ins(%x : tensor<8xf32>) outs(%zero : tensor<f32>) {
  ^bb0(%in: f32, %old: f32):
    %0 = arith.addf %old, %in : f32
    linalg.yield %0 : f32
  } -> tensor<f32>
  %norm = tensor.extract %sum[] : tensor<f32>
  %next = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
    ins(%x : tensor<8xf32>) outs(%w : tensor<8xf32>) {
  ^bb0(%in: f32, %old: f32):
    %0 = arith.mulf %in, %norm : f32
    %1 = arith.subf %old, %0 : f32
    linalg.yield %1 : f32
  } -> tensor<8xf32>
  return %next : tensor<8xf32>
}

// The next value of a variable, computed in another shape, is written over the
// old one, and its op moves up together with the shapes in which it sees things:
// behind the update that it reads and the last reader of what it overwrites.
// CHECK-LABEL: func.func @copied(
// CHECK: %[[NEXT:.*]] = linalg.generic {{.*}} outs(%arg0 :
// CHECK: %[[READ:.*]] = linalg.generic {{.*}} ins(%arg1 :
// CHECK-DAG: %[[FROM:.*]] = tensor.expand_shape %[[NEXT]]
// CHECK-DAG: %[[TO:.*]] = tensor.expand_shape %arg1
// CHECK: linalg.generic {{.*}} ins(%[[FROM]] : {{.*}} outs(%[[TO]] :
// CHECK: math.sqrt
#pair = affine_map<(d0, d1) -> (d0, d1)>
#flipped = affine_map<(d0, d1) -> (d1, d0)>
func.func @copied(%w: tensor<8xf32> {step.role = "variable", step.name = "w"},
                  %copy: tensor<8xf32> {step.role = "variable", step.name = "copy"})
    -> (tensor<8xf32> {step.role = "variable", step.name = "w"}, tensor<8xf32>,
        tensor<8xf32> {step.role = "variable", step.name = "copy"}) {
  %next = linalg.generic {indexing_maps = [#id], iterator_types = ["parallel"]}
    outs(%w : tensor<8xf32>) {
  ^bb0(%old: f32):
    %0 = arith.addf %old, %old : f32
    linalg.yield %0 : f32
  } -> tensor<8xf32>
  %empty_0 = tensor.empty() : tensor<8xf32>
  %read = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
    ins(%copy : tensor<8xf32>) outs(%empty_0 : tensor<8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %0 = math.absf %in : f32
    linalg.yield %0 : f32
  } -> tensor<8xf32>
  %other = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
    ins(%read : tensor<8xf32>) outs(%empty_0 : tensor<8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %0 = math.sqrt %in : f32
    linalg.yield %0 : f32
  } -> tensor<8xf32>
  %from = tensor.expand_shape %next [[0, 1]] output_shape [2, 4] : tensor<8xf32> into tensor<2x4xf32>
  %empty_1 = tensor.empty() : tensor<4x2xf32>
  %moved = linalg.generic {indexing_maps = [#flipped, #pair], iterator_types = ["parallel", "parallel"]}
    ins(%from : tensor<2x4xf32>) outs(%empty_1 : tensor<4x2xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<4x2xf32>
  %new = tensor.collapse_shape %moved [[0, 1]] : tensor<4x2xf32> into tensor<8xf32>
  return %next, %other, %new : tensor<8xf32>, tensor<8xf32>, tensor<8xf32>
}

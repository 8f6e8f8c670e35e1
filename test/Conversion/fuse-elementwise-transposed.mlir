// RUN: gradc-opt %s --fuse-elementwise | FileCheck %s

#matrix = affine_map<(d0, d1) -> (d0, d1)>

// A tensor that is read transposed is computed first where several tensors go into
// it: one is transposed then, not all of them. Of a single one, it makes no
// difference.
// CHECK-LABEL: func.func @read_transposed
// CHECK: %[[SUM:.*]] = linalg.generic {{.*}} ins(%{{[^,]*}}, %{{[^,]*}} : tensor<4x3xf32>, tensor<4x3xf32>)
// CHECK: linalg.generic {{.*}} ins(%[[SUM]] : tensor<4x3xf32>)
// CHECK: linalg.generic {{.*}} ins(%{{[^,]*}} : tensor<4x3xf32>)
// CHECK: arith.negf
// CHECK-NOT: linalg.generic
func.func @read_transposed(%x: tensor<4x3xf32>, %y: tensor<4x3xf32>) -> (tensor<3x4xf32>, tensor<3x4xf32>) {
  %e = tensor.empty() : tensor<4x3xf32>
  %t = tensor.empty() : tensor<3x4xf32>
  %0 = linalg.generic {indexing_maps = [#matrix, #matrix, #matrix], iterator_types = ["parallel", "parallel"]}
    ins(%x, %y : tensor<4x3xf32>, tensor<4x3xf32>) outs(%e : tensor<4x3xf32>) {
    ^bb0(%a: f32, %b: f32, %out: f32):
      %sum = arith.addf %a, %b : f32
      linalg.yield %sum : f32
  } -> tensor<4x3xf32>
  %1 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d1, d0)>, #matrix], iterator_types = ["parallel", "parallel"]}
    ins(%0 : tensor<4x3xf32>) outs(%t : tensor<3x4xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
  } -> tensor<3x4xf32>
  %2 = linalg.generic {indexing_maps = [#matrix, #matrix], iterator_types = ["parallel", "parallel"]}
    ins(%x : tensor<4x3xf32>) outs(%e : tensor<4x3xf32>) {
    ^bb0(%a: f32, %out: f32):
      %n = arith.negf %a : f32
      linalg.yield %n : f32
  } -> tensor<4x3xf32>
  %3 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d1, d0)>, #matrix], iterator_types = ["parallel", "parallel"]}
    ins(%2 : tensor<4x3xf32>) outs(%t : tensor<3x4xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
  } -> tensor<3x4xf32>
  return %1, %3 : tensor<3x4xf32>, tensor<3x4xf32>
}

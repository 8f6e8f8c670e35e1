// RUN: gradc-opt %s --convert-to-linalg | FileCheck %s

// CHECK-DAG: #[[ALL:.*]] = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
// CHECK-DAG: #[[CHANNEL:.*]] = affine_map<(d0, d1, d2, d3) -> (d1)>

// CHECK-LABEL: func.func @value
func.func @value(%x: tensor<4x3x5x5xf32>, %a: tensor<3xf32>) -> tensor<4x3x5x5xf32> {
  // CHECK: linalg.generic {indexing_maps = [#[[ALL]], #[[CHANNEL]], #[[ALL]]], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
  // CHECK: ^bb0(%[[X:.*]]: f32, %[[A:.*]]: f32, %{{.*}}: f32):
  // CHECK-DAG: %[[POSITIVE:.*]] = arith.cmpf ogt, %[[X]]
  // CHECK-DAG: %[[SCALED:.*]] = arith.mulf %[[X]], %[[A]]
  // CHECK: arith.select %[[POSITIVE]], %[[X]], %[[SCALED]]
  %0 = nn.parametric_relu %x, %a : tensor<4x3x5x5xf32>, tensor<3xf32>
  return %0 : tensor<4x3x5x5xf32>
}

// The gradient of the input is a formula, that of the slopes a sum of g x where x <= 0.
// CHECK-LABEL: func.func @gradients
func.func @gradients(%g: tensor<4x3x5x5xf32>, %x: tensor<4x3x5x5xf32>, %a: tensor<3xf32>)
    -> (tensor<4x3x5x5xf32>, tensor<3xf32>) {
  // CHECK: %[[DX:.*]] = linalg.generic {{.*}} iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
  // CHECK: %[[DA:.*]] = linalg.generic {indexing_maps = [#[[ALL]], #[[ALL]], #[[CHANNEL]]], iterator_types = ["reduction", "parallel", "reduction", "reduction"]}
  // CHECK: return %[[DX]], %[[DA]]
  %0:2 = nn.parametric_relu_grad %g, %x, %a : tensor<4x3x5x5xf32>, tensor<3xf32>
  return %0#0, %0#1 : tensor<4x3x5x5xf32>, tensor<3xf32>
}

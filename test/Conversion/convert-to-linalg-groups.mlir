// RUN: gradc-opt %s --convert-to-linalg | FileCheck %s

// Where channels fall into groups, these are a dimension of its own, at a
// constant place in what each product reads; its result becomes a part.
// CHECK-DAG: #[[FIRST:.*]] = affine_map<(d0, d1, d2, d3, d4, d5) -> (d0, 0, d5, d1 + d3, d2 + d4)>
// CHECK-DAG: #[[SECOND:.*]] = affine_map<(d0, d1, d2, d3, d4, d5) -> (d0, 1, d5, d1 + d3, d2 + d4)>
// CHECK-DAG: #[[FILTER0:.*]] = affine_map<(d0, d1, d2, d3) -> (0, d3, d2, d0, d1)>
// CHECK-DAG: #[[FILTER1:.*]] = affine_map<(d0, d1, d2, d3) -> (1, d3, d2, d0, d1)>
#window = #nn.window<kernel [3, 3] stride [1, 1] padding [0, 0, 0, 0] dilation [1, 1]>

// CHECK-LABEL: func.func @two_groups
// CHECK-SAME: %[[X:.*]]: tensor<5x4x7x6xf32>, %[[W:.*]]: tensor<6x2x3x3xf32>
func.func @two_groups(%x: tensor<5x4x7x6xf32>, %w: tensor<6x2x3x3xf32>)
    -> tensor<5x6x5x4xf32> {
  // CHECK: %[[EMPTY:.*]] = tensor.empty() : tensor<5x6x5x4xf32>
  // CHECK: tensor.expand_shape %[[X]] {{.*}} into tensor<5x2x2x7x6xf32>
  // CHECK: linalg.generic {indexing_maps = [#[[FIRST]],
  // CHECK: tensor.expand_shape %[[W]] {{.*}} into tensor<2x3x2x3x3xf32>
  // CHECK: linalg.generic {indexing_maps = [#[[FILTER0]],
  // CHECK: linalg.matmul ins({{.*}} : tensor<100x18xf32>, tensor<18x3xf32>)
  // CHECK: %[[PART:.*]] = tensor.insert_slice %{{.*}} into %[[EMPTY]][0, 0, 0, 0] [5, 3, 5, 4] [1, 1, 1, 1]
  // CHECK: linalg.generic {indexing_maps = [#[[SECOND]],
  // CHECK: linalg.generic {indexing_maps = [#[[FILTER1]],
  // CHECK: tensor.insert_slice %{{.*}} into %[[PART]][0, 3, 0, 0] [5, 3, 5, 4] [1, 1, 1, 1]
  %0 = nn.convolution %x, %w window(#window) groups(2)
      : (tensor<5x4x7x6xf32>, tensor<6x2x3x3xf32>) -> tensor<5x6x5x4xf32>
  return %0 : tensor<5x6x5x4xf32>
}

// RUN: gradc-opt %s --convert-to-linalg | FileCheck %s

// Loops of the windows: sample, row, column, row and column of the kernel,
// channel.
// CHECK-DAG: #[[WINDOWS:.*]] = affine_map<(d0, d1, d2, d3, d4, d5) -> (d0, d5, d1 * 2 + d3, d2 * 2 + d4 * 3)>
// CHECK-DAG: #[[ALL:.*]] = affine_map<(d0, d1, d2, d3, d4, d5) -> (d0, d1, d2, d3, d4, d5)>
// CHECK-DAG: #[[FILTER:.*]] = affine_map<(d0, d1, d2, d3) -> (d3, d2, d0, d1)>
// CHECK-DAG: #[[PIXELS:.*]] = affine_map<(d0, d1, d2, d3) -> (d0, d2, d3, d1)>
// CHECK-DAG: #[[BACK:.*]] = affine_map<(d0, d1, d2, d3, d4, d5) -> (d0, d5, d1 + d3, d2 + d4 * 3)>
// CHECK-DAG: #[[TURNED:.*]] = affine_map<(d0, d1, d2, d3) -> (d2, d3, -d0 + 2, -d1 + 1)>
// CHECK-DAG: #[[TAPS:.*]] = affine_map<(d0, d1, d2, d3) -> (d2, d3, d1, d0)>
#window = #nn.window<kernel [3, 2] stride [2, 2] padding [1, 1, 1, 1] dilation [1, 3]>

// What the window covers becomes a row, the filter a matrix.
// CHECK-LABEL: func.func @convolution
// CHECK-SAME: %[[X:.*]]: tensor<5x4x7x6xf32>, %[[W:.*]]: tensor<6x4x3x2xf32>
func.func @convolution(%x: tensor<5x4x7x6xf32>, %w: tensor<6x4x3x2xf32>)
    -> tensor<5x6x4x3xf32> {
  // CHECK: %[[ZEROS:.*]] = linalg.fill {{.*}} -> tensor<5x4x9x8xf32>
  // CHECK: %[[PADDED:.*]] = tensor.insert_slice %[[X]] into %[[ZEROS]][0, 0, 1, 1] [5, 4, 7, 6] [1, 1, 1, 1]
  // CHECK: %[[WINDOWED:.*]] = linalg.generic {indexing_maps = [#[[WINDOWS]], #[[ALL]]]{{.*}} ins(%[[PADDED]] : {{.*}} outs({{.*}} : tensor<5x4x3x3x2x4xf32>)
  // CHECK: %[[ROWS:.*]] = tensor.collapse_shape %[[WINDOWED]] {{\[}}[0, 1, 2], [3, 4, 5]] : {{.*}} into tensor<60x24xf32>
  // CHECK: %[[TRANSPOSED:.*]] = linalg.generic {indexing_maps = [#[[FILTER]], {{.*}} ins(%[[W]] : {{.*}} outs({{.*}} : tensor<3x2x4x6xf32>)
  // CHECK: %[[COLUMNS:.*]] = tensor.collapse_shape %[[TRANSPOSED]] {{\[}}[0, 1, 2], [3]] : {{.*}} into tensor<24x6xf32>
  // CHECK: %[[PRODUCT:.*]] = linalg.matmul ins(%[[ROWS]], %[[COLUMNS]] :
  // CHECK: %[[LAST:.*]] = tensor.expand_shape %[[PRODUCT]] {{.*}} into tensor<5x4x3x6xf32>
  // CHECK: linalg.generic {indexing_maps = [#[[PIXELS]], {{.*}} ins(%[[LAST]] : {{.*}} outs({{.*}} : tensor<5x6x4x3xf32>)
  %0 = nn.convolution %x, %w window(#window)
      : (tensor<5x4x7x6xf32>, tensor<6x4x3x2xf32>) -> tensor<5x6x4x3xf32>
  return %0 : tensor<5x6x4x3xf32>
}

// The gradient is spread by the stride, and the filter turned.
// CHECK-LABEL: func.func @input_gradient
// CHECK-SAME: %[[DY:.*]]: tensor<5x6x4x3xf32>, %[[W:.*]]: tensor<6x4x3x2xf32>
func.func @input_gradient(%dy: tensor<5x6x4x3xf32>, %w: tensor<6x4x3x2xf32>)
    -> tensor<5x4x7x6xf32> {
  // CHECK: %[[ZEROS:.*]] = linalg.fill {{.*}} -> tensor<5x6x9x9xf32>
  // CHECK: %[[SPREADED:.*]] = tensor.insert_slice %[[DY]] into %[[ZEROS]][0, 0, 1, 2] [5, 6, 4, 3] [1, 1, 2, 2]
  // CHECK: linalg.generic {indexing_maps = [#[[BACK]], #[[ALL]]]{{.*}} ins(%[[SPREADED]] : {{.*}} outs({{.*}} : tensor<5x7x6x3x2x6xf32>)
  // CHECK: linalg.generic {indexing_maps = [#[[TURNED]], {{.*}} ins(%[[W]] : {{.*}} outs({{.*}} : tensor<3x2x6x4xf32>)
  // CHECK: linalg.matmul ins({{.*}} : tensor<210x36xf32>, tensor<36x4xf32>)
  %0 = nn.convolution_input_gradient %dy, %w window(#window)
      : (tensor<5x6x4x3xf32>, tensor<6x4x3x2xf32>) -> tensor<5x4x7x6xf32>
  return %0 : tensor<5x4x7x6xf32>
}

// CHECK-LABEL: func.func @filter_gradient
// CHECK-SAME: %[[X:.*]]: tensor<5x4x7x6xf32>, %[[DY:.*]]: tensor<5x6x4x3xf32>
func.func @filter_gradient(%x: tensor<5x4x7x6xf32>, %dy: tensor<5x6x4x3xf32>)
    -> tensor<6x4x3x2xf32> {
  // CHECK: %[[ROWS:.*]] = tensor.collapse_shape {{.*}} into tensor<60x24xf32>
  // CHECK: %[[DELTAS:.*]] = tensor.collapse_shape {{.*}} into tensor<60x6xf32>
  // CHECK: linalg.matmul indexing_maps = [{{.*}}] ins(%[[ROWS]], %[[DELTAS]] :
  // CHECK: linalg.generic {indexing_maps = [#[[TAPS]], {{.*}} outs({{.*}} : tensor<6x4x3x2xf32>)
  %0 = nn.convolution_filter_gradient %x, %dy window(#window)
      : (tensor<5x4x7x6xf32>, tensor<5x6x4x3xf32>) -> tensor<6x4x3x2xf32>
  return %0 : tensor<6x4x3x2xf32>
}

// RUN: gradc-opt %s --fuse-windows | FileCheck %s

#windows = affine_map<(n, oh, ow, kh, kw, c) -> (n, oh * 2 + kh, ow * 2 + kw, c)>
#id6 = affine_map<(n, oh, ow, kh, kw, c) -> (n, oh, ow, kh, kw, c)>

// Windows 3x3 of 7x7 pixels with 4 channels, two pixels apart: forward their rows
// are summed, for the gradient of the filter their pixels.
// CHECK-LABEL: func.func @both_ways
// CHECK-SAME: %[[X:.*]]: tensor<2x7x7x4xf32>
// CHECK-NOT: linalg.generic
// CHECK: kernel.product windows <0 rows[2, 3, 3] by[196, 56, 8] depth[3, 3, 4] by[28, 4, 1]> %[[X]],
// CHECK: kernel.product windows <0 rows[3, 3, 4] by[28, 4, 1] depth[2, 3, 3] by[196, 56, 8]> %[[X]],
func.func @both_ways(%x: tensor<2x7x7x4xf32>, %w: tensor<36x5xf32>, %g: tensor<18x5xf32>) -> (tensor<18x5xf32>, tensor<36x5xf32>) {
  %e = tensor.empty() : tensor<2x3x3x3x3x4xf32>
  %windows = linalg.generic {indexing_maps = [#windows, #id6], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "parallel"]}
      ins(%x : tensor<2x7x7x4xf32>) outs(%e : tensor<2x3x3x3x3x4xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<2x3x3x3x3x4xf32>
  %m = tensor.collapse_shape %windows [[0, 1, 2], [3, 4, 5]] : tensor<2x3x3x3x3x4xf32> into tensor<18x36xf32>
  %y = kernel.product %m, %w into (%g : tensor<18x5xf32>) : tensor<18x36xf32>, tensor<36x5xf32> -> tensor<18x5xf32> {
  ^bb0(%s: f32):
    kernel.yield %s : f32
  }
  %dw = kernel.product transposed %m, %g into (%w : tensor<36x5xf32>) : tensor<18x36xf32>, tensor<18x5xf32> -> tensor<36x5xf32> {
  ^bb0(%s: f32):
    kernel.yield %s : f32
  }
  return %y, %dw : tensor<18x5xf32>, tensor<36x5xf32>
}

#flipped = affine_map<(n, oh, ow, kh, kw, c) -> (n, oh - kh + 2, ow + kw, c)>

// What runs backwards is copied as it was.
// CHECK-LABEL: func.func @backwards
// CHECK: linalg.generic
// CHECK: kernel.product %{{.*}}, %
func.func @backwards(%x: tensor<1x4x4x2xf32>, %w: tensor<18x5xf32>, %e1: tensor<4x5xf32>) -> tensor<4x5xf32> {
  %e = tensor.empty() : tensor<1x2x2x3x3x2xf32>
  %windows = linalg.generic {indexing_maps = [#flipped, #id6], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "parallel"]}
      ins(%x : tensor<1x4x4x2xf32>) outs(%e : tensor<1x2x2x3x3x2xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<1x2x2x3x3x2xf32>
  %m = tensor.collapse_shape %windows [[0, 1, 2], [3, 4, 5]] : tensor<1x2x2x3x3x2xf32> into tensor<4x18xf32>
  %y = kernel.product %m, %w into (%e1 : tensor<4x5xf32>) : tensor<4x18xf32>, tensor<18x5xf32> -> tensor<4x5xf32> {
  ^bb0(%s: f32):
    kernel.yield %s : f32
  }
  return %y : tensor<4x5xf32>
}

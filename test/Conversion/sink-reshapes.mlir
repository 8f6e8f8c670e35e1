// RUN: gradc-opt %s --sink-reshapes | FileCheck %s

#image = affine_map<(n, h, w, c) -> (n, h, w, c)>
#channel = affine_map<(n, h, w, c) -> (c)>
#inside = affine_map<(n, h, w, c) -> (n, h + 1, w + 1, c)>

// A bias for each channel is added to the matrix; the image is made behind it.
// CHECK-LABEL: func.func @bias
// CHECK-SAME: %[[M:.*]]: tensor<50x3xf32>, %[[B:.*]]: tensor<3xf32>
func.func @bias(%m: tensor<50x3xf32>, %b: tensor<3xf32>) -> tensor<2x5x5x3xf32> {
  %x = tensor.expand_shape %m [[0, 1, 2], [3]] output_shape [2, 5, 5, 3] : tensor<50x3xf32> into tensor<2x5x5x3xf32>
  %e = tensor.empty() : tensor<2x5x5x3xf32>
  // CHECK: %[[Y:.*]] = linalg.generic {{.*}} iterator_types = ["parallel", "parallel"]}
  // CHECK-SAME: ins(%[[M]], %[[B]] : tensor<50x3xf32>, tensor<3xf32>)
  // CHECK: tensor.expand_shape %[[Y]]
  %0 = linalg.generic {indexing_maps = [#image, #channel, #image], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%x, %b : tensor<2x5x5x3xf32>, tensor<3xf32>) outs(%e : tensor<2x5x5x3xf32>) {
  ^bb0(%a: f32, %f: f32, %o: f32):
    %s = arith.addf %a, %f : f32
    linalg.yield %s : f32
  } -> tensor<2x5x5x3xf32>
  return %0 : tensor<2x5x5x3xf32>
}

// A border needs the rows of the image.
// CHECK-LABEL: func.func @border
// CHECK: tensor.expand_shape
// CHECK: linalg.generic {{.*}} iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
func.func @border(%m: tensor<50x3xf32>, %zeros: tensor<2x7x7x3xf32>) -> tensor<2x7x7x3xf32> {
  %x = tensor.expand_shape %m [[0, 1, 2], [3]] output_shape [2, 5, 5, 3] : tensor<50x3xf32> into tensor<2x5x5x3xf32>
  %0 = linalg.generic {indexing_maps = [#image, #inside], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%x : tensor<2x5x5x3xf32>) outs(%zeros : tensor<2x7x7x3xf32>) {
  ^bb0(%a: f32, %o: f32):
    linalg.yield %a : f32
  } -> tensor<2x7x7x3xf32>
  return %0 : tensor<2x7x7x3xf32>
}

// A drawn mask may be seen as anything: it says nothing of how others lie.
// CHECK-LABEL: func.func @drawn
// CHECK-SAME: %[[X:.*]]: tensor<8x4xf32>
// CHECK: tensor.expand_shape
// CHECK: linalg.generic {{.*}} iterator_types = ["parallel", "parallel"]} ins(%[[X]],
#matrix = affine_map<(d0, d1) -> (d0, d1)>
#list = affine_map<(d0) -> (d0)>
func.func @drawn(%x: tensor<8x4xf32>, %step: f32) -> tensor<8x4xf32> {
  %0 = tensor.empty() : tensor<32xf32>
  %list = linalg.generic {indexing_maps = [#list], iterator_types = ["parallel"]}
    outs(%0 : tensor<32xf32>) {
    ^bb0(%out: f32):
      linalg.yield %step : f32
  } -> tensor<32xf32>
  %mask = tensor.expand_shape %list [[0, 1]] output_shape [8, 4] : tensor<32xf32> into tensor<8x4xf32>
  %empty = tensor.empty() : tensor<8x4xf32>
  %y = linalg.generic {indexing_maps = [#matrix, #matrix, #matrix], iterator_types = ["parallel", "parallel"]}
    ins(%x, %mask : tensor<8x4xf32>, tensor<8x4xf32>) outs(%empty : tensor<8x4xf32>) {
    ^bb0(%in: f32, %m: f32, %out: f32):
      %kept = arith.mulf %in, %m : f32
      linalg.yield %kept : f32
  } -> tensor<8x4xf32>
  return %y : tensor<8x4xf32>
}

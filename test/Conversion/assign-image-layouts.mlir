// RUN: gradc-opt %s --assign-image-layouts --canonicalize --split-input-file | FileCheck %s

#id4 = affine_map<(n, c, h, w) -> (n, c, h, w)>
#last = affine_map<(n, c, h, w) -> (n, h, w, c)>
#channel = affine_map<(n, c, h, w) -> (c)>
#inside = affine_map<(n, c, h, w) -> (n, c, h + 1, w + 1)>

// CHECK-DAG: #[[ID:.*]] = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
// CHECK-DAG: #[[INSIDE:.*]] = affine_map<(d0, d1, d2, d3) -> (d0, d1 + 1, d2 + 1, d3)>
// CHECK-DAG: #[[CHANNEL:.*]] = affine_map<(d0, d1, d2, d3) -> (d3)>
// CHECK-DAG: #[[FIRST:.*]] = affine_map<(d0, d1, d2, d3) -> (d0, d2, d3, d1)>

// What a convolution gives has its channels last. Its bias, the border of the next
// one and a sum take it so; it is moved where a reshape wants the channels first.
// CHECK-LABEL: func.func @after_a_convolution
// CHECK-SAME: %[[Y:.*]]: tensor<2x5x5x3xf32>, %[[B:.*]]: tensor<3xf32>
func.func @after_a_convolution(%y: tensor<2x5x5x3xf32>, %b: tensor<3xf32>)
    -> (tensor<2x75xf32>, tensor<3xf32>, tensor<2x7x7x3xf32>) {
  %zero = arith.constant 0.0 : f32
  %e = tensor.empty() : tensor<2x3x5x5xf32>
  %first = linalg.generic {indexing_maps = [#last, #id4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%y : tensor<2x5x5x3xf32>) outs(%e : tensor<2x3x5x5xf32>) {
  ^bb0(%x: f32, %o: f32):
    linalg.yield %x : f32
  } -> tensor<2x3x5x5xf32>
  // CHECK: %[[BIASED:.*]] = linalg.generic {indexing_maps = [#[[ID]], #[[CHANNEL]], #[[ID]]]
  // CHECK-SAME: ins(%[[Y]], %[[B]] : tensor<2x5x5x3xf32>, tensor<3xf32>)
  %biased = linalg.generic {indexing_maps = [#id4, #channel, #id4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%first, %b : tensor<2x3x5x5xf32>, tensor<3xf32>) outs(%e : tensor<2x3x5x5xf32>) {
  ^bb0(%x: f32, %f: f32, %o: f32):
    %s = arith.addf %x, %f : f32
    linalg.yield %s : f32
  } -> tensor<2x3x5x5xf32>
  // CHECK: %[[MOVED:.*]] = linalg.generic {indexing_maps = [#[[FIRST]], #[[ID]]]
  // CHECK-SAME: ins(%[[BIASED]] : tensor<2x5x5x3xf32>)
  // CHECK: linalg.generic {indexing_maps = [#[[ID]], #[[CHANNEL]]], iterator_types = ["reduction", "reduction", "reduction", "parallel"]}
  %z = linalg.fill ins(%zero : f32) outs(%b : tensor<3xf32>) -> tensor<3xf32>
  %sum = linalg.generic {indexing_maps = [#id4, #channel], iterator_types = ["reduction", "parallel", "reduction", "reduction"]}
      ins(%biased : tensor<2x3x5x5xf32>) outs(%z : tensor<3xf32>) {
  ^bb0(%x: f32, %o: f32):
    %s = arith.addf %x, %o : f32
    linalg.yield %s : f32
  } -> tensor<3xf32>
  // CHECK: %[[ZEROS:.*]] = linalg.fill {{.*}} -> tensor<2x7x7x3xf32>
  // CHECK: %[[PADDED:.*]] = linalg.generic {indexing_maps = [#[[ID]], #[[INSIDE]]]
  // CHECK-SAME: outs(%[[ZEROS]] : tensor<2x7x7x3xf32>)
  %ep = tensor.empty() : tensor<2x3x7x7xf32>
  %zp = linalg.fill ins(%zero : f32) outs(%ep : tensor<2x3x7x7xf32>) -> tensor<2x3x7x7xf32>
  %padded = linalg.generic {indexing_maps = [#id4, #inside], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%biased : tensor<2x3x5x5xf32>) outs(%zp : tensor<2x3x7x7xf32>) {
  ^bb0(%x: f32, %o: f32):
    linalg.yield %x : f32
  } -> tensor<2x3x7x7xf32>
  %el = tensor.empty() : tensor<2x7x7x3xf32>
  %channels_last = linalg.generic {indexing_maps = [#id4, #last], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%padded : tensor<2x3x7x7xf32>) outs(%el : tensor<2x7x7x3xf32>) {
  ^bb0(%x: f32, %o: f32):
    linalg.yield %x : f32
  } -> tensor<2x7x7x3xf32>
  %flat = tensor.collapse_shape %biased [[0], [1, 2, 3]] : tensor<2x3x5x5xf32> into tensor<2x75xf32>
  // CHECK: tensor.collapse_shape %[[MOVED]]
  // CHECK: return %{{.*}}, %{{.*}}, %[[PADDED]]
  return %flat, %sum, %channels_last : tensor<2x75xf32>, tensor<3xf32>, tensor<2x7x7x3xf32>
}

// -----

#last = affine_map<(n, c, h, w) -> (n, h, w, c)>
#id4 = affine_map<(n, c, h, w) -> (n, c, h, w)>

// An image placed in a larger one, as a border is made.
// CHECK-LABEL: func.func @placed
// CHECK: tensor.insert_slice %{{.*}} into %{{.*}}[0, 1, 2, 0] [2, 5, 5, 3] [1, 1, 1, 1] : tensor<2x5x5x3xf32> into tensor<2x7x9x3xf32>
func.func @placed(%y: tensor<2x5x5x3xf32>, %larger: tensor<2x3x7x9xf32>) -> tensor<2x3x7x9xf32> {
  %e = tensor.empty() : tensor<2x3x5x5xf32>
  %first = linalg.generic {indexing_maps = [#last, #id4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%y : tensor<2x5x5x3xf32>) outs(%e : tensor<2x3x5x5xf32>) {
  ^bb0(%x: f32, %o: f32):
    linalg.yield %x : f32
  } -> tensor<2x3x5x5xf32>
  %placed = tensor.insert_slice %first into %larger[0, 0, 1, 2] [2, 3, 5, 5] [1, 1, 1, 1] : tensor<2x3x5x5xf32> into tensor<2x3x7x9xf32>
  return %placed : tensor<2x3x7x9xf32>
}

// -----

#id4 = affine_map<(n, c, h, w) -> (n, c, h, w)>

// Where no convolution is, nothing is moved.
// CHECK-LABEL: func.func @alone
func.func @alone(%x: tensor<2x3x5x5xf32>) -> tensor<2x3x5x5xf32> {
  %e = tensor.empty() : tensor<2x3x5x5xf32>
  // CHECK: linalg.generic {{.*}} outs(%{{.*}} : tensor<2x3x5x5xf32>)
  %0 = linalg.generic {indexing_maps = [#id4, #id4], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%x : tensor<2x3x5x5xf32>) outs(%e : tensor<2x3x5x5xf32>) {
  ^bb0(%a: f32, %o: f32):
    %s = arith.addf %a, %a : f32
    linalg.yield %s : f32
  } -> tensor<2x3x5x5xf32>
  return %0 : tensor<2x3x5x5xf32>
}

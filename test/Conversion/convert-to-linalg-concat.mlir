// RUN: gradc-opt %s --convert-to-linalg --verify-each | FileCheck %s

// Each part is added at its place.
// CHECK-DAG: #[[WHOLE:.*]] = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
// CHECK-DAG: #[[FIRST:.*]] = affine_map<(d0, d1, d2) -> (d0, d1 + d2)>
// CHECK-DAG: #[[SECOND:.*]] = affine_map<(d0, d1, d2) -> (d0, d1 + d2 + 3)>
// CHECK-LABEL: func.func @concat
// CHECK-SAME: %[[X:.*]]: tensor<4x3xf32>, %[[Y:.*]]: tensor<4x2xf32>
func.func @concat(%x: tensor<4x3xf32>, %y: tensor<4x2xf32>) -> tensor<4x5xf32> {
  // CHECK: %[[ZEROS:.*]] = linalg.fill
  // CHECK: %[[A:.*]] = tensor.expand_shape %[[X]]
  // CHECK: %[[ONE:.*]] = linalg.generic {indexing_maps = [#[[WHOLE]], #[[FIRST]]]
  // CHECK-SAME: ins(%[[A]] : tensor<4x3x1xf32>) outs(%[[ZEROS]] : tensor<4x5xf32>)
  // CHECK: %[[B:.*]] = tensor.expand_shape %[[Y]]
  // CHECK: linalg.generic {indexing_maps = [#[[WHOLE]], #[[SECOND]]]
  // CHECK-SAME: ins(%[[B]] : tensor<4x2x1xf32>) outs(%[[ONE]] : tensor<4x5xf32>)
  // CHECK: arith.addf
  %0 = nn.concat %x, %y : (tensor<4x3xf32>, tensor<4x2xf32>) -> tensor<4x5xf32>
  return %0 : tensor<4x5xf32>
}

// A slice is read from its place.
// CHECK-LABEL: func.func @slice
// CHECK-SAME: %[[X:.*]]: tensor<4x5xf32>
func.func @slice(%x: tensor<4x5xf32>) -> tensor<4x2xf32> {
  // CHECK: %[[READ:.*]] = linalg.generic {indexing_maps = [#[[SECOND]], #[[WHOLE]]]
  // CHECK-SAME: ins(%[[X]] : tensor<4x5xf32>)
  // CHECK: tensor.collapse_shape %[[READ]]
  %0 = nn.slice %x offset(3) : (tensor<4x5xf32>) -> tensor<4x2xf32>
  return %0 : tensor<4x2xf32>
}

// RUN: gradc-opt %s --convert-to-linalg | FileCheck %s

// Loops: row, column, depth.
// CHECK-DAG: #[[LHS_T:.*]] = affine_map<(d0, d1, d2) -> (d2, d0)>
// CHECK-DAG: #[[LHS:.*]] = affine_map<(d0, d1, d2) -> (d0, d2)>
// CHECK-DAG: #[[RHS:.*]] = affine_map<(d0, d1, d2) -> (d2, d1)>
// CHECK-DAG: #[[RHS_T:.*]] = affine_map<(d0, d1, d2) -> (d1, d2)>
// CHECK-DAG: #[[RESULT:.*]] = affine_map<(d0, d1, d2) -> (d0, d1)>
// CHECK-DAG: #[[MATRIX:.*]] = affine_map<(d0, d1) -> (d0, d1)>
// CHECK-DAG: #[[COLUMN:.*]] = affine_map<(d0, d1) -> (d1)>

// A product is a linalg.matmul added to zero.
// CHECK-LABEL: func.func @plain
// CHECK-SAME: %[[A:.*]]: tensor<4x3xf32>, %[[B:.*]]: tensor<3x2xf32>
func.func @plain(%a: tensor<4x3xf32>, %b: tensor<3x2xf32>) -> tensor<4x2xf32> {
  // CHECK: %[[ZERO:.*]] = arith.constant 0.000000e+00 : f32
  // CHECK: %[[ZEROS:.*]] = linalg.fill ins(%[[ZERO]] : f32)
  // CHECK: linalg.matmul ins(%[[A]], %[[B]] : {{.*}}) outs(%[[ZEROS]] : tensor<4x2xf32>)
  %0 = nn.matmul %a, %b : (tensor<4x3xf32>, tensor<3x2xf32>) -> tensor<4x2xf32>
  return %0 : tensor<4x2xf32>
}

// Transposed factors are read with other maps: nothing is moved.
// CHECK-LABEL: func.func @left
func.func @left(%a: tensor<3x4xf32>, %b: tensor<3x2xf32>) -> tensor<4x2xf32> {
  // CHECK-NOT: linalg.transpose
  // CHECK: linalg.matmul indexing_maps = [#[[LHS_T]], #[[RHS]], #[[RESULT]]]
  %0 = nn.matmul %a transposed, %b : (tensor<3x4xf32>, tensor<3x2xf32>) -> tensor<4x2xf32>
  return %0 : tensor<4x2xf32>
}

// CHECK-LABEL: func.func @right
func.func @right(%a: tensor<4x3xf32>, %b: tensor<2x3xf32>) -> tensor<4x2xf32> {
  // CHECK-NOT: linalg.transpose
  // CHECK: linalg.matmul indexing_maps = [#[[LHS]], #[[RHS_T]], #[[RESULT]]]
  %0 = nn.matmul %a, %b transposed : (tensor<4x3xf32>, tensor<2x3xf32>) -> tensor<4x2xf32>
  return %0 : tensor<4x2xf32>
}

// CHECK-LABEL: func.func @both
func.func @both(%a: tensor<3x4xf32>, %b: tensor<2x3xf32>) -> tensor<4x2xf32> {
  // CHECK-NOT: linalg.transpose
  // CHECK: linalg.matmul indexing_maps = [#[[LHS_T]], #[[RHS_T]], #[[RESULT]]]
  %0 = nn.matmul %a transposed, %b transposed
         : (tensor<3x4xf32>, tensor<2x3xf32>) -> tensor<4x2xf32>
  return %0 : tensor<4x2xf32>
}

// A bias is read along the units, again for each sample.
// CHECK-LABEL: func.func @add_bias
// CHECK-SAME: %[[X:.*]]: tensor<4x3xf32>, %[[BIAS:.*]]: tensor<3xf32>
func.func @add_bias(%x: tensor<4x3xf32>, %bias: tensor<3xf32>) -> tensor<4x3xf32> {
  // CHECK: linalg.generic {indexing_maps = [#[[MATRIX]], #[[COLUMN]], #[[MATRIX]]], iterator_types = ["parallel", "parallel"]}
  // CHECK-SAME: ins(%[[X]], %[[BIAS]] :
  // CHECK: arith.addf
  %0 = nn.add_bias %x, %bias : tensor<4x3xf32>, tensor<3xf32>
  return %0 : tensor<4x3xf32>
}

// A reshape is two views by way of one dimension, or one where a shape has only
// one.
// CHECK-LABEL: func.func @reshape
// CHECK-SAME: %[[X:.*]]: tensor<4x3xf32>
func.func @reshape(%x: tensor<4x3xf32>) -> (tensor<2x6xf32>, tensor<12xf32>) {
  // CHECK: %[[FLAT:.*]] = tensor.collapse_shape %[[X]] {{\[\[}}0, 1]] : tensor<4x3xf32> into tensor<12xf32>
  // CHECK: tensor.expand_shape %[[FLAT]] {{\[\[}}0, 1]] output_shape [2, 6]
  %0 = nn.reshape %x : (tensor<4x3xf32>) -> tensor<2x6xf32>
  // CHECK: tensor.collapse_shape %[[X]]
  // CHECK-NOT: tensor.expand_shape
  %1 = nn.reshape %x : (tensor<4x3xf32>) -> tensor<12xf32>
  return %0, %1 : tensor<2x6xf32>, tensor<12xf32>
}

// Each element meets its unit's number.
// CHECK-LABEL: func.func @scale_units
func.func @scale_units(%x: tensor<4x3x5xf32>, %f: tensor<5xf32>) -> tensor<4x3x5xf32> {
  // CHECK: linalg.generic {{.*}} iterator_types = ["parallel", "parallel", "parallel"]}
  // CHECK-SAME: ins(%{{.*}}, %{{.*}} : tensor<4x3x5xf32>, tensor<5xf32>)
  // CHECK: arith.mulf
  %0 = nn.scale_units %x, %f axis(2) : tensor<4x3x5xf32>, tensor<5xf32>
  return %0 : tensor<4x3x5xf32>
}

// RUN: gradc-opt %s --convert-to-linalg | FileCheck %s

// A number is a row only where it lies in the table and is whole; elsewhere row 0 is
// read, and NaN given.
// CHECK-LABEL: func.func @lookup
// CHECK-SAME: %[[X:.*]]: tensor<4x7xf32>, %[[TABLE:.*]]: tensor<10x3xf32>
func.func @lookup(%x: tensor<4x7xf32>, %table: tensor<10x3xf32>) -> tensor<4x7x3xf32> {
  // CHECK: linalg.generic {{.*}} iterator_types = ["parallel", "parallel", "parallel"]} ins(%[[X]]
  // CHECK: ^bb0(%[[NUMBER:.*]]: f32, %{{.*}}: f32):
  // CHECK: arith.cmpf ogt, %[[NUMBER]]
  // CHECK: arith.cmpf olt, %[[NUMBER]]
  // CHECK: %[[INSIDE:.*]] = arith.andi
  // CHECK: %[[SAFE:.*]] = arith.select %[[INSIDE]], %[[NUMBER]]
  // CHECK: %[[WHOLE:.*]] = arith.fptosi %[[SAFE]] : f32 to i32
  // CHECK: %[[IS_WHOLE:.*]] = arith.cmpf oeq
  // CHECK: %[[IS_ROW:.*]] = arith.andi %[[INSIDE]], %[[IS_WHOLE]]
  // CHECK: %[[ROW:.*]] = arith.index_cast %[[WHOLE]]
  // CHECK: %[[COLUMN:.*]] = linalg.index 2
  // CHECK: %[[VALUE:.*]] = tensor.extract %[[TABLE]][%[[ROW]], %[[COLUMN]]]
  // CHECK: %[[NAN:.*]] = arith.constant 0x7FC00000 : f32
  // CHECK: arith.select %[[IS_ROW]], %[[VALUE]], %[[NAN]]
  %0 = nn.lookup %x, %table : (tensor<4x7xf32>, tensor<10x3xf32>) -> tensor<4x7x3xf32>
  return %0 : tensor<4x7x3xf32>
}

// One number after the other, so that the order of the sums is fixed.
// CHECK-LABEL: func.func @gradient
func.func @gradient(%g: tensor<4x7x3xf32>, %x: tensor<4x7xf32>) -> tensor<10x3xf32> {
  // CHECK: %[[NUMBERS:.*]] = tensor.collapse_shape %{{.*}} : tensor<4x7xf32> into tensor<28xf32>
  // CHECK: %[[G:.*]] = tensor.collapse_shape %{{.*}} : tensor<4x7x3xf32> into tensor<28x3xf32>
  // CHECK: scf.for %[[READ:.*]] = {{.*}} iter_args
  // CHECK: tensor.extract %[[NUMBERS]][%[[READ]]]
  // CHECK: scf.for %[[COLUMN:.*]] = {{.*}} iter_args(%[[SUMS:.*]] = %{{.*}}) -> (tensor<10x3xf32>)
  // CHECK: %[[OLD:.*]] = tensor.extract %[[SUMS]][%[[ROW:.*]], %[[COLUMN]]]
  // CHECK: %[[TERM:.*]] = tensor.extract %[[G]][%[[READ]], %[[COLUMN]]]
  // CHECK: %[[SUM:.*]] = arith.addf %[[OLD]], %[[TERM]]
  // CHECK: %[[NEXT:.*]] = arith.select %{{.*}}, %[[SUM]], %[[OLD]]
  // CHECK: tensor.insert %[[NEXT]] into %[[SUMS]][%[[ROW]], %[[COLUMN]]]
  %0 = nn.lookup_grad %g, %x : (tensor<4x7x3xf32>, tensor<4x7xf32>) -> tensor<10x3xf32>
  return %0 : tensor<10x3xf32>
}

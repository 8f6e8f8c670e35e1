// RUN: gradc-opt %s --convert-to-linalg | FileCheck %s

// A row at a time, as one part of the table. A number is a row only where it lies
// in the table and is whole; elsewhere row 0 is read, and NaN given.
// CHECK-LABEL: func.func @lookup
// CHECK-SAME: %[[X:.*]]: tensor<4x7xf32>, %[[TABLE:.*]]: tensor<10x3xf32>
func.func @lookup(%x: tensor<4x7xf32>, %table: tensor<10x3xf32>) -> tensor<4x7x3xf32> {
  // CHECK: %[[NAN:.*]] = arith.constant 0x7FC00000 : f32
  // CHECK: %[[NUMBERS:.*]] = tensor.collapse_shape %[[X]] {{.*}} : tensor<4x7xf32> into tensor<28xf32>
  // CHECK: scf.for %[[PLACE:.*]] = {{.*}} iter_args(%[[RESULT:.*]] = %{{.*}}) -> (tensor<28x3xf32>)
  // CHECK: %[[NUMBER:.*]] = tensor.extract %[[NUMBERS]][%[[PLACE]]]
  // CHECK: arith.cmpf ogt, %[[NUMBER]]
  // CHECK: arith.cmpf olt, %[[NUMBER]]
  // CHECK: %[[INSIDE:.*]] = arith.andi
  // CHECK: %[[SAFE:.*]] = arith.select %[[INSIDE]], %[[NUMBER]]
  // CHECK: %[[WHOLE:.*]] = arith.fptosi %[[SAFE]] : f32 to i32
  // CHECK: %[[IS_WHOLE:.*]] = arith.cmpf oeq
  // CHECK: %[[IS_ROW:.*]] = arith.andi %[[INSIDE]], %[[IS_WHOLE]]
  // CHECK: %[[ROW:.*]] = arith.index_cast %[[WHOLE]]
  // CHECK: %[[FOUND:.*]] = tensor.extract_slice %[[TABLE]][%[[ROW]], 0] [1, 3] [1, 1]
  // CHECK: %[[INTO:.*]] = tensor.extract_slice %[[RESULT]][%[[PLACE]], 0]
  // CHECK: linalg.generic {{.*}} ins(%[[FOUND]] : tensor<3xf32>) outs(%[[INTO]] : tensor<3xf32>)
  // CHECK: ^bb0(%[[VALUE:.*]]: f32, %{{.*}}: f32):
  // CHECK: arith.select %[[IS_ROW]], %[[VALUE]], %[[NAN]]
  // CHECK: tensor.insert_slice %{{.*}} into %[[RESULT]][%[[PLACE]], 0]
  // CHECK: tensor.expand_shape {{.*}} : tensor<28x3xf32> into tensor<4x7x3xf32>
  %0 = nn.lookup %x, %table : (tensor<4x7xf32>, tensor<10x3xf32>) -> tensor<4x7x3xf32>
  return %0 : tensor<4x7x3xf32>
}

// One number after the other, so that the order of the sums is fixed.
// CHECK-LABEL: func.func @gradient
func.func @gradient(%g: tensor<4x7x3xf32>, %x: tensor<4x7xf32>) -> tensor<10x3xf32> {
  // CHECK: %[[G:.*]] = tensor.collapse_shape %{{.*}} : tensor<4x7x3xf32> into tensor<28x3xf32>
  // CHECK: %[[NUMBERS:.*]] = tensor.collapse_shape %{{.*}} : tensor<4x7xf32> into tensor<28xf32>
  // CHECK: scf.for %[[PLACE:.*]] = {{.*}} iter_args(%[[SUMS:.*]] = %{{.*}}) -> (tensor<10x3xf32>)
  // CHECK: tensor.extract %[[NUMBERS]][%[[PLACE]]]
  // CHECK: %[[TERM:.*]] = tensor.extract_slice %[[G]][%[[PLACE]], 0]
  // CHECK: %[[OLD:.*]] = tensor.extract_slice %[[SUMS]][%[[ROW:.*]], 0] [1, 3] [1, 1]
  // CHECK: linalg.generic {{.*}} ins(%[[TERM]] : tensor<3xf32>) outs(%[[OLD]] : tensor<3xf32>)
  // CHECK: ^bb0(%[[T:.*]]: f32, %[[O:.*]]: f32):
  // CHECK: %[[SUM:.*]] = arith.addf %[[O]], %[[T]]
  // CHECK: arith.select %{{.*}}, %[[SUM]], %[[O]]
  // CHECK: tensor.insert_slice %{{.*}} into %[[SUMS]][%[[ROW]], 0]
  %0 = nn.lookup_grad %g, %x : (tensor<4x7x3xf32>, tensor<4x7xf32>) -> tensor<10x3xf32>
  return %0 : tensor<10x3xf32>
}

// RUN: gradc-opt %s --convert-to-linalg | FileCheck %s

// One norm of both gradients, in f64. The factor is threshold / norm where the
// norm is above the threshold and finite, and exactly 1 else. It is rounded to
// the element type before it scales.
// CHECK-LABEL: func.func @clip_by_norm
// CHECK-SAME: %[[G:.*]]: tensor<4x3xf32>, %[[H:.*]]: tensor<3xf32>
func.func @clip_by_norm(%g: tensor<4x3xf32>, %h: tensor<3xf32>)
    -> (tensor<4x3xf32>, tensor<3xf32>, f64) {
  // CHECK: linalg.generic {{.*}} iterator_types = ["reduction", "reduction"]} ins(%[[G]] :
  // CHECK: arith.extf
  // CHECK: arith.mulf {{.*}} : f64
  // CHECK: %[[A:.*]] = tensor.extract
  // CHECK: linalg.generic {{.*}} iterator_types = ["reduction"]} ins(%[[H]] :
  // CHECK: %[[B:.*]] = tensor.extract
  // CHECK: %[[SQUARES:.*]] = arith.addf %[[A]], %[[B]] : f64
  // CHECK: %[[NORM:.*]] = math.sqrt %[[SQUARES]] : f64
  // CHECK: %[[BOUND:.*]] = arith.constant 2.000000e+00 : f64
  // CHECK: %[[ABOVE:.*]] = arith.cmpf ogt, %[[NORM]], %[[BOUND]]
  // CHECK: %[[INFINITY:.*]] = arith.constant 0x7FF0000000000000 : f64
  // CHECK: %[[FINITE:.*]] = arith.cmpf olt, %[[NORM]], %[[INFINITY]]
  // CHECK: %[[CLIPS:.*]] = arith.andi %[[ABOVE]], %[[FINITE]]
  // CHECK: %[[QUOTIENT:.*]] = arith.divf %{{.*}}, %[[NORM]]
  // CHECK: %[[ONE:.*]] = arith.constant 1.000000e+00 : f64
  // CHECK: %[[FACTOR:.*]] = arith.select %[[CLIPS]], %[[QUOTIENT]], %[[ONE]]
  // CHECK: %[[ROUNDED:.*]] = arith.truncf %[[FACTOR]] : f64 to f32
  // CHECK: %[[CG:.*]] = linalg.generic {{.*}} ins(%[[G]] :
  // CHECK: arith.mulf %{{.*}}, %[[ROUNDED]] : f32
  // CHECK: %[[CH:.*]] = linalg.generic {{.*}} ins(%[[H]] :
  // CHECK: return %[[CG]], %[[CH]], %[[FACTOR]]
  %0:2, %factor = train.clip_by_norm %g, %h threshold(2.0) : tensor<4x3xf32>, tensor<3xf32>
  return %0#0, %0#1, %factor : tensor<4x3xf32>, tensor<3xf32>, f64
}

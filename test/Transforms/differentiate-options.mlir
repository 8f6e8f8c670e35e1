// RUN: gradc-opt %s --pass-pipeline='builtin.module(any(differentiate))' | FileCheck %s

// A layer's own factor multiplies the rate before the rule sees it. Parameters
// of one factor share their scalars.
// CHECK-LABEL: func.func @own_rate
func.func @own_rate(%x: tensor<4x2xf32>) {
  // CHECK-DAG: %[[A:.*]] = nn.parameter "a"
  // CHECK-DAG: %[[B:.*]] = nn.parameter "b"
  // CHECK-DAG: %[[C:.*]] = nn.parameter "c"
  %a = nn.parameter "a" initializer(<zeros>) fans([2, 2]) options(<lr_scale = 0.5>) : tensor<2xf32>
  %0 = nn.add_bias %x, %a : tensor<4x2xf32>, tensor<2xf32>
  %b = nn.parameter "b" initializer(<zeros>) fans([2, 2]) : tensor<2xf32>
  %1 = nn.add_bias %0, %b : tensor<4x2xf32>, tensor<2xf32>
  %c = nn.parameter "c" initializer(<zeros>) fans([2, 2]) options(<lr_scale = 0.5>) : tensor<2xf32>
  %2 = nn.add_bias %1, %c : tensor<4x2xf32>, tensor<2xf32>
  %losses = nn.sum_units %2 scale(1.0) : (tensor<4x2xf32>) -> tensor<4xf32>
  %rule = train.sgd rate(0.1)
  // CHECK: %[[RATE:.*]] = train.rate
  // CHECK: %[[HALF:.*]] = arith.constant 5.000000e-01 : f64
  // CHECK: %[[SCALED:.*]] = arith.mulf %[[RATE]], %[[HALF]] : f64
  // CHECK: %[[OWN:.*]] = arith.truncf %[[SCALED]] : f64 to f32
  // CHECK: train.update %[[A]] with %{{.*}} scalars(%[[OWN]] : f32)
  // CHECK: %[[COMMON:.*]] = arith.truncf %[[RATE]] : f64 to f32
  // CHECK: train.update %[[B]] with %{{.*}} scalars(%[[COMMON]] : f32)
  // CHECK: train.update %[[C]] with %{{.*}} scalars(%[[OWN]] : f32)
  train.minimize %losses by %rule : tensor<4xf32>
  return
}

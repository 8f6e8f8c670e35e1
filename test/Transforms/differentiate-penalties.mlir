// RUN: gradc-opt %s --pass-pipeline='builtin.module(any(differentiate,canonicalize))' \
// RUN:   | FileCheck %s

// A penalty that is added twice counts twice, in the loss and in its gradient.
// CHECK-LABEL: func.func @twice
func.func @twice(%losses: tensor<4xf32>) {
  // CHECK: %[[TWO:.*]] = arith.constant 2.000000e+00 : f64
  // CHECK: %[[W:.*]] = nn.parameter "w"
  // CHECK: %[[P:.*]] = nn.weight_penalty %[[W]]
  %w = nn.parameter "w" initializer(<he>) fans([3, 2]) : tensor<3x2xf32>
  %p = nn.weight_penalty %w l1(0.0) l2(0.5) : tensor<3x2xf32>
  %rule = train.sgd rate(0.1)
  // CHECK: %[[SUM:.*]] = arith.addf %[[P]], %[[P]] : f64
  // CHECK: train.report "penalty", %[[SUM]]
  // CHECK: %[[G:.*]] = nn.weight_penalty_grad %[[TWO]], %[[W]]
  // CHECK: train.gradient "w", %[[G]]
  train.minimize %losses plus %p, %p by %rule : tensor<4xf32>
  return
}

// Two penalties of one weight: its gradient is the sum of both.
// CHECK-LABEL: func.func @two_penalties
func.func @two_penalties(%losses: tensor<4xf32>) {
  // CHECK: %[[ONE:.*]] = arith.constant 1.000000e+00 : f64
  // CHECK: %[[W:.*]] = nn.parameter "w"
  %w = nn.parameter "w" initializer(<he>) fans([3, 2]) : tensor<3x2xf32>
  %p = nn.weight_penalty %w l1(0.0) l2(0.5) : tensor<3x2xf32>
  %q = nn.weight_penalty %w l1(0.25) l2(0.0) : tensor<3x2xf32>
  %rule = train.sgd rate(0.1)
  // CHECK-DAG: %[[A:.*]] = nn.weight_penalty_grad %[[ONE]], %[[W]] l1(0.000000e+00) l2(5.000000e-01)
  // CHECK-DAG: %[[B:.*]] = nn.weight_penalty_grad %[[ONE]], %[[W]] l1(2.500000e-01) l2(0.000000e+00)
  // CHECK: %[[SUM:.*]] = nn.add %[[B]], %[[A]]
  // CHECK: train.gradient "w", %[[SUM]]
  train.minimize %losses plus %p, %q by %rule : tensor<4xf32>
  return
}

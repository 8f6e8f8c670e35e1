// RUN: gradc-opt %s --pass-pipeline='builtin.module(any(penalize-weights))' | FileCheck %s

// Every weight adds a penalty to what is minimized; a bias does not. The request
// is served and gone.
// CHECK-LABEL: nn.network @weights_only
nn.network @weights_only(%losses: tensor<4xf32>) {
  // CHECK: %[[A:.*]] = nn.parameter "a.weight"
  %a = nn.parameter "a.weight" initializer(<he>) fans([3, 2]) decays : tensor<3x2xf32>
  // CHECK: %[[BIAS:.*]] = nn.parameter "a.bias"
  %bias = nn.parameter "a.bias" initializer(<zeros>) fans([3, 2]) : tensor<2xf32>
  // CHECK: %[[B:.*]] = nn.parameter "b.weight"
  %b = nn.parameter "b.weight" initializer(<he>) fans([2, 1]) decays : tensor<2x1xf32>
  // CHECK-NOT: train.decay
  train.decay l1(0.0) l2(0.001)
  // CHECK: %[[RULE:.*]] = train.sgd
  %rule = train.sgd rate(0.1)
  // CHECK-NEXT: %[[PA:.*]] = nn.weight_penalty %[[A]] l1(0.000000e+00) l2(1.000000e-03)
  // CHECK-NEXT: %[[PB:.*]] = nn.weight_penalty %[[B]] l1(0.000000e+00) l2(1.000000e-03)
  // CHECK-NEXT: train.minimize %{{.*}} plus %[[PA]], %[[PB]] by %[[RULE]]
  train.minimize %losses by %rule : tensor<4xf32>
  nn.output
}

// Several requests add up, in functions too.
// CHECK-LABEL: func.func @two_requests
func.func @two_requests(%losses: tensor<4xf32>) {
  %w = nn.parameter "w" initializer(<he>) fans([3, 2]) decays : tensor<3x2xf32>
  // CHECK-NOT: train.decay
  train.decay l1(0.5) l2(0.0)
  train.decay l1(0.25) l2(0.125)
  %rule = train.sgd rate(0.1)
  // CHECK: %[[P:.*]] = nn.weight_penalty %{{.*}} l1(7.500000e-01) l2(1.250000e-01)
  // CHECK: train.minimize %{{.*}} plus %[[P]] by
  train.minimize %losses by %rule : tensor<4xf32>
  return
}

// A decay of 0 adds nothing, not even a number that is 0.
// CHECK-LABEL: func.func @nothing
func.func @nothing(%losses: tensor<4xf32>) {
  %w = nn.parameter "w" initializer(<he>) fans([3, 2]) decays : tensor<3x2xf32>
  // CHECK-NOT: train.decay
  // CHECK-NOT: nn.weight_penalty
  train.decay l1(0.0) l2(0.0)
  %rule = train.sgd rate(0.1)
  // CHECK: train.minimize %{{[^ ]*}} by
  train.minimize %losses by %rule : tensor<4xf32>
  return
}

// RUN: gradc-opt %s --pass-pipeline='builtin.module(any(differentiate))' | FileCheck %s

// A parameter used twice receives the sum of both gradients.
// CHECK-LABEL: func.func @shared_weight
// CHECK-SAME: %[[X:.*]]: tensor<4x4xf32>
func.func @shared_weight(%x: tensor<4x4xf32>) {
  // CHECK: %[[W:.*]] = nn.parameter "w"
  %w = nn.parameter "w" initializer(<he>) fans([4, 4]) : tensor<4x4xf32>
  // CHECK: %[[H:.*]] = nn.matmul %[[X]], %[[W]]
  %0 = nn.matmul %x, %w : (tensor<4x4xf32>, tensor<4x4xf32>) -> tensor<4x4xf32>
  %1 = nn.matmul %0, %w : (tensor<4x4xf32>, tensor<4x4xf32>) -> tensor<4x4xf32>
  %losses = nn.sum_units %1 scale(1.0) : (tensor<4x4xf32>) -> tensor<4xf32>
  %rule = train.sgd rate(0.1)
  // CHECK-DAG: %[[DH:.*]] = nn.matmul %[[DY:.*]], %[[W]] transposed
  // CHECK-DAG: %[[LATE:.*]] = nn.matmul %[[H]] transposed, %[[DY]]
  // CHECK-DAG: %[[EARLY:.*]] = nn.matmul %[[X]] transposed, %[[DH]]
  // CHECK: %[[SUM:.*]] = nn.add %[[LATE]], %[[EARLY]]
  // CHECK: train.gradient "w", %[[SUM]]
  // CHECK: %[[NEXT:.*]] = train.update %[[W]] with %[[SUM]]
  // CHECK: nn.assign %[[W]], %[[NEXT]]
  // CHECK-NOT: train.minimize
  train.minimize %losses by %rule : tensor<4xf32>
  return
}

// The loss is a mean: each of four samples begins with a gradient of 1/4.
// CHECK-LABEL: func.func @seed
func.func @seed(%x: tensor<4x2xf32>) {
  // CHECK: %[[B:.*]] = nn.parameter "b"
  %b = nn.parameter "b" initializer(<zeros>) fans([2, 2]) : tensor<2xf32>
  %0 = nn.add_bias %x, %b : tensor<4x2xf32>, tensor<2xf32>
  // CHECK: %[[LOSSES:.*]] = nn.sum_units
  %losses = nn.sum_units %0 scale(0.5) : (tensor<4x2xf32>) -> tensor<4xf32>
  %rule = train.sgd rate(0.1)
  // CHECK: %[[LOSS:.*]] = nn.mean_of_samples %[[LOSSES]]
  // CHECK: train.report "loss", %[[LOSS]]
  // CHECK: %[[SEED:.*]] = arith.constant dense<2.500000e-01> : tensor<4xf32>
  // CHECK: %[[SPREAD:.*]] = nn.spread_units %[[SEED]] scale(5.000000e-01) : (tensor<4xf32>) -> tensor<4x2xf32>
  // CHECK: %[[SUM:.*]] = nn.sum_samples %[[SPREAD]] : (tensor<4x2xf32>) -> tensor<2xf32>
  // CHECK: train.gradient "b", %[[SUM]]
  train.minimize %losses by %rule : tensor<4xf32>
  return
}

// All gradients stand before the first update.
// CHECK-LABEL: nn.network @order
nn.network @order(%x: tensor<4x3xf32>) {
  %w = nn.parameter "w" initializer(<he>) fans([3, 2]) : tensor<3x2xf32>
  %b = nn.parameter "b" initializer(<zeros>) fans([3, 2]) : tensor<2xf32>
  %0 = nn.matmul %x, %w : (tensor<4x3xf32>, tensor<3x2xf32>) -> tensor<4x2xf32>
  %1 = nn.add_bias %0, %b : tensor<4x2xf32>, tensor<2xf32>
  %losses = nn.sum_units %1 scale(1.0) : (tensor<4x2xf32>) -> tensor<4xf32>
  %rule = train.sgd rate(0.1)
  // CHECK: train.gradient "w"
  // CHECK-NEXT: train.gradient "b"
  // CHECK-NOT: {{nn[.](matmul|sum_samples)}}
  // CHECK: train.update
  // CHECK-NOT: {{nn[.](matmul|sum_samples)}}
  // CHECK: train.update
  train.minimize %losses by %rule : tensor<4xf32>
  nn.output
}

// Each state of the rule is a buffer named after parameter and state; the rate is
// the step's own, not the rule's, and is rounded once for all parameters.
// CHECK-LABEL: func.func @states
func.func @states(%x: tensor<4x2xf32>) {
  // CHECK: %[[A:.*]] = nn.parameter "a"
  %a = nn.parameter "a" initializer(<zeros>) fans([2, 2]) : tensor<2xf32>
  %b = nn.parameter "b" initializer(<zeros>) fans([2, 2]) : tensor<2xf32>
  %0 = nn.add_bias %x, %a : tensor<4x2xf32>, tensor<2xf32>
  %1 = nn.add_bias %0, %b : tensor<4x2xf32>, tensor<2xf32>
  %losses = nn.sum_units %1 scale(1.0) : (tensor<4x2xf32>) -> tensor<4xf32>
  %rule = train.momentum rate(0.1) momentum(0.5)
  // CHECK: %[[WIDE:.*]] = train.rate
  // CHECK: %[[RATE:.*]] = arith.truncf %[[WIDE]] : f64 to f32
  // CHECK: %[[V:.*]] = nn.buffer "a.velocity" initial(0.000000e+00) optimizer : tensor<2xf32>
  // CHECK: %[[NEXT:.*]], %[[NEXTV:.*]] = train.update %[[A]] with %{{.*}} states(%[[V]]) scalars(%[[RATE]] : f32)
  // CHECK: nn.assign %[[A]], %[[NEXT]]
  // CHECK: nn.assign %[[V]], %[[NEXTV]]
  // CHECK-NOT: arith.truncf
  // CHECK: train.update {{.*}} scalars(%[[RATE]] : f32)
  train.minimize %losses by %rule : tensor<4xf32>
  return
}

// In f64 nothing is rounded. Adam's corrections 1 - b^t are -expm1(t log b).
// CHECK-LABEL: func.func @adam_in_f64
func.func @adam_in_f64(%x: tensor<4x2xf64>) {
  %b = nn.parameter "b" initializer(<zeros>) fans([2, 2]) : tensor<2xf64>
  %0 = nn.add_bias %x, %b : tensor<4x2xf64>, tensor<2xf64>
  %losses = nn.sum_units %0 scale(1.0) : (tensor<4x2xf64>) -> tensor<4xf64>
  %rule = train.adam rate(0.1) betas(0.5, 0.75) epsilon(1.0e-8)
  // CHECK: %[[STEP:.*]] = nn.step
  // CHECK: %[[T:.*]] = arith.sitofp %[[STEP]] : i64 to f64
  // CHECK: %[[LOG:.*]] = arith.constant -0.69314718055994529 : f64
  // CHECK: %[[POWER:.*]] = arith.mulf %[[T]], %[[LOG]]
  // CHECK: %[[NEGATIVE:.*]] = math.expm1 %[[POWER]]
  // CHECK: arith.negf %[[NEGATIVE]]
  // CHECK: arith.constant -0.28768207245178{{.*}} : f64
  // CHECK-NOT: arith.truncf
  // CHECK: nn.buffer "b.m"
  // CHECK: nn.buffer "b.v"
  // CHECK: train.update {{.*}} scalars(%{{.*}}, %{{.*}} : f64, f64)
  train.minimize %losses by %rule : tensor<4xf64>
  return
}

// Penalties are part of the loss, and reported apart as well.
// CHECK-LABEL: func.func @penalties
func.func @penalties(%losses: tensor<4xf32>) {
  // CHECK: %[[W:.*]] = nn.parameter "w"
  %w = nn.parameter "w" initializer(<he>) fans([3, 2]) : tensor<3x2xf32>
  // CHECK: %[[P:.*]] = nn.weight_penalty
  %p = nn.weight_penalty %w l1(0.0) l2(0.5) : tensor<3x2xf32>
  %rule = train.sgd rate(0.1)
  // CHECK: %[[MEAN:.*]] = nn.mean_of_samples
  // CHECK: train.report "penalty", %[[P]]
  // CHECK: %[[LOSS:.*]] = arith.addf %[[MEAN]], %[[P]] : f64
  // CHECK: train.report "loss", %[[LOSS]]
  // CHECK: %[[ONE:.*]] = arith.constant 1.000000e+00 : f64
  // CHECK: %[[G:.*]] = nn.weight_penalty_grad %[[ONE]], %[[W]] l1(0.000000e+00) l2(5.000000e-01)
  // CHECK: train.gradient "w", %[[G]]
  train.minimize %losses plus %p by %rule : tensor<4xf32>
  return
}

// Where nothing is minimized, as in the inference form, nothing changes.
// CHECK-LABEL: func.func @nothing
// CHECK-NEXT: nn.parameter "w"
// CHECK-NEXT: return
func.func @nothing() {
  %w = nn.parameter "w" initializer(<he>) fans([3, 2]) : tensor<3x2xf32>
  return
}

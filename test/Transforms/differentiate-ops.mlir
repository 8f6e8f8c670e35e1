// RUN: gradc-opt %s --pass-pipeline='builtin.module(any(differentiate))' | FileCheck %s

// The gradient of each op, seen from the gradient DY of its result.

// C = A B: dA = dC B^T, dB = A^T dC.
// CHECK-LABEL: func.func @matmul
func.func @matmul() {
  // CHECK: %[[A:.*]] = nn.parameter "a"
  %a = nn.parameter "a" initializer(<he>) fans([3, 2]) : tensor<4x3xf32>
  // CHECK: %[[B:.*]] = nn.parameter "b"
  %b = nn.parameter "b" initializer(<he>) fans([3, 2]) : tensor<3x2xf32>
  %c = nn.matmul %a, %b : (tensor<4x3xf32>, tensor<3x2xf32>) -> tensor<4x2xf32>
  %losses = nn.sum_units %c scale(1.0) : (tensor<4x2xf32>) -> tensor<4xf32>
  %rule = train.sgd rate(0.1)
  // CHECK: %[[DY:.*]] = nn.spread_units
  // CHECK: nn.matmul %[[DY]], %[[B]] transposed : {{.*}} -> tensor<4x3xf32>
  // CHECK: nn.matmul %[[A]] transposed, %[[DY]] : {{.*}} -> tensor<3x2xf32>
  train.minimize %losses by %rule : tensor<4xf32>
  return
}

// C = A^T B: dA = B dC^T, dB = A dC.
// CHECK-LABEL: func.func @matmul_left_transposed
func.func @matmul_left_transposed() {
  // CHECK: %[[A:.*]] = nn.parameter "a"
  %a = nn.parameter "a" initializer(<he>) fans([3, 2]) : tensor<3x4xf32>
  // CHECK: %[[B:.*]] = nn.parameter "b"
  %b = nn.parameter "b" initializer(<he>) fans([3, 2]) : tensor<3x2xf32>
  %c = nn.matmul %a transposed, %b : (tensor<3x4xf32>, tensor<3x2xf32>) -> tensor<4x2xf32>
  %losses = nn.sum_units %c scale(1.0) : (tensor<4x2xf32>) -> tensor<4xf32>
  %rule = train.sgd rate(0.1)
  // CHECK: %[[DY:.*]] = nn.spread_units
  // CHECK: nn.matmul %[[B]], %[[DY]] transposed : {{.*}} -> tensor<3x4xf32>
  // CHECK: nn.matmul %[[A]], %[[DY]] : {{.*}} -> tensor<3x2xf32>
  train.minimize %losses by %rule : tensor<4xf32>
  return
}

// C = A B^T: dA = dC B, dB = dC^T A.
// CHECK-LABEL: func.func @matmul_right_transposed
func.func @matmul_right_transposed() {
  // CHECK: %[[A:.*]] = nn.parameter "a"
  %a = nn.parameter "a" initializer(<he>) fans([3, 2]) : tensor<4x3xf32>
  // CHECK: %[[B:.*]] = nn.parameter "b"
  %b = nn.parameter "b" initializer(<he>) fans([3, 2]) : tensor<2x3xf32>
  %c = nn.matmul %a, %b transposed : (tensor<4x3xf32>, tensor<2x3xf32>) -> tensor<4x2xf32>
  %losses = nn.sum_units %c scale(1.0) : (tensor<4x2xf32>) -> tensor<4xf32>
  %rule = train.sgd rate(0.1)
  // CHECK: %[[DY:.*]] = nn.spread_units
  // CHECK: nn.matmul %[[DY]], %[[B]] : {{.*}} -> tensor<4x3xf32>
  // CHECK: nn.matmul %[[DY]] transposed, %[[A]] : {{.*}} -> tensor<2x3xf32>
  train.minimize %losses by %rule : tensor<4xf32>
  return
}

// C = A^T B^T: dA = B^T dC^T, dB = dC^T A^T.
// CHECK-LABEL: func.func @matmul_both_transposed
func.func @matmul_both_transposed() {
  // CHECK: %[[A:.*]] = nn.parameter "a"
  %a = nn.parameter "a" initializer(<he>) fans([3, 2]) : tensor<3x4xf32>
  // CHECK: %[[B:.*]] = nn.parameter "b"
  %b = nn.parameter "b" initializer(<he>) fans([3, 2]) : tensor<2x3xf32>
  %c = nn.matmul %a transposed, %b transposed : (tensor<3x4xf32>, tensor<2x3xf32>) -> tensor<4x2xf32>
  %losses = nn.sum_units %c scale(1.0) : (tensor<4x2xf32>) -> tensor<4xf32>
  %rule = train.sgd rate(0.1)
  // CHECK: %[[DY:.*]] = nn.spread_units
  // CHECK: nn.matmul %[[B]] transposed, %[[DY]] transposed : {{.*}} -> tensor<3x4xf32>
  // CHECK: nn.matmul %[[DY]] transposed, %[[A]] transposed : {{.*}} -> tensor<2x3xf32>
  train.minimize %losses by %rule : tensor<4xf32>
  return
}

// A tap leaves a mark on the gradient, a reshape is undone, an activation asks
// its twin, with its own settings.
// CHECK-LABEL: func.func @chain
func.func @chain() {
  %w = nn.parameter "w" initializer(<he>) fans([3, 2]) : tensor<2x6xf32>
  // CHECK: %[[TAP:.*]] = nn.tap
  %0 = nn.tap "dense" %w : tensor<2x6xf32>
  // CHECK: %[[LEAKY:.*]] = nn.leaky_relu
  %1 = nn.leaky_relu %0 k(0.25) : tensor<2x6xf32>
  // CHECK: %[[SIGMOID:.*]] = nn.sigmoid
  %2 = nn.sigmoid %1 : tensor<2x6xf32>
  %3 = nn.reshape %2 : (tensor<2x6xf32>) -> tensor<4x3xf32>
  %losses = nn.sum_units %3 scale(1.0) : (tensor<4x3xf32>) -> tensor<4xf32>
  %rule = train.sgd rate(0.1)
  // CHECK: %[[A:.*]] = nn.spread_units
  // CHECK-NEXT: %[[B:.*]] = nn.reshape %[[A]] : (tensor<4x3xf32>) -> tensor<2x6xf32>
  // CHECK-NEXT: %[[C:.*]] = nn.sigmoid_grad %[[B]], %[[LEAKY]]
  // CHECK-NEXT: %[[D:.*]] = nn.leaky_relu_grad %[[C]], %[[TAP]] k(2.500000e-01)
  // CHECK-NEXT: %[[E:.*]] = nn.tap_gradient "dense" %[[D]]
  // CHECK-NEXT: train.gradient "w", %[[E]]
  train.minimize %losses by %rule : tensor<4xf32>
  return
}

// The gradient of a sum goes to both terms: for x + x it is twice that of x.
// CHECK-LABEL: func.func @add
func.func @add() {
  %w = nn.parameter "w" initializer(<he>) fans([3, 2]) : tensor<4x3xf32>
  %0 = nn.add %w, %w : tensor<4x3xf32>
  %losses = nn.sum_units %0 scale(1.0) : (tensor<4x3xf32>) -> tensor<4xf32>
  %rule = train.sgd rate(0.1)
  // CHECK: %[[DY:.*]] = nn.spread_units
  // CHECK: %[[SUM:.*]] = nn.add %[[DY]], %[[DY]]
  // CHECK: train.gradient "w", %[[SUM]]
  train.minimize %losses by %rule : tensor<4xf32>
  return
}

// y = x f: dx = dy f, df = the sum of dy x.
// CHECK-LABEL: func.func @scale_units
func.func @scale_units() {
  // CHECK: %[[X:.*]] = nn.parameter "x"
  %x = nn.parameter "x" initializer(<he>) fans([3, 2]) : tensor<4x2xf32>
  // CHECK: %[[F:.*]] = nn.parameter "f"
  %f = nn.parameter "f" initializer(<he>) fans([3, 2]) : tensor<2xf32>
  %y = nn.scale_units %x, %f : tensor<4x2xf32>, tensor<2xf32>
  %losses = nn.sum_units %y scale(1.0) : (tensor<4x2xf32>) -> tensor<4xf32>
  %rule = train.sgd rate(0.1)
  // CHECK: %[[DY:.*]] = nn.spread_units
  // CHECK: nn.scale_units %[[DY]], %[[F]]
  // CHECK: %[[TERMS:.*]] = nn.mul %[[DY]], %[[X]]
  // CHECK: nn.sum_samples %[[TERMS]] : (tensor<4x2xf32>) -> tensor<2xf32>
  train.minimize %losses by %rule : tensor<4xf32>
  return
}

// y = a b: da = dy b, db = dy a.
// CHECK-LABEL: func.func @mul
func.func @mul() {
  // CHECK: %[[A:.*]] = nn.parameter "a"
  %a = nn.parameter "a" initializer(<he>) fans([3, 2]) : tensor<4x2xf32>
  // CHECK: %[[B:.*]] = nn.parameter "b"
  %b = nn.parameter "b" initializer(<he>) fans([3, 2]) : tensor<4x2xf32>
  %y = nn.mul %a, %b : tensor<4x2xf32>
  %losses = nn.sum_units %y scale(1.0) : (tensor<4x2xf32>) -> tensor<4xf32>
  %rule = train.sgd rate(0.1)
  // CHECK: %[[DY:.*]] = nn.spread_units
  // CHECK: nn.mul %[[DY]], %[[B]]
  // CHECK: nn.mul %[[DY]], %[[A]]
  train.minimize %losses by %rule : tensor<4xf32>
  return
}

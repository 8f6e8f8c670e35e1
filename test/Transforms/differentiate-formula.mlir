// RUN: gradc-opt %s --pass-pipeline='builtin.module(any(differentiate))' | FileCheck %s

// Where a gradient reaches it, its derivative is asked for.
// CHECK-LABEL: func.func @differentiated
func.func @differentiated() {
  %w = nn.parameter "w" initializer(<he>) fans([2, 2]) : tensor<4x2xf32>
  %0 = nn.formula "tanh(2 * x) - -0.5" %w : tensor<4x2xf32>
  %losses = nn.sum_units %0 scale(1.0) : (tensor<4x2xf32>) -> tensor<4xf32>
  %rule = train.sgd rate(0.1)
  // CHECK: nn.formula_grad "tanh(2 * x) - -0.5" %{{.*}}, %{{.*}} : tensor<4x2xf32>
  train.minimize %losses by %rule : tensor<4xf32>
  return
}

// RUN: gradc-opt %s --pass-pipeline='builtin.module(any(differentiate))' | FileCheck %s

// Input and slopes get their gradients from one op.
// CHECK-LABEL: func.func @prelu
func.func @prelu(%x: tensor<4x3xf32>) {
  // CHECK: %[[A:.*]] = nn.parameter "a"
  %a = nn.parameter "a" initializer(<he>) fans([1, 1]) : tensor<3xf32>
  // CHECK: %[[X:.*]] = nn.add_bias
  %0 = nn.add_bias %x, %a : tensor<4x3xf32>, tensor<3xf32>
  %1 = nn.parametric_relu %0, %a : tensor<4x3xf32>, tensor<3xf32>
  %losses = nn.sum_units %1 scale(1.0) : (tensor<4x3xf32>) -> tensor<4xf32>
  %rule = train.sgd rate(0.1)
  // CHECK: %[[DY:.*]] = nn.spread_units
  // CHECK: %[[DX:.*]], %[[DA:.*]] = nn.parametric_relu_grad %[[DY]], %[[X]], %[[A]]
  // CHECK: %[[DB:.*]] = nn.sum_samples %[[DX]]
  // CHECK: nn.add %[[DA]], %[[DB]]
  train.minimize %losses by %rule : tensor<4xf32>
  return
}

// RUN: gradc-opt %s --pass-pipeline='builtin.module(any(differentiate))' | FileCheck %s

// The table has a gradient, the numbers have none.
// CHECK-LABEL: func.func @lookup
// CHECK-SAME: %[[X:.*]]: tensor<4xf32>
func.func @lookup(%x: tensor<4xf32>) {
  %w = nn.parameter "w" initializer(<he>) fans([1, 3]) : tensor<10x3xf32>
  %0 = nn.lookup %x, %w : (tensor<4xf32>, tensor<10x3xf32>) -> tensor<4x3xf32>
  %losses = nn.sum_units %0 scale(1.0) : (tensor<4x3xf32>) -> tensor<4xf32>
  %rule = train.sgd rate(0.1)
  // CHECK: %[[DY:.*]] = nn.spread_units
  // CHECK: %[[DW:.*]] = nn.lookup_grad %[[DY]], %[[X]] : (tensor<4x3xf32>, tensor<4xf32>) -> tensor<10x3xf32>
  // CHECK: train.gradient "w", %[[DW]]
  train.minimize %losses by %rule : tensor<4xf32>
  return
}

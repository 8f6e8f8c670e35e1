// RUN: gradc-opt %s --pass-pipeline='builtin.module(any(differentiate))' | FileCheck %s

// All three operands get their gradient from one op.
// CHECK-LABEL: func.func @normalize
func.func @normalize(%x: tensor<4x3xf32>) {
  // CHECK: %[[F:.*]] = nn.parameter "f"
  %f = nn.parameter "f" initializer(<he>) fans([1, 1]) : tensor<3xf32>
  // CHECK: %[[S:.*]] = nn.parameter "s"
  %s = nn.parameter "s" initializer(<he>) fans([1, 1]) : tensor<3xf32>
  // CHECK: %[[X:.*]] = nn.add_bias
  %0 = nn.add_bias %x, %s : tensor<4x3xf32>, tensor<3xf32>
  // CHECK: %{{.*}}, %[[MEAN:.*]], %[[VAR:.*]] = nn.normalize
  %1:3 = nn.normalize %0, %f, %s eps(0.1) : tensor<4x3xf32>, tensor<3xf32>
  %losses = nn.sum_units %1#0 scale(1.0) : (tensor<4x3xf32>) -> tensor<4xf32>
  %rule = train.sgd rate(0.1)
  // CHECK: %[[DY:.*]] = nn.spread_units
  // CHECK: %[[DX:.*]], %[[DF:.*]], %[[DS:.*]] = nn.normalize_grad %[[DY]], %[[X]], %[[F]], %[[MEAN]], %[[VAR]] eps(1.000000e-01)
  // CHECK: %[[DB:.*]] = nn.sum_samples %[[DX]]
  // CHECK: %[[SUM:.*]] = nn.add %[[DS]], %[[DB]]
  // CHECK: train.gradient "f", %[[DF]]
  // CHECK: train.gradient "s", %[[SUM]]
  train.minimize %losses by %rule : tensor<4xf32>
  return
}

// CHECK-LABEL: func.func @normalize_rows
func.func @normalize_rows(%x: tensor<4x3xf32>) {
  %s = nn.parameter "s" initializer(<he>) fans([1, 1]) : tensor<3xf32>
  %0 = nn.add_bias %x, %s : tensor<4x3xf32>, tensor<3xf32>
  // CHECK: %[[Z:.*]], %[[D:.*]] = nn.normalize_rows
  %1:2 = nn.normalize_rows %0 eps(0.1) dimensions(1) : tensor<4x3xf32>, tensor<4xf32>
  %losses = nn.sum_units %1#0 scale(1.0) : (tensor<4x3xf32>) -> tensor<4xf32>
  %rule = train.sgd rate(0.1)
  // CHECK: %[[DY:.*]] = nn.spread_units
  // CHECK: nn.normalize_rows_grad %[[DY]], %[[Z]], %[[D]]
  train.minimize %losses by %rule : tensor<4xf32>
  return
}

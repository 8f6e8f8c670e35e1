// RUN: gradc-opt %s --pass-pipeline='builtin.module(any(differentiate))' | FileCheck %s

// The target has no gradient: only the prediction receives one.
// CHECK-LABEL: func.func @errors
// CHECK-SAME: %[[T:.*]]: tensor<4x3xf32>
func.func @errors(%t: tensor<4x3xf32>) {
  // CHECK: %[[P:.*]] = nn.parameter "p"
  %p = nn.parameter "p" initializer(<he>) fans([3, 2]) : tensor<4x3xf32>
  %0 = nn.squared_error %p, %t : tensor<4x3xf32>
  %1 = nn.absolute_error %p, %t : tensor<4x3xf32>
  %2 = nn.huber_error %p, %t delta(2.0) : tensor<4x3xf32>
  %3 = nn.logistic_error %p, %t : tensor<4x3xf32>
  %4 = nn.add %0, %1 : tensor<4x3xf32>
  %5 = nn.add %2, %3 : tensor<4x3xf32>
  %6 = nn.add %4, %5 : tensor<4x3xf32>
  %losses = nn.sum_units %6 scale(1.0) : (tensor<4x3xf32>) -> tensor<4xf32>
  %rule = train.sgd rate(0.1)
  // CHECK: %[[DY:.*]] = nn.spread_units
  // CHECK-DAG: nn.squared_error_grad %[[DY]], %[[P]], %[[T]]
  // CHECK-DAG: nn.absolute_error_grad %[[DY]], %[[P]], %[[T]]
  // CHECK-DAG: nn.huber_error_grad %[[DY]], %[[P]], %[[T]] delta(2.000000e+00)
  // CHECK-DAG: nn.logistic_error_grad %[[DY]], %[[P]], %[[T]]
  train.minimize %losses by %rule : tensor<4xf32>
  return
}

// CHECK-LABEL: func.func @cross_entropy
// CHECK-SAME: %[[Y:.*]]: tensor<4xi32>
func.func @cross_entropy(%y: tensor<4xi32>) {
  // CHECK: %[[Z:.*]] = nn.parameter "z"
  %z = nn.parameter "z" initializer(<he>) fans([3, 2]) : tensor<4x3xf32>
  %losses = nn.cross_entropy %z, %y : (tensor<4x3xf32>, tensor<4xi32>) -> tensor<4xf32>
  %rule = train.sgd rate(0.1)
  // CHECK: %[[SEED:.*]] = arith.constant dense<2.500000e-01>
  // CHECK: nn.cross_entropy_grad %[[SEED]], %[[Z]], %[[Y]]
  train.minimize %losses by %rule : tensor<4xf32>
  return
}

// The gradient of softmax is computed from its result.
// CHECK-LABEL: func.func @softmax
func.func @softmax() {
  %x = nn.parameter "x" initializer(<he>) fans([3, 2]) : tensor<4x3xf32>
  // CHECK: %[[Y:.*]] = nn.softmax
  %y = nn.softmax %x : tensor<4x3xf32>
  %losses = nn.sum_units %y scale(1.0) : (tensor<4x3xf32>) -> tensor<4xf32>
  %rule = train.sgd rate(0.1)
  // CHECK: %[[DY:.*]] = nn.spread_units
  // CHECK: nn.softmax_grad %[[DY]], %[[Y]]
  train.minimize %losses by %rule : tensor<4xf32>
  return
}

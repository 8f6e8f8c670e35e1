// RUN: gradc-opt %s --pass-pipeline='builtin.module(any(differentiate))' | FileCheck %s

// What the way back multiplies a gradient by, one number after the other, the
// forward loop multiplies first: here the input's slice and the slope. It keeps
// the product, and what the gradient of the input is made of.
// CHECK-LABEL: func.func @chain
func.func @chain(%h: tensor<4x5xf32>, %x: tensor<3x4x5xf32>) {
  %b = nn.parameter "b" initializer(<zeros>) fans([5, 5]) : tensor<5xf32>
  // CHECK: %[[KEPT:.*]]:3 = nn.scan steps(3) from
  // CHECK: ^bb0(%{{.*}}: tensor<4x5xf32>, %[[X:.*]]: tensor<4x5xf32>, %{{.*}}: tensor<5xf32>):
  // CHECK: %[[Z:.*]] = nn.add_bias
  // CHECK: %[[SIGMOID:.*]] = nn.sigmoid %[[Z]]
  // CHECK: %[[NEXT:.*]] = nn.mul %[[SIGMOID]], %[[X]]
  // CHECK: %[[ONE:.*]] = arith.constant dense<1.000000e+00>
  // CHECK: %[[SLOPE:.*]] = nn.sigmoid_grad %[[ONE]], %[[Z]]
  // CHECK: %[[FACTOR:.*]] = nn.mul %[[X]], %[[SLOPE]]
  // CHECK: nn.scan_yield %[[NEXT]], %[[FACTOR]], %[[SIGMOID]]
  %last = nn.scan steps(3) from(%h : tensor<4x5xf32>) over(%x : tensor<3x4x5xf32>)
      with(%b : tensor<5xf32>) -> tensor<4x5xf32> {
  ^bb0(%state: tensor<4x5xf32>, %input: tensor<4x5xf32>, %bias: tensor<5xf32>):
    %0 = nn.add_bias %state, %bias : tensor<4x5xf32>, tensor<5xf32>
    %1 = nn.sigmoid %0 : tensor<4x5xf32>
    %2 = nn.mul %1, %input : tensor<4x5xf32>
    nn.scan_yield %2 : tensor<4x5xf32>
  }
  %losses = nn.sum_units %last scale(1.0) : (tensor<4x5xf32>) -> tensor<4xf32>
  %rule = train.sgd rate(0.1)
  // CHECK: nn.scan steps(3) reverse from({{.*}}) over(%[[KEPT]]#1
  // CHECK: ^bb0(%[[DH:.*]]: tensor<4x5xf32>, %[[FACTOR:.*]]: tensor<4x5xf32>, %[[S:.*]]: tensor<4x5xf32>):
  // CHECK-NEXT: %[[DX:.*]] = nn.mul %[[DH]], %[[S]]
  // CHECK-NEXT: %[[DELTA:.*]] = nn.mul %[[DH]], %[[FACTOR]]
  // CHECK-NEXT: nn.scan_yield %[[DELTA]], %[[DELTA]], %[[DX]]
  train.minimize %losses by %rule : tensor<4xf32>
  return
}

// The weight is the same in all turns: no stack is made of it and a slope.
// CHECK-LABEL: func.func @constant
func.func @constant(%h: tensor<4x5xf32>) {
  %w = nn.parameter "w" initializer(<he>) fans([5, 5]) : tensor<4x5xf32>
  // CHECK: %[[SLOPE:.*]] = nn.tanh_grad
  // CHECK: nn.scan_yield %{{.*}}, %[[SLOPE]], %{{.*}} :
  %last = nn.scan steps(3) from(%h : tensor<4x5xf32>) with(%w : tensor<4x5xf32>)
      -> tensor<4x5xf32> {
  ^bb0(%state: tensor<4x5xf32>, %weight: tensor<4x5xf32>):
    %0 = nn.tanh %state : tensor<4x5xf32>
    %1 = nn.mul %0, %weight : tensor<4x5xf32>
    nn.scan_yield %1 : tensor<4x5xf32>
  }
  %losses = nn.sum_units %last scale(1.0) : (tensor<4x5xf32>) -> tensor<4xf32>
  %rule = train.sgd rate(0.1)
  // CHECK: nn.scan steps(3) reverse
  // CHECK: ^bb0(%[[DH:[a-z0-9]*]]: tensor<4x5xf32>,
  // CHECK: %[[DELTA:.*]] = nn.mul %[[DH]], %{{.*}}
  // CHECK: nn.mul %[[DELTA]], %{{.*}}
  train.minimize %losses by %rule : tensor<4xf32>
  return
}

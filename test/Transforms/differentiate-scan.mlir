// RUN: gradc-opt %s --pass-pipeline='builtin.module(any(differentiate))' | FileCheck %s

// The gradient of a loop over time is a loop back: it carries the gradient of the
// state and reads what the forward loop keeps, here the slope of tanh. The
// gradient of the weight is one product after the loop, of all states before a
// step and all deltas.
// CHECK-LABEL: func.func @through_time
// CHECK-SAME: %[[H:.*]]: tensor<4x5xf32>, %[[X:.*]]: tensor<3x4x5xf32>
func.func @through_time(%h: tensor<4x5xf32>, %x: tensor<3x4x5xf32>) {
  // CHECK: %[[W:.*]] = nn.parameter "w"
  %w = nn.parameter "w" initializer(<he>) fans([5, 5]) : tensor<5x5xf32>
  // CHECK: %[[KEPT:.*]]:3 = nn.scan steps(3) tap("layer") from(%[[H]] : {{.*}}) over(%[[X]] : {{.*}}) with(%[[W]] : {{.*}}) -> tensor<4x5xf32>, tensor<3x4x5xf32>, tensor<3x4x5xf32> {
  // CHECK: ^bb0(%[[STATE:.*]]: tensor<4x5xf32>, %{{.*}}: tensor<4x5xf32>, %{{.*}}: tensor<5x5xf32>):
  // CHECK: %[[Z:.*]] = nn.add
  // CHECK: %[[NEXT:.*]] = nn.tanh %[[Z]]
  // CHECK: %[[SLOPE:.*]] = nn.tanh_grad %{{.*}}, %[[Z]]
  // CHECK: nn.scan_yield %[[NEXT]], %[[STATE]], %[[SLOPE]]
  %last = nn.scan steps(3) tap("layer") from(%h : tensor<4x5xf32>)
      over(%x : tensor<3x4x5xf32>) with(%w : tensor<5x5xf32>) -> tensor<4x5xf32> {
  ^bb0(%state: tensor<4x5xf32>, %input: tensor<4x5xf32>, %weight: tensor<5x5xf32>):
    %0 = nn.matmul %state, %weight : (tensor<4x5xf32>, tensor<5x5xf32>) -> tensor<4x5xf32>
    %1 = nn.add %0, %input : tensor<4x5xf32>
    %2 = nn.tanh %1 : tensor<4x5xf32>
    nn.scan_yield %2 : tensor<4x5xf32>
  }
  %losses = nn.sum_units %last scale(1.0) : (tensor<4x5xf32>) -> tensor<4xf32>
  %rule = train.sgd rate(0.1)
  // CHECK: %[[DY:.*]] = nn.spread_units
  // CHECK: %[[BACK:.*]]:3 = nn.scan steps(3) reverse from(%[[DY]] : {{.*}}) over(%[[KEPT]]#2 : {{.*}}) with(%[[W]] : {{.*}})
  // CHECK: ^bb0(%[[DH:.*]]: tensor<4x5xf32>, %[[SLOPE:.*]]: tensor<4x5xf32>, %[[WEIGHT:.*]]: tensor<5x5xf32>):
  // CHECK: %[[DELTA:.*]] = nn.mul %[[DH]], %[[SLOPE]]
  // CHECK: %[[BEFORE:.*]] = nn.matmul %[[DELTA]], %[[WEIGHT]] transposed
  // CHECK: nn.scan_yield %[[BEFORE]], %[[DELTA]], %[[DH]]
  // CHECK: nn.state_gradients "layer" %[[BACK]]#2
  // CHECK: %[[STATES:.*]] = nn.reshape %[[KEPT]]#1 : (tensor<3x4x5xf32>) -> tensor<12x5xf32>
  // CHECK: %[[DELTAS:.*]] = nn.reshape %[[BACK]]#1 : (tensor<3x4x5xf32>) -> tensor<12x5xf32>
  // CHECK: %[[DW:.*]] = nn.matmul %[[STATES]] transposed, %[[DELTAS]]
  // CHECK: train.gradient "w", %[[DW]]
  train.minimize %losses by %rule : tensor<4xf32>
  return
}

// What is no sum over samples is added up turn by turn, and a constant that is
// used twice gets the sum of both.
// CHECK-LABEL: func.func @carried_sum
func.func @carried_sum(%h: tensor<4xf32>, %x: tensor<3x4xf32>) {
  %w = nn.parameter "w" initializer(<he>) fans([5, 5]) : tensor<4xf32>
  // CHECK: nn.scan steps(3) from
  %last = nn.scan steps(3) from(%h : tensor<4xf32>) over(%x : tensor<3x4xf32>)
      with(%w : tensor<4xf32>) -> tensor<4xf32> {
  ^bb0(%state: tensor<4xf32>, %input: tensor<4xf32>, %weight: tensor<4xf32>):
    %0 = nn.mul %state, %weight : tensor<4xf32>
    %1 = nn.mul %input, %weight : tensor<4xf32>
    %2 = nn.add %0, %1 : tensor<4xf32>
    nn.scan_yield %2 : tensor<4xf32>
  }
  %rule = train.sgd rate(0.1)
  // CHECK: %[[BACK:.*]]:4 = nn.scan steps(3) reverse from({{.*}} : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>)
  // CHECK: ^bb0(%{{[a-z0-9]*}}: tensor<4xf32>, %[[A:[a-z0-9]*]]: tensor<4xf32>, %[[B:[a-z0-9]*]]: tensor<4xf32>,
  // CHECK: nn.add %[[A]],
  // CHECK: nn.add %[[B]],
  // CHECK: %[[DW:.*]] = nn.add %[[BACK]]#1, %[[BACK]]#2
  // CHECK: train.gradient "w", %[[DW]]
  train.minimize %last by %rule : tensor<4xf32>
  return
}

// RUN: gradc-opt %s --pass-pipeline='builtin.module(any(differentiate))' | FileCheck %s

// Each part gets its own slice of the gradient; a value that is a part twice
// gets the sum of both.
// CHECK-LABEL: func.func @parts
func.func @parts(%x: tensor<4x2xf32>) {
  // CHECK: %[[A:.*]] = nn.parameter "a"
  %a = nn.parameter "a" initializer(<zeros>) fans([2, 2]) : tensor<4x3xf32>
  %0 = nn.concat %x, %a, %a : (tensor<4x2xf32>, tensor<4x3xf32>, tensor<4x3xf32>) -> tensor<4x8xf32>
  %losses = nn.sum_units %0 scale(1.0) : (tensor<4x8xf32>) -> tensor<4xf32>
  %rule = train.sgd rate(0.1)
  // CHECK: %[[G:.*]] = nn.spread_units
  // CHECK-DAG: %[[FIRST:.*]] = nn.slice %[[G]] offset(2) : (tensor<4x8xf32>) -> tensor<4x3xf32>
  // CHECK-DAG: %[[SECOND:.*]] = nn.slice %[[G]] offset(5) : (tensor<4x8xf32>) -> tensor<4x3xf32>
  // CHECK: %[[SUM:.*]] = nn.add %[[FIRST]], %[[SECOND]]
  // CHECK: train.gradient "a", %[[SUM]]
  train.minimize %losses by %rule : tensor<4xf32>
  return
}

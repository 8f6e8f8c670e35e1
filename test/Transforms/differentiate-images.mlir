// RUN: gradc-opt %s --pass-pipeline='builtin.module(any(differentiate))' | FileCheck %s

// The gradients of what moves windows over images, DY being that of its result.
#window = #nn.window<kernel [3, 2] stride [2, 2] padding [0, 0, 0, 0] dilation [1, 1]>

// CHECK-LABEL: func.func @convolution
func.func @convolution() {
  // CHECK: %[[X:.*]] = nn.parameter "x"
  %x = nn.parameter "x" initializer(<he>) fans([3, 2]) : tensor<5x4x7x4xf32>
  // CHECK: %[[W:.*]] = nn.parameter "w"
  %w = nn.parameter "w" initializer(<he>) fans([3, 2]) : tensor<6x2x3x2xf32>
  %y = nn.convolution %x, %w window(#window) groups(2)
      : (tensor<5x4x7x4xf32>, tensor<6x2x3x2xf32>) -> tensor<5x6x3x2xf32>
  %rows = nn.reshape %y : (tensor<5x6x3x2xf32>) -> tensor<5x36xf32>
  %losses = nn.sum_units %rows scale(1.0) : (tensor<5x36xf32>) -> tensor<5xf32>
  %rule = train.sgd rate(0.1)
  // CHECK: %[[DY:.*]] = nn.reshape {{.*}} -> tensor<5x6x3x2xf32>
  // CHECK: nn.convolution_input_gradient %[[DY]], %[[W]] window({{.*}}) groups(2) : {{.*}} -> tensor<5x4x7x4xf32>
  // CHECK: nn.convolution_filter_gradient %[[X]], %[[DY]] window({{.*}}) groups(2) : {{.*}} -> tensor<6x2x3x2xf32>
  train.minimize %losses by %rule : tensor<5xf32>
  return
}

// The mean does not ask what the elements were, the maximum does.
// CHECK-LABEL: func.func @pooling
func.func @pooling() {
  // CHECK: %[[X:.*]] = nn.parameter "x"
  %x = nn.parameter "x" initializer(<he>) fans([3, 2]) : tensor<5x4x7x4xf32>
  %0 = nn.maxpool %x window(#window) : (tensor<5x4x7x4xf32>) -> tensor<5x4x3x2xf32>
  %1 = nn.avgpool %x window(#window) count_padding
      : (tensor<5x4x7x4xf32>) -> tensor<5x4x3x2xf32>
  %sum = nn.add %0, %1 : tensor<5x4x3x2xf32>
  %rows = nn.reshape %sum : (tensor<5x4x3x2xf32>) -> tensor<5x24xf32>
  %losses = nn.sum_units %rows scale(1.0) : (tensor<5x24xf32>) -> tensor<5xf32>
  %rule = train.sgd rate(0.1)
  // CHECK: %[[DY:.*]] = nn.reshape {{.*}} -> tensor<5x4x3x2xf32>
  // CHECK: %[[MEAN:.*]] = nn.avgpool_grad %[[DY]] window({{.*}}) count_padding
  // CHECK: %[[MAX:.*]] = nn.maxpool_grad %[[DY]], %[[X]] window(
  // CHECK: nn.add %[[MEAN]], %[[MAX]]
  train.minimize %losses by %rule : tensor<5xf32>
  return
}

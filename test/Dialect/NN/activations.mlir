// RUN: gradc-opt %s | gradc-opt | FileCheck %s
// RUN: gradc-opt %s --mlir-print-op-generic | gradc-opt | FileCheck %s

// An activation has one type: that of its input.
// CHECK-LABEL: func.func @plain
// CHECK-SAME: %[[X:.*]]: tensor<4x3xf32>
func.func @plain(%x: tensor<4x3xf32>) {
  // CHECK: nn.sigmoid %[[X]] : tensor<4x3xf32>
  %0 = nn.sigmoid %x : tensor<4x3xf32>
  // CHECK: nn.tanh %[[X]] : tensor<4x3xf32>
  %1 = nn.tanh %x : tensor<4x3xf32>
  // CHECK: nn.relu %[[X]] : tensor<4x3xf32>
  %2 = nn.relu %x : tensor<4x3xf32>
  // CHECK: nn.selu %[[X]] : tensor<4x3xf32>
  %3 = nn.selu %x : tensor<4x3xf32>
  // CHECK: nn.gelu %[[X]] : tensor<4x3xf32>
  %4 = nn.gelu %x : tensor<4x3xf32>
  // CHECK: nn.silu %[[X]] : tensor<4x3xf32>
  %5 = nn.silu %x : tensor<4x3xf32>
  // CHECK: nn.softplus %[[X]] : tensor<4x3xf32>
  %6 = nn.softplus %x : tensor<4x3xf32>
  // CHECK: nn.exp %[[X]] : tensor<4x3xf32>
  %7 = nn.exp %x : tensor<4x3xf32>
  return
}

// A setting is printed under the name it has in the source, with all its digits.
// CHECK-LABEL: func.func @with_a_setting
// CHECK-SAME: %[[X:.*]]: tensor<4x3xf32>
func.func @with_a_setting(%x: tensor<4x3xf32>) {
  // CHECK: nn.leaky_relu %[[X]] k(2.000000e-01) : tensor<4x3xf32>
  %0 = nn.leaky_relu %x k(0.2) : tensor<4x3xf32>
  // CHECK: nn.elu %[[X]] a(0.33333333333333331) : tensor<4x3xf32>
  %1 = nn.elu %x a(0.33333333333333331) : tensor<4x3xf32>
  return
}

// A gradient takes the gradient of the result, then the input of the activation.
// CHECK-LABEL: func.func @gradients
// CHECK-SAME: %[[DY:.*]]: tensor<4x3xf32>, %[[X:.*]]: tensor<4x3xf32>
func.func @gradients(%dy: tensor<4x3xf32>, %x: tensor<4x3xf32>) {
  // CHECK: nn.sigmoid_grad %[[DY]], %[[X]] : tensor<4x3xf32>
  %0 = nn.sigmoid_grad %dy, %x : tensor<4x3xf32>
  // CHECK: nn.tanh_grad %[[DY]], %[[X]] : tensor<4x3xf32>
  %1 = nn.tanh_grad %dy, %x : tensor<4x3xf32>
  // CHECK: nn.relu_grad %[[DY]], %[[X]] : tensor<4x3xf32>
  %2 = nn.relu_grad %dy, %x : tensor<4x3xf32>
  // CHECK: nn.leaky_relu_grad %[[DY]], %[[X]] k(1.000000e-02) : tensor<4x3xf32>
  %3 = nn.leaky_relu_grad %dy, %x k(0.01) : tensor<4x3xf32>
  // CHECK: nn.elu_grad %[[DY]], %[[X]] a(1.000000e+00) : tensor<4x3xf32>
  %4 = nn.elu_grad %dy, %x a(1.0) : tensor<4x3xf32>
  // CHECK: nn.selu_grad %[[DY]], %[[X]] : tensor<4x3xf32>
  %5 = nn.selu_grad %dy, %x : tensor<4x3xf32>
  // CHECK: nn.gelu_grad %[[DY]], %[[X]] : tensor<4x3xf32>
  %6 = nn.gelu_grad %dy, %x : tensor<4x3xf32>
  // CHECK: nn.silu_grad %[[DY]], %[[X]] : tensor<4x3xf32>
  %7 = nn.silu_grad %dy, %x : tensor<4x3xf32>
  // CHECK: nn.softplus_grad %[[DY]], %[[X]] : tensor<4x3xf32>
  %8 = nn.softplus_grad %dy, %x : tensor<4x3xf32>
  // CHECK: nn.exp_grad %[[DY]], %[[X]] : tensor<4x3xf32>
  %9 = nn.exp_grad %dy, %x : tensor<4x3xf32>
  return
}

// Any rank and both element types will do.
// CHECK-LABEL: func.func @other_types
func.func @other_types(%image: tensor<2x1x28x28xf64>, %loss: tensor<8xf32>) {
  // CHECK: nn.relu %{{.*}} : tensor<2x1x28x28xf64>
  %0 = nn.relu %image : tensor<2x1x28x28xf64>
  // CHECK: nn.softplus %{{.*}} : tensor<8xf32>
  %1 = nn.softplus %loss : tensor<8xf32>
  return
}

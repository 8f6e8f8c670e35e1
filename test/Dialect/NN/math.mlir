// RUN: gradc-opt %s | gradc-opt | FileCheck %s
// RUN: gradc-opt %s --mlir-print-op-generic | gradc-opt | FileCheck %s

// Each factor of a product stands as it is or transposed.
// CHECK-LABEL: func.func @matmul
// CHECK-SAME: %[[A:.*]]: tensor<2x3xf32>, %[[B:.*]]: tensor<3x2xf32>
func.func @matmul(%a: tensor<2x3xf32>, %b: tensor<3x2xf32>) {
  // CHECK: nn.matmul %[[A]], %[[B]] : (tensor<2x3xf32>, tensor<3x2xf32>) -> tensor<2x2xf32>
  %0 = nn.matmul %a, %b : (tensor<2x3xf32>, tensor<3x2xf32>) -> tensor<2x2xf32>
  // CHECK: nn.matmul %[[A]], %[[A]] transposed : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x2xf32>
  %1 = nn.matmul %a, %a transposed : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x2xf32>
  // CHECK: nn.matmul %[[A]] transposed, %[[A]] : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<3x3xf32>
  %2 = nn.matmul %a transposed, %a : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<3x3xf32>
  // CHECK: nn.matmul %[[A]] transposed, %[[B]] transposed : (tensor<2x3xf32>, tensor<3x2xf32>) -> tensor<3x3xf32>
  %3 = nn.matmul %a transposed, %b transposed : (tensor<2x3xf32>, tensor<3x2xf32>) -> tensor<3x3xf32>
  return
}

// Sums over samples or over units, and what spreads them again.
// CHECK-LABEL: func.func @sums
// CHECK-SAME: %[[X:.*]]: tensor<4x3xf32>, %[[UNITS:.*]]: tensor<3xf32>, %[[SAMPLES:.*]]: tensor<4xf32>
func.func @sums(%x: tensor<4x3xf32>, %units: tensor<3xf32>, %samples: tensor<4xf32>) {
  // CHECK: nn.add_bias %[[X]], %[[UNITS]] : tensor<4x3xf32>, tensor<3xf32>
  %0 = nn.add_bias %x, %units : tensor<4x3xf32>, tensor<3xf32>
  // CHECK: nn.sum_samples %[[X]] : (tensor<4x3xf32>) -> tensor<3xf32>
  %1 = nn.sum_samples %x : (tensor<4x3xf32>) -> tensor<3xf32>
  // CHECK: nn.sum_units %[[X]] scale(5.000000e-01) : (tensor<4x3xf32>) -> tensor<4xf32>
  %2 = nn.sum_units %x scale(0.5) : (tensor<4x3xf32>) -> tensor<4xf32>
  // CHECK: nn.spread_units %[[SAMPLES]] scale(5.000000e-01) : (tensor<4xf32>) -> tensor<4x3xf32>
  %3 = nn.spread_units %samples scale(0.5) : (tensor<4xf32>) -> tensor<4x3xf32>
  return
}

// CHECK-LABEL: func.func @reshape
// CHECK-SAME: %[[X:.*]]: tensor<4x6xf32>
func.func @reshape(%x: tensor<4x6xf32>) {
  // CHECK: nn.reshape %[[X]] : (tensor<4x6xf32>) -> tensor<2x2x6xf32>
  %0 = nn.reshape %x : (tensor<4x6xf32>) -> tensor<2x2x6xf32>
  return
}

// A factor is an f64 whatever the elements are.
// CHECK-LABEL: func.func @elementwise
// CHECK-SAME: %[[A:.*]]: tensor<4x3xf32>, %[[B:.*]]: tensor<4x3xf32>, %[[F:.*]]: f64
func.func @elementwise(%a: tensor<4x3xf32>, %b: tensor<4x3xf32>, %factor: f64) {
  // CHECK: nn.add %[[A]], %[[B]] : tensor<4x3xf32>
  %0 = nn.add %a, %b : tensor<4x3xf32>
  // CHECK: nn.sub %[[A]], %[[B]] : tensor<4x3xf32>
  %1 = nn.sub %a, %b : tensor<4x3xf32>
  // CHECK: nn.scale %[[A]] by %[[F]] : tensor<4x3xf32>
  %2 = nn.scale %a by %factor : tensor<4x3xf32>
  return
}

// The gradient of softmax is computed from its output, not its input.
// CHECK-LABEL: func.func @softmax
// CHECK-SAME: %[[X:.*]]: tensor<4x3xf32>, %[[G:.*]]: tensor<4x3xf32>
func.func @softmax(%x: tensor<4x3xf32>, %g: tensor<4x3xf32>) {
  // CHECK: %[[Y:.*]] = nn.softmax %[[X]] : tensor<4x3xf32>
  %0 = nn.softmax %x : tensor<4x3xf32>
  // CHECK: nn.softmax_grad %[[G]], %[[Y]] : tensor<4x3xf32>
  %1 = nn.softmax_grad %g, %0 : tensor<4x3xf32>
  return
}

// Units lie along dimension 1 unless the axis says otherwise.
// CHECK-LABEL: func.func @units
// CHECK-SAME: %[[X:.*]]: tensor<2x3x4xf32>, %[[U:.*]]: tensor<3xf32>, %[[V:.*]]: tensor<4xf32>
func.func @units(%x: tensor<2x3x4xf32>, %u: tensor<3xf32>, %v: tensor<4xf32>) {
  // CHECK: nn.scale_units %[[X]], %[[U]] : tensor<2x3x4xf32>, tensor<3xf32>
  %0 = nn.scale_units %x, %u : tensor<2x3x4xf32>, tensor<3xf32>
  // CHECK: nn.scale_units %[[X]], %[[V]] axis(2) : tensor<2x3x4xf32>, tensor<4xf32>
  %1 = nn.scale_units %x, %v axis(2) : tensor<2x3x4xf32>, tensor<4xf32>
  // CHECK: nn.add_bias %[[X]], %[[V]] axis(2) : tensor<2x3x4xf32>, tensor<4xf32>
  %2 = nn.add_bias %x, %v axis(2) : tensor<2x3x4xf32>, tensor<4xf32>
  // CHECK: nn.sum_samples %[[X]] axis(2) : (tensor<2x3x4xf32>) -> tensor<4xf32>
  %3 = nn.sum_samples %x axis(2) : (tensor<2x3x4xf32>) -> tensor<4xf32>
  // CHECK: nn.mul %[[X]], %[[X]] : tensor<2x3x4xf32>
  %4 = nn.mul %x, %x : tensor<2x3x4xf32>
  return
}

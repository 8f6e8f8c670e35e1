// RUN: gradc-opt %s --pass-pipeline='builtin.module(any(fold-batch-norm))' | FileCheck %s

// The columns of the weight, which are fewer than the samples' units, and the bias.
// CHECK-LABEL: nn.network @dense
// CHECK-SAME: %[[X:.*]]: tensor<64x3xf32>
nn.network @dense(%x: tensor<64x3xf32>) -> tensor<64x5xf32> attributes {nn.inference} {
  // CHECK: %[[W:.*]] = nn.parameter "w"
  %w = nn.parameter "w" initializer(<he>) fans([3, 5]) decays : tensor<3x5xf32>
  // CHECK: %[[B:.*]] = nn.parameter "b"
  %b = nn.parameter "b" initializer(<he>) fans([3, 5]) : tensor<5xf32>
  // CHECK: %[[F:.*]] = nn.parameter "f"
  %f = nn.parameter "f" initializer(<he>) fans([1, 1]) : tensor<5xf32>
  // CHECK-NEXT: %[[SCALED:.*]] = nn.scale_units %[[W]], %[[F]] : tensor<3x5xf32>, tensor<5xf32>
  // CHECK-NEXT: %[[PRODUCT:.*]] = nn.matmul %[[X]], %[[SCALED]]
  // CHECK-NEXT: %[[BIAS:.*]] = nn.mul %[[B]], %[[F]]
  // CHECK-NEXT: %[[SUM:.*]] = nn.add_bias %[[PRODUCT]], %[[BIAS]]
  // CHECK-NEXT: %[[SEEN:.*]] = nn.tap "dense" %[[SUM]]
  // CHECK-NEXT: nn.add_bias %[[SEEN]], %[[B]]
  %0 = nn.matmul %x, %w : (tensor<64x3xf32>, tensor<3x5xf32>) -> tensor<64x5xf32>
  %1 = nn.add_bias %0, %b : tensor<64x5xf32>, tensor<5xf32>
  %2 = nn.tap "dense" %1 : tensor<64x5xf32>
  %3 = nn.scale_units %2, %f : tensor<64x5xf32>, tensor<5xf32>
  %4 = nn.add_bias %3, %b : tensor<64x5xf32>, tensor<5xf32>
  nn.output %4 : tensor<64x5xf32>
}

// A transposed weight has its units along the rows.
// CHECK-LABEL: nn.network @transposed
nn.network @transposed(%x: tensor<64x3xf32>) -> tensor<64x5xf32> attributes {nn.inference} {
  %w = nn.parameter "w" initializer(<he>) fans([3, 5]) decays : tensor<5x3xf32>
  %f = nn.parameter "f" initializer(<he>) fans([1, 1]) : tensor<5xf32>
  // CHECK: %[[SCALED:.*]] = nn.scale_units %{{.*}} axis(0) : tensor<5x3xf32>, tensor<5xf32>
  // CHECK-NEXT: nn.matmul %{{.*}}, %[[SCALED]] transposed
  %0 = nn.matmul %x, %w transposed : (tensor<64x3xf32>, tensor<5x3xf32>) -> tensor<64x5xf32>
  %1 = nn.scale_units %0, %f : tensor<64x5xf32>, tensor<5xf32>
  nn.output %1 : tensor<64x5xf32>
}

// Nothing is folded where the weight is larger, where the sums have another user,
// over an activation, or in training.
// CHECK-LABEL: nn.network @large
nn.network @large(%x: tensor<2x3xf32>) -> tensor<2x5xf32> attributes {nn.inference} {
  %w = nn.parameter "w" initializer(<he>) fans([3, 5]) decays : tensor<3x5xf32>
  %f = nn.parameter "f" initializer(<he>) fans([1, 1]) : tensor<5xf32>
  // CHECK: %[[PRODUCT:.*]] = nn.matmul
  // CHECK-NEXT: nn.scale_units %[[PRODUCT]]
  %0 = nn.matmul %x, %w : (tensor<2x3xf32>, tensor<3x5xf32>) -> tensor<2x5xf32>
  %1 = nn.scale_units %0, %f : tensor<2x5xf32>, tensor<5xf32>
  nn.output %1 : tensor<2x5xf32>
}

// CHECK-LABEL: nn.network @others
nn.network @others(%x: tensor<64x3xf32>, %w: tensor<3x5xf32>, %f: tensor<5xf32>)
    -> (tensor<64x5xf32>, tensor<64x5xf32>) attributes {nn.inference} {
  // CHECK: %[[PRODUCT:.*]] = nn.matmul
  // CHECK-NEXT: nn.scale_units %[[PRODUCT]]
  %0 = nn.matmul %x, %w : (tensor<64x3xf32>, tensor<3x5xf32>) -> tensor<64x5xf32>
  %1 = nn.scale_units %0, %f : tensor<64x5xf32>, tensor<5xf32>
  // CHECK-NEXT: %[[Y:.*]] = nn.relu
  // CHECK-NEXT: nn.scale_units %[[Y]]
  %2 = nn.relu %0 : tensor<64x5xf32>
  %3 = nn.scale_units %2, %f : tensor<64x5xf32>, tensor<5xf32>
  nn.output %1, %3 : tensor<64x5xf32>, tensor<64x5xf32>
}

// CHECK-LABEL: func.func @training
func.func @training(%x: tensor<64x3xf32>, %w: tensor<3x5xf32>, %f: tensor<5xf32>)
    -> tensor<64x5xf32> {
  // CHECK: %[[PRODUCT:.*]] = nn.matmul
  // CHECK-NEXT: nn.scale_units %[[PRODUCT]]
  %0 = nn.matmul %x, %w : (tensor<64x3xf32>, tensor<3x5xf32>) -> tensor<64x5xf32>
  %1 = nn.scale_units %0, %f : tensor<64x5xf32>, tensor<5xf32>
  return %1 : tensor<64x5xf32>
}

// RUN: gradc-opt %s | gradc-opt | FileCheck %s
// RUN: gradc-opt %s --mlir-print-op-generic | gradc-opt | FileCheck %s

// A measure makes one f64 of a tensor.
// CHECK-LABEL: func.func @measures
// CHECK-SAME: %[[X:.*]]: tensor<4x3xf32>
// CHECK-SAME: -> (f64, f64, f64)
func.func @measures(%x: tensor<4x3xf32>) -> (f64, f64, f64) {
  // CHECK: nn.sum_squares %[[X]] : tensor<4x3xf32>
  %0 = nn.sum_squares %x : tensor<4x3xf32>
  // CHECK: nn.sum_squares %[[X]] narrow(0x41F0000000000000) : tensor<4x3xf32>
  %narrow = nn.sum_squares %x narrow(4294967296.0) : tensor<4x3xf32>
  // CHECK: nn.share_below %[[X]] bound(1.000000e-02) : tensor<4x3xf32>
  %1 = nn.share_below %x bound(0.01) : tensor<4x3xf32>
  // CHECK: nn.share_of_zero_units %[[X]] : tensor<4x3xf32>
  %2 = nn.share_of_zero_units %x : tensor<4x3xf32>
  return %0, %1, %2 : f64, f64, f64
}

// The gradient of a penalty takes the f64 that flows back to it.
// CHECK-LABEL: func.func @penalty
// CHECK-SAME: %[[W:.*]]: tensor<3x2xf32>, %[[G:.*]]: f64
func.func @penalty(%w: tensor<3x2xf32>, %g: f64) -> f64 {
  // CHECK: nn.weight_penalty %[[W]] l1(1.000000e-03) l2(2.000000e-03) : tensor<3x2xf32>
  %0 = nn.weight_penalty %w l1(0.001) l2(0.002) : tensor<3x2xf32>
  // CHECK: nn.weight_penalty_grad %[[G]], %[[W]] l1(1.000000e-03) l2(2.000000e-03) : tensor<3x2xf32>
  %1 = nn.weight_penalty_grad %g, %w l1(0.001) l2(0.002) : tensor<3x2xf32>
  return %0 : f64
}

// Over the samples: a mean of all, or the sum of the first so many.
// CHECK-LABEL: func.func @samples
// CHECK-SAME: %[[X:.*]]: tensor<4xf32>, %[[COUNT:.*]]: i64
func.func @samples(%x: tensor<4xf32>, %count: i64) -> (f64, f64) {
  // CHECK: nn.mean_of_samples %[[X]] : tensor<4xf32>
  %0 = nn.mean_of_samples %x : tensor<4xf32>
  // CHECK: nn.sum_of_samples %[[X]] count %[[COUNT]] : tensor<4xf32>
  %1 = nn.sum_of_samples %x count %count : tensor<4xf32>
  return %0, %1 : f64, f64
}

// A drawn tensor is a function of the seed and of its name.
// CHECK-LABEL: func.func @random
// CHECK-SAME: %[[SEED:.*]]: i64
func.func @random(%seed: i64) {
  // CHECK: nn.random "w" seed %[[SEED]] uniform(-1.000000e+00, 1.000000e+00) : tensor<4x3xf32>
  %0 = nn.random "w" seed %seed uniform(-1.0, 1.0) : tensor<4x3xf32>
  // CHECK: nn.random "v" seed %[[SEED]] normal(0.000000e+00, 1.000000e-01) : tensor<4x3xf64>
  %1 = nn.random "v" seed %seed normal(0.0, 0.1) : tensor<4x3xf64>
  return
}

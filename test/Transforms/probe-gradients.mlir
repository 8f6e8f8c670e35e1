// RUN: gradc-opt %s --pass-pipeline='builtin.module(any(probe-gradients))' | FileCheck %s
// RUN: gradc-opt %s --pass-pipeline='builtin.module(any(clip-gradients,probe-gradients))' \
// RUN:   | FileCheck %s --check-prefix=CLIPPED
// RUN: gradc-opt %s --pass-pipeline='builtin.module(any(probe-gradients{through-time=true}))' \
// RUN:   | FileCheck %s --check-prefix=TIME

// The norm of a gradient is that of the raw one, whatever clips follow.
// CHECK-LABEL: func.func @gradient_norm
// CHECK-SAME: %[[G:.*]]: tensor<2xf32>
// CLIPPED-LABEL: func.func @gradient_norm
// CLIPPED-SAME: %[[G:.*]]: tensor<2xf32>
func.func @gradient_norm(%g: tensor<2xf32>, %rate: f32) {
  %b = nn.parameter "a.bias" initializer(<zeros>) fans([3, 2]) : tensor<2xf32>
  train.gradient "a.bias", %g : tensor<2xf32>
  train.clip norm 1.0
  %rule = train.sgd rate(0.1)
  %0 = train.update %b with %g scalars(%rate : f32) by %rule : tensor<2xf32> -> tensor<2xf32>
  // CHECK: %[[SQUARES:.*]] = nn.sum_squares %[[G]]
  // CHECK-NEXT: %[[NORM:.*]] = math.sqrt %[[SQUARES]] : f64
  // CHECK-NEXT: train.report "gradient_norm/a.bias", %[[NORM]] probe
  // CLIPPED: train.clip_by_norm %[[G]]
  // CLIPPED: %[[SQUARES:.*]] = nn.sum_squares %[[G]]
  // CLIPPED-NEXT: %[[NORM:.*]] = math.sqrt %[[SQUARES]] : f64
  // CLIPPED-NEXT: train.report "gradient_norm/a.bias", %[[NORM]] probe
  return
}

// The change of a parameter over the parameter itself, by their norms.
// CHECK-LABEL: func.func @update_ratio
func.func @update_ratio(%g: tensor<2xf32>, %rate: f32) {
  // CHECK: %[[W:.*]] = nn.parameter "w"
  %w = nn.parameter "w" initializer(<zeros>) fans([3, 2]) : tensor<2xf32>
  train.gradient "w", %g : tensor<2xf32>
  %rule = train.sgd rate(0.1)
  // CHECK: %[[NEXT:.*]] = train.update
  %0 = train.update %w with %g scalars(%rate : f32) by %rule : tensor<2xf32> -> tensor<2xf32>
  // CHECK: %[[CHANGE:.*]] = nn.sub %[[NEXT]], %[[W]]
  // CHECK: %[[A:.*]] = nn.sum_squares %[[CHANGE]]
  // CHECK: %[[B:.*]] = math.sqrt %[[A]]
  // CHECK: %[[C:.*]] = nn.sum_squares %[[W]]
  // CHECK: %[[D:.*]] = math.sqrt %[[C]]
  // CHECK: %[[RATIO:.*]] = arith.divf %[[B]], %[[D]]
  // CHECK: train.report "update_ratio/w", %[[RATIO]] probe
  return
}

// The root mean square of B dC/dz: for 4 samples of 4 units the norm times
// 4 / sqrt(16) = 1; for 16 samples of 4 units times 16 / sqrt(64) = 2.
// CHECK-LABEL: func.func @delta
// CHECK-SAME: %[[Z:.*]]: tensor<4x4xf32>, %[[Y:.*]]: tensor<16x4xf32>
func.func @delta(%z: tensor<4x4xf32>, %y: tensor<16x4xf32>, %g: tensor<2xf32>) {
  train.gradient "w", %g : tensor<2xf32>
  // CHECK: %[[A:.*]] = nn.tap_gradient "small" %[[Z]]
  %0 = nn.tap_gradient "small" %z : tensor<4x4xf32>
  // CHECK: %[[B:.*]] = nn.tap_gradient "large" %[[Y]]
  %1 = nn.tap_gradient "large" %y : tensor<16x4xf32>
  // CHECK: nn.sum_squares %[[A]]
  // CHECK: %[[ONE:.*]] = arith.constant 1.000000e+00 : f64
  // CHECK: %[[SMALL:.*]] = arith.mulf %{{.*}}, %[[ONE]]
  // CHECK: train.report "delta/small", %[[SMALL]] probe
  // CHECK: nn.sum_squares %[[B]]
  // CHECK: %[[TWO:.*]] = arith.constant 2.000000e+00 : f64
  // CHECK: %[[LARGE:.*]] = arith.mulf %{{.*}}, %[[TWO]]
  // CHECK: train.report "delta/large", %[[LARGE]] probe
  return
}

// What the activation after a tap gives, and its slope: a sigmoid is saturated
// where its slope is below 4 % of 1/4.
// CHECK-LABEL: nn.network @activation
nn.network @activation(%x: tensor<4x4xf32>, %g: tensor<2xf32>) {
  train.gradient "w", %g : tensor<2xf32>
  // CHECK: %[[TAP:.*]] = nn.tap
  %0 = nn.tap "hidden" %x : tensor<4x4xf32>
  // CHECK: %[[Y:.*]] = nn.sigmoid %[[TAP]]
  %1 = nn.sigmoid %0 : tensor<4x4xf32>
  // CHECK: %[[SQUARES:.*]] = nn.sum_squares %[[Y]]
  // CHECK: %[[COUNT:.*]] = arith.constant 1.600000e+01 : f64
  // CHECK: %[[MOMENT:.*]] = arith.divf %[[SQUARES]], %[[COUNT]]
  // CHECK: train.report "activation/hidden", %[[MOMENT]] probe
  // CHECK: %[[ONES:.*]] = arith.constant dense<1.000000e+00> : tensor<4x4xf32>
  // CHECK: %[[SLOPE:.*]] = nn.sigmoid_grad %[[ONES]], %[[TAP]]
  // CHECK: %[[DEAD:.*]] = nn.share_of_zero_units %[[SLOPE]]
  // CHECK: train.report "dead/hidden", %[[DEAD]] probe
  // CHECK: %[[SATURATED:.*]] = nn.share_below %[[SLOPE]] bound(1.000000e-02)
  // CHECK: train.report "saturated/hidden", %[[SATURATED]] probe
  nn.output
}

// A tapped layer without activation is not saturated; nor is one whose slope has
// no bound. The setting of an activation can raise its slope: here to 4.
// CHECK-LABEL: func.func @slopes
// CHECK-SAME: %[[X:.*]]: tensor<4x4xf32>
func.func @slopes(%x: tensor<4x4xf32>, %g: tensor<2xf32>) {
  train.gradient "w", %g : tensor<2xf32>
  // CHECK: %[[TAP:.*]] = nn.tap "linear"
  %0 = nn.tap "linear" %x : tensor<4x4xf32>
  %1 = nn.tap "steep" %x : tensor<4x4xf32>
  %2 = nn.exp %1 : tensor<4x4xf32>
  %3 = nn.tap "elu" %x : tensor<4x4xf32>
  %4 = nn.elu %3 a(4.0) : tensor<4x4xf32>
  // CHECK: nn.sum_squares %[[TAP]]
  // CHECK: train.report "activation/linear"
  // CHECK-NOT: {{(dead|saturated)[/]linear}}
  // CHECK: train.report "dead/steep"
  // CHECK-NOT: saturated/steep
  // CHECK: nn.share_below %{{.*}} bound(1.600000e-01)
  // CHECK: train.report "saturated/elu"
  return
}

// The inference form has no gradients: nothing is probed there.
// CHECK-LABEL: func.func @inference
func.func @inference(%x: tensor<4x4xf32>) {
  // CHECK-NEXT: nn.tap
  // CHECK-NEXT: return
  %0 = nn.tap "hidden" %x : tensor<4x4xf32>
  return
}

// The gradient of a state at each step, only where it is asked for.
// CHECK-LABEL: func.func @through_time
// TIME-LABEL: func.func @through_time
func.func @through_time(%g: tensor<2xf32>, %states: tensor<7x4x2xf32>) {
  train.gradient "a.bias", %g : tensor<2xf32>
  nn.state_gradients "a" %states : tensor<7x4x2xf32>
  // CHECK-NOT: step_norms
  // TIME: %[[NORMS:.*]] = nn.step_norms %{{.*}} : tensor<7x4x2xf32> -> tensor<7xf64>
  // TIME: train.report_each "through_time/a", %[[NORMS]] : tensor<7xf64>
  // CHECK: return
  return
}

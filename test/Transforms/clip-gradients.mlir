// RUN: gradc-opt %s --pass-pipeline='builtin.module(any(clip-gradients))' | FileCheck %s

// By value: every element of every gradient, each by itself.
// CHECK-LABEL: func.func @value
// CHECK-SAME: %[[G:.*]]: tensor<3x2xf32>, %[[H:.*]]: tensor<2xf32>
func.func @value(%g: tensor<3x2xf32>, %h: tensor<2xf32>, %rate: f32) {
  %w = nn.parameter "a.weight" initializer(<he>) fans([3, 2]) : tensor<3x2xf32>
  %b = nn.parameter "a.bias" initializer(<zeros>) fans([3, 2]) : tensor<2xf32>
  %rule = train.sgd rate(0.1)
  // CHECK-NOT: train.clip value
  // CHECK-DAG: %[[CG:.*]] = train.clip_by_value %[[G]] threshold(5.000000e-01)
  // CHECK-DAG: %[[CH:.*]] = train.clip_by_value %[[H]] threshold(5.000000e-01)
  train.clip value 0.5
  // CHECK: train.update %{{.*}} with %[[CG]]
  %0 = train.update %w with %g scalars(%rate : f32) by %rule : tensor<3x2xf32> -> tensor<3x2xf32>
  // CHECK: train.update %{{.*}} with %[[CH]]
  %1 = train.update %b with %h scalars(%rate : f32) by %rule : tensor<2xf32> -> tensor<2xf32>
  return
}

// By norm: one norm of all gradients, one factor, which is reported.
// CHECK-LABEL: nn.network @norm
// CHECK-SAME: %[[G:.*]]: tensor<3x2xf32>, %[[H:.*]]: tensor<2xf32>
nn.network @norm(%g: tensor<3x2xf32>, %h: tensor<2xf32>, %rate: f32) {
  %w = nn.parameter "a.weight" initializer(<he>) fans([3, 2]) : tensor<3x2xf32>
  %b = nn.parameter "a.bias" initializer(<zeros>) fans([3, 2]) : tensor<2xf32>
  %rule = train.sgd rate(0.1)
  // CHECK: %[[CLIPPED:.*]]:2, %[[FACTOR:.*]] = train.clip_by_norm %[[G]], %[[H]] threshold(1.000000e+00)
  // CHECK-NEXT: train.report "clip_factor/0", %[[FACTOR]]{{$}}
  // CHECK-NEXT: train.update %{{.*}} with %[[CLIPPED]]#0
  %0 = train.update %w with %g scalars(%rate : f32) by %rule : tensor<3x2xf32> -> tensor<3x2xf32>
  // CHECK-NEXT: train.update %{{.*}} with %[[CLIPPED]]#1
  %1 = train.update %b with %h scalars(%rate : f32) by %rule : tensor<2xf32> -> tensor<2xf32>
  train.clip norm 1.0
  nn.output
}

// By tensor: a norm for each gradient; the smallest factor is reported.
// CHECK-LABEL: func.func @tensor
// CHECK-SAME: %[[G:.*]]: tensor<3x2xf32>, %[[H:.*]]: tensor<2xf32>
func.func @tensor(%g: tensor<3x2xf32>, %h: tensor<2xf32>, %rate: f32) {
  %w = nn.parameter "a.weight" initializer(<he>) fans([3, 2]) : tensor<3x2xf32>
  %b = nn.parameter "a.bias" initializer(<zeros>) fans([3, 2]) : tensor<2xf32>
  %rule = train.sgd rate(0.1)
  train.clip tensor 1.0
  // CHECK-DAG: %[[CG:.*]], %[[F:.*]] = train.clip_by_norm %[[G]] threshold(1.000000e+00)
  // CHECK-DAG: %[[CH:.*]], %[[E:.*]] = train.clip_by_norm %[[H]] threshold(1.000000e+00)
  // CHECK: %[[SMALLEST:.*]] = arith.minimumf %[[F]], %[[E]] : f64
  // CHECK: train.report "clip_factor/0", %[[SMALLEST]]
  // CHECK: train.update %{{.*}} with %[[CG]]
  %0 = train.update %w with %g scalars(%rate : f32) by %rule : tensor<3x2xf32> -> tensor<3x2xf32>
  // CHECK: train.update %{{.*}} with %[[CH]]
  %1 = train.update %b with %h scalars(%rate : f32) by %rule : tensor<2xf32> -> tensor<2xf32>
  return
}

// By layer: the parameters whose names agree but for the last part share a norm;
// a layer inside a block is one of its own.
// CHECK-LABEL: func.func @layer
// CHECK-SAME: %[[G:[^:]*]]: tensor<2xf32>, %[[H:[^:]*]]: tensor<2xf32>, %[[I:[^:]*]]: tensor<2xf32>
func.func @layer(%g: tensor<2xf32>, %h: tensor<2xf32>, %i: tensor<2xf32>, %rate: f32) {
  %w = nn.parameter "a.weight" initializer(<he>) fans([1, 2]) : tensor<2xf32>
  %x = nn.parameter "a.norm.weight" initializer(<he>) fans([1, 2]) : tensor<2xf32>
  %b = nn.parameter "a.bias" initializer(<zeros>) fans([1, 2]) : tensor<2xf32>
  %rule = train.sgd rate(0.1)
  train.clip layer 1.0
  // CHECK-DAG: %[[A:.*]]:2, %{{.*}} = train.clip_by_norm %[[G]], %[[I]] threshold(1.000000e+00)
  // CHECK-DAG: %[[NORM:.*]], %{{.*}} = train.clip_by_norm %[[H]] threshold(1.000000e+00)
  // CHECK: train.update %{{.*}} with %[[A]]#0
  %0 = train.update %w with %g scalars(%rate : f32) by %rule : tensor<2xf32> -> tensor<2xf32>
  // CHECK: train.update %{{.*}} with %[[NORM]]
  %1 = train.update %x with %h scalars(%rate : f32) by %rule : tensor<2xf32> -> tensor<2xf32>
  // CHECK: train.update %{{.*}} with %[[A]]#1
  %2 = train.update %b with %i scalars(%rate : f32) by %rule : tensor<2xf32> -> tensor<2xf32>
  return
}

// Several requests apply from top to bottom, each to what the one before it
// gives, and each reports under its own number. Clips by value report nothing.
// CHECK-LABEL: func.func @chain
// CHECK-SAME: %[[G:.*]]: tensor<3x2xf32>
func.func @chain(%g: tensor<3x2xf32>, %rate: f32) {
  %w = nn.parameter "a.weight" initializer(<he>) fans([3, 2]) : tensor<3x2xf32>
  %rule = train.sgd rate(0.1)
  // CHECK: %[[A:.*]], %[[F:.*]] = train.clip_by_norm %[[G]] threshold(3.000000e+00)
  // CHECK: train.report "clip_factor/0", %[[F]]
  train.clip norm 3.0
  // CHECK: %[[B:.*]] = train.clip_by_value %[[A]] threshold(2.000000e+00)
  // CHECK-NOT: clip_factor/1
  train.clip value 2.0
  // CHECK: %[[C:.*]], %[[E:.*]] = train.clip_by_norm %[[B]] threshold(1.000000e+00)
  // CHECK: train.report "clip_factor/2", %[[E]]
  train.clip norm 1.0
  // CHECK: train.update %{{.*}} with %[[C]]
  %0 = train.update %w with %g scalars(%rate : f32) by %rule : tensor<3x2xf32> -> tensor<3x2xf32>
  return
}

// The marked gradient stays the raw one: it is what probes and dumps show.
// CHECK-LABEL: func.func @raw
// CHECK-SAME: %[[G:.*]]: tensor<3x2xf32>
func.func @raw(%g: tensor<3x2xf32>, %rate: f32) {
  %w = nn.parameter "a.weight" initializer(<he>) fans([3, 2]) : tensor<3x2xf32>
  %rule = train.sgd rate(0.1)
  // CHECK: train.gradient "a.weight", %[[G]]
  // CHECK: %[[CLIPPED:.*]] = train.clip_by_value %[[G]] threshold(2.000000e+00)
  // CHECK: train.update %{{.*}} with %[[CLIPPED]]
  train.gradient "a.weight", %g : tensor<3x2xf32>
  train.clip value 2.0
  %0 = train.update %w with %g scalars(%rate : f32) by %rule : tensor<3x2xf32> -> tensor<3x2xf32>
  return
}

// Without an update there is nothing to clip; the request is gone all the same.
// CHECK-LABEL: func.func @no_update
// CHECK-NEXT: return
func.func @no_update() {
  train.clip norm 1.0
  return
}

// RUN: gradc-opt %s --pass-pipeline='builtin.module(any(clip-gradients))' | FileCheck %s

// A layer's own bound is that of the norm of all its gradients. It comes before
// the clips of the train section, and reports under the layer's name.
// CHECK-LABEL: func.func @own
// CHECK-SAME: %[[G:[^:]*]]: tensor<2xf32>, %[[H:[^:]*]]: tensor<2xf32>, %[[I:[^:]*]]: tensor<2xf32>
func.func @own(%g: tensor<2xf32>, %h: tensor<2xf32>, %i: tensor<2xf32>, %rate: f32) {
  %w = nn.parameter "a.weight" initializer(<he>) fans([1, 2]) options(<clip = 0.5>) : tensor<2xf32>
  %x = nn.parameter "b.weight" initializer(<he>) fans([1, 2]) options(<lr_scale = 0.5>) : tensor<2xf32>
  %b = nn.parameter "a.bias" initializer(<zeros>) fans([1, 2]) options(<clip = 0.5>) : tensor<2xf32>
  %rule = train.sgd rate(0.1)
  train.clip norm 1.0
  // CHECK: %[[A:.*]]:2, %[[F:.*]] = train.clip_by_norm %[[G]], %[[I]] threshold(5.000000e-01)
  // CHECK-NEXT: train.report "clip_factor/a", %[[F]]{{$}}
  // CHECK-NEXT: %[[ALL:.*]]:3, %{{.*}} = train.clip_by_norm %[[A]]#0, %[[H]], %[[A]]#1 threshold(1.000000e+00)
  // CHECK: train.update %{{.*}} with %[[ALL]]#0
  %0 = train.update %w with %g scalars(%rate : f32) by %rule : tensor<2xf32> -> tensor<2xf32>
  // CHECK: train.update %{{.*}} with %[[ALL]]#1
  %1 = train.update %x with %h scalars(%rate : f32) by %rule : tensor<2xf32> -> tensor<2xf32>
  // CHECK: train.update %{{.*}} with %[[ALL]]#2
  %2 = train.update %b with %i scalars(%rate : f32) by %rule : tensor<2xf32> -> tensor<2xf32>
  return
}

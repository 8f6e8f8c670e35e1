// RUN: gradc-opt %s --form-step | FileCheck %s
// RUN: gradc-opt %s --form-step=watch=false | FileCheck %s --check-prefix=UNWATCHED
// RUN: gradc-opt %s --form-step=training=false | FileCheck %s --check-prefix=INFERENCE
// RUN: gradc-opt %s --form-step=gradients=true | FileCheck %s --check-prefix=GRADIENTS
// RUN: gradc-opt %s --form-step --canonicalize | FileCheck %s --check-prefix=CLEAN

nn.network @net(%x: tensor<4x3xf32>, %y: tensor<4x2xf32>) -> tensor<4x2xf32> {
  %w = nn.parameter "w" initializer(<he>) fans([6, 2]) : tensor<6x2xf32>
  %v = nn.buffer "w.velocity" initial(0.0) optimizer : tensor<6x2xf32>
  %mean = nn.buffer "mean" initial(0.5) : tensor<2xf32>
  %0 = nn.tap "dense" %y : tensor<4x2xf32>
  %g = nn.softmax %w : tensor<6x2xf32>
  train.gradient "w", %g : tensor<6x2xf32>
  %wide = train.rate
  %rate = arith.truncf %wide : f64 to f32
  %number = nn.step
  %real = arith.sitofp %number : i64 to f64
  train.report "number", %real
  %rule = train.momentum rate(0.1) momentum(0.9)
  %next, %next_v = train.update %w with %g states(%v) scalars(%rate : f32) by %rule
    : tensor<6x2xf32>, tensor<6x2xf32> -> tensor<6x2xf32>, tensor<6x2xf32>
  nn.assign %w, %next : tensor<6x2xf32>
  nn.assign %v, %next_v : tensor<6x2xf32>
  %losses = nn.sum_units %0 scale(1.0) : (tensor<4x2xf32>) -> tensor<4xf32>
  train.measure "size", %losses : tensor<4xf32>
  %norm = nn.sum_squares %g : tensor<6x2xf32>
  train.report "gradient_norm/w", %norm probe
  nn.output %0 : tensor<4x2xf32>
}

nn.network @net_inference(%x: tensor<4x3xf32>, %y: tensor<4x2xf32>)
    -> tensor<4x2xf32> attributes {nn.inference} {
  %w = nn.parameter "w" initializer(<he>) fans([6, 2]) : tensor<6x2xf32>
  %losses = nn.sum_units %y scale(1.0) : (tensor<4x2xf32>) -> tensor<4xf32>
  train.measure "size", %losses : tensor<4xf32>
  nn.output %y : tensor<4x2xf32>
}

// No network is left.
// CHECK-NOT: nn.network

// A variable begins as its initializer says, with its fans: he is normal with the
// variance 2/6. Buffers begin with their number.
// CHECK: func.func @initialize(%[[SEED:.*]]: i64 {step.role = "seed"})
// CHECK-SAME: tensor<6x2xf32> {step.kind = "parameter", step.name = "w", step.role = "variable"}
// CHECK-SAME: tensor<6x2xf32> {step.kind = "state", step.name = "w.velocity", step.role = "variable"}
// CHECK-SAME: tensor<2xf32> {step.kind = "buffer", step.name = "mean", step.role = "variable"}
// CHECK: %[[W:.*]] = nn.random "w" seed %[[SEED]] normal(0.000000e+00, 0.57735026918962573) : tensor<6x2xf32>
// CHECK: %[[V:.*]] = arith.constant dense<0.000000e+00> : tensor<6x2xf32>
// CHECK: %[[MEAN:.*]] = arith.constant dense<5.000000e-01> : tensor<2xf32>
// CHECK: return %[[W]], %[[V]], %[[MEAN]]

// A step takes the batch, all variables and its scalars; it gives reports, but no
// probes, and the next value of every variable, written or not.
// CHECK-LABEL: func.func @train_step(
// CHECK-SAME: %{{[^:]*}}: tensor<4x3xf32> {step.role = "inputs"}
// CHECK-SAME: %[[Y:[^:]*]]: tensor<4x2xf32> {step.role = "targets"}
// CHECK-SAME: %[[W:[^:]*]]: tensor<6x2xf32> {step.kind = "parameter", step.name = "w", step.role = "variable"}
// CHECK-SAME: %[[V:[^:]*]]: tensor<6x2xf32>
// CHECK-SAME: %[[MEAN:[^:]*]]: tensor<2xf32>
// CHECK-SAME: %[[NUMBER:[^:]*]]: i64 {step.role = "step"}
// CHECK-SAME: %[[RATE:[^:]*]]: f64 {step.role = "rate"}
// CHECK-SAME: %{{[^:]*}}: i64 {step.role = "seed"})
// CHECK-SAME: -> (f64 {step.name = "number", step.role = "report"}, f64 {step.name = "size", step.role = "report"}, tensor
// CHECK-NOT: {{nn[.](parameter|buffer|assign|tap|step|seed)|train[.](rate|gradient|report)}}
// CHECK: %[[ROUNDED:.*]] = arith.truncf %[[RATE]]
// CHECK: %[[REAL:.*]] = arith.sitofp %[[NUMBER]]
// CHECK: %[[NEXT:.*]], %[[NEXTV:.*]] = train.update %[[W]] with %{{.*}} states(%[[V]]) scalars(%[[ROUNDED]] : f32)
// CHECK: %[[LOSSES:.*]] = nn.sum_units %[[Y]]
// CHECK: %[[SIZE:.*]] = nn.mean_of_samples %[[LOSSES]]
// CHECK: return %[[REAL]], %[[SIZE]], %[[NEXT]], %[[NEXTV]], %[[MEAN]]

// What only a probe needs is dead in the plain step and alive in the watched one.
// CLEAN-LABEL: func.func @train_step(
// CLEAN-NOT: nn.sum_squares
// CLEAN-LABEL: func.func @train_step_watched(
// CLEAN: nn.sum_squares

// The watched step reports its probes after the others, and does the same else.
// CHECK-LABEL: func.func @train_step_watched(
// CHECK-SAME: f64 {step.name = "number", step.role = "report"}, f64 {step.name = "size", step.role = "report"}, f64 {step.name = "gradient_norm/w", step.role = "report"}, tensor
// CHECK: train.update
// CHECK: %[[NORM:.*]] = nn.sum_squares
// CHECK: return %{{.*}}, %{{.*}}, %[[NORM]], %{{.*}}, %{{.*}}, %{{.*}} :

// Unless asked for, there is neither a loss nor a gradient by itself.
// CHECK-NOT: func.func @{{loss|gradients}}

// Evaluation sums over the valid rows of the batch and writes nothing.
// CHECK-LABEL: func.func @evaluate(
// CHECK-SAME: %[[COUNT:[^:,]*]]: i64 {step.role = "count"}) -> (f64 {step.name = "size", step.role = "report"}) {
// CHECK: %[[TOTAL:.*]] = nn.sum_of_samples %{{.*}} count %[[COUNT]]
// CHECK: return %[[TOTAL]] : f64

// Prediction gives the network's output and reports nothing.
// CHECK-LABEL: func.func @predict(
// CHECK-SAME: %[[Y:[^:,]*]]: tensor<4x2xf32> {step.role = "targets"}
// CHECK-SAME: -> (tensor<4x2xf32> {step.name = "output", step.role = "output"}) {
// CHECK: return %[[Y]] : tensor<4x2xf32>

// UNWATCHED: func.func @train_step(
// UNWATCHED-NOT: @train_step_watched

// INFERENCE: func.func @initialize(
// INFERENCE-NOT: @train_step
// INFERENCE: func.func @evaluate(
// INFERENCE: func.func @predict(

// For checks: the raw gradients as outputs, and the loss without an update.
// GRADIENTS-LABEL: func.func @gradients(
// GRADIENTS-SAME: -> (tensor<6x2xf32> {step.name = "w", step.role = "output"}, f64
// GRADIENTS: %[[G:.*]] = nn.softmax
// GRADIENTS: return %[[G]], %{{.*}}, %{{.*}} : tensor<6x2xf32>, f64, f64
// GRADIENTS-LABEL: func.func @loss(
// GRADIENTS-SAME: -> (f64 {{[^,]*, [^,]*}}, f64 {{[^,]*, [^,]*}}) {
// GRADIENTS: return %{{.*}}, %{{.*}} : f64, f64

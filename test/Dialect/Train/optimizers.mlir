// RUN: gradc-opt %s | gradc-opt | FileCheck %s
// RUN: gradc-opt %s --mlir-print-op-generic | gradc-opt | FileCheck %s

// A rule is a value; its settings are those of the source.
// CHECK-LABEL: func.func @rules
func.func @rules() {
  // CHECK: train.sgd rate(1.000000e-01){{$}}
  %0 = train.sgd rate(0.1)
  // CHECK: train.momentum rate(1.000000e-01) momentum(9.000000e-01){{$}}
  %1 = train.momentum rate(0.1) momentum(0.9)
  // CHECK: train.averaged_momentum rate(1.000000e-01) gamma(7.500000e-01){{$}}
  %2 = train.averaged_momentum rate(0.1) gamma(0.75)
  // CHECK: train.nesterov rate(1.000000e-01) momentum(5.000000e-01){{$}}
  %3 = train.nesterov rate(0.1) momentum(0.5)
  // CHECK: train.rmsprop rate(1.000000e-03) rho(7.500000e-01) epsilon(1.000000e-08){{$}}
  %4 = train.rmsprop rate(0.001) rho(0.75) epsilon(1.0e-8)
  // CHECK: train.adagrad rate(1.000000e-02) epsilon(1.000000e-10){{$}}
  %5 = train.adagrad rate(0.01) epsilon(1.0e-10)
  // CHECK: train.adam rate(1.000000e-03) betas(5.000000e-01, 7.500000e-01) epsilon(1.000000e-08){{$}}
  %6 = train.adam rate(0.001) betas(0.5, 0.75) epsilon(1.0e-8)
  // CHECK: train.adamw rate(1.000000e-03) betas(5.000000e-01, 7.500000e-01) epsilon(1.000000e-08) weight_decay(1.000000e-02){{$}}
  %7 = train.adamw rate(0.001) betas(0.5, 0.75) epsilon(1.0e-8) weight_decay(0.01)
  return
}

// A value of a rule has its own type.
// CHECK-LABEL: func.func private @takes_rule(!train.optimizer)
func.func private @takes_rule(!train.optimizer)

// An update without states and without scalars.
// CHECK-LABEL: func.func @stateless
// CHECK-SAME: %[[W:.*]]: tensor<3x2xf32>, %[[G:.*]]: tensor<3x2xf32>, %[[RATE:.*]]: f32
func.func @stateless(%w: tensor<3x2xf32>, %g: tensor<3x2xf32>, %rate: f32) {
  // CHECK: %[[RULE:.*]] = train.sgd
  %rule = train.sgd rate(0.1)
  // CHECK: train.update %[[W]] with %[[G]] scalars(%[[RATE]] : f32) by %[[RULE]] : tensor<3x2xf32> -> tensor<3x2xf32>
  %0 = train.update %w with %g scalars(%rate : f32) by %rule
         : tensor<3x2xf32> -> tensor<3x2xf32>
  return
}

// An update gives the next value of each state beside that of the parameter.
// CHECK-LABEL: func.func @two_states
// CHECK-SAME: %[[W:.*]]: tensor<2xf32>, %[[G:.*]]: tensor<2xf32>, %[[M:.*]]: tensor<2xf32>, %[[V:.*]]: tensor<2xf32>, %[[A:.*]]: f32
func.func @two_states(%w: tensor<2xf32>, %g: tensor<2xf32>, %m: tensor<2xf32>,
                      %v: tensor<2xf32>, %a: f32) {
  // CHECK: %[[RULE:.*]] = train.adam
  %rule = train.adam rate(0.001) betas(0.5, 0.75) epsilon(1.0e-8)
  // CHECK: %{{.*}}, %{{.*}}:2 = train.update %[[W]] with %[[G]] states(%[[M]], %[[V]]) scalars(%[[A]], %[[A]] : f32, f32) by %[[RULE]]
  // CHECK-SAME: : tensor<2xf32>, tensor<2xf32>, tensor<2xf32> -> tensor<2xf32>, tensor<2xf32>, tensor<2xf32>
  %0, %1:2 = train.update %w with %g states(%m, %v) scalars(%a, %a : f32, f32) by %rule
         : tensor<2xf32>, tensor<2xf32>, tensor<2xf32>
         -> tensor<2xf32>, tensor<2xf32>, tensor<2xf32>
  return
}

// What the host gives a rule at each step.
// CHECK-LABEL: func.func @rate() -> f64
func.func @rate() -> f64 {
  // CHECK: train.rate{{$}}
  %0 = train.rate
  return %0 : f64
}

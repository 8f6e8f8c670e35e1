// RUN: gradc-opt %s | gradc-opt | FileCheck %s
// RUN: gradc-opt %s --mlir-print-op-generic | gradc-opt | FileCheck %s

// What is minimized: the mean of the losses, and penalties.
// CHECK-LABEL: func.func @minimize
// CHECK-SAME: %[[LOSSES:.*]]: tensor<4xf32>, %[[A:.*]]: f64, %[[B:.*]]: f64
func.func @minimize(%losses: tensor<4xf32>, %a: f64, %b: f64) {
  // CHECK: %[[RULE:.*]] = train.sgd
  %rule = train.sgd rate(0.1)
  // CHECK: train.minimize %[[LOSSES]] by %[[RULE]] : tensor<4xf32>
  train.minimize %losses by %rule : tensor<4xf32>
  // CHECK: train.minimize %[[LOSSES]] plus %[[A]], %[[B]] by %[[RULE]] : tensor<4xf32>
  train.minimize %losses plus %a, %b by %rule : tensor<4xf32>
  return
}

// Requests stand in the network until their pass serves them.
// CHECK-LABEL: func.func @requests
func.func @requests() {
  // CHECK: train.decay l1(0.000000e+00) l2(1.000000e-03)
  train.decay l1(0.0) l2(0.001)
  // CHECK: train.clip value 5.000000e-01
  train.clip value 0.5
  // CHECK: train.clip tensor 1.000000e+00
  train.clip tensor 1.0
  // CHECK: train.clip layer 2.000000e+00
  train.clip layer 2.0
  // CHECK: train.clip norm 3.000000e+00
  train.clip norm 3.0
  return
}

// Clips of values keep one type; a clip by norm takes gradients of any shapes
// and gives its factor last.
// CHECK-LABEL: func.func @clips
// CHECK-SAME: %[[G:.*]]: tensor<3x2xf32>, %[[H:.*]]: tensor<2xf32>
func.func @clips(%g: tensor<3x2xf32>, %h: tensor<2xf32>) -> f64 {
  // CHECK: train.clip_by_value %[[G]] threshold(5.000000e-01) : tensor<3x2xf32>
  %0 = train.clip_by_value %g threshold(0.5) : tensor<3x2xf32>
  // CHECK: %{{.*}}:2, %[[FACTOR:.*]] = train.clip_by_norm %[[G]], %[[H]] threshold(1.000000e+00) : tensor<3x2xf32>, tensor<2xf32>
  %1:2, %factor = train.clip_by_norm %g, %h threshold(1.0)
         : tensor<3x2xf32>, tensor<2xf32>
  // CHECK: return %[[FACTOR]] : f64
  return %factor : f64
}

// What the host hears of: numbers, means over samples, raw gradients.
// CHECK-LABEL: func.func @reports
// CHECK-SAME: %[[X:.*]]: f64, %[[VALUES:.*]]: tensor<4xf32>, %[[G:.*]]: tensor<3x2xf32>
func.func @reports(%x: f64, %values: tensor<4xf32>, %g: tensor<3x2xf32>) {
  // CHECK: train.report "loss", %[[X]]{{$}}
  train.report "loss", %x
  // CHECK: train.report "gradient_norm/w", %[[X]] probe{{$}}
  train.report "gradient_norm/w", %x probe
  // CHECK: train.measure "accuracy", %[[VALUES]] : tensor<4xf32>
  train.measure "accuracy", %values : tensor<4xf32>
  // CHECK: train.gradient "w", %[[G]] : tensor<3x2xf32>
  train.gradient "w", %g : tensor<3x2xf32>
  return
}

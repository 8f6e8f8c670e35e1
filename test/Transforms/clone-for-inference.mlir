// RUN: gradc-opt %s --clone-for-inference --split-input-file | FileCheck %s

// The training form stays as it is; beside it stands a twin that measures the
// loss instead of minimizing it, and holds nothing that acts only in training.
// CHECK-LABEL: nn.network @mnist(
// CHECK: train.minimize
// CHECK: train.decay
// CHECK: train.clip
// CHECK-LABEL: nn.network @mnist_inference(
// CHECK-SAME: %[[X:.*]]: tensor<4x3xf32> {step.role = "inputs"}, %[[Y:.*]]: tensor<4xi32>)
// CHECK-SAME: -> tensor<4x3xf32> attributes {nn.inference} {
// CHECK-NEXT: %[[Z:.*]] = nn.dense "dense" %[[X]]
// CHECK-NEXT: %[[LOSSES:.*]] = nn.cross_entropy %[[Z]], %[[Y]]
// CHECK-NEXT: train.measure "loss", %[[LOSSES]]
// CHECK-NEXT: %[[HITS:.*]] = nn.accuracy
// CHECK-NEXT: train.measure "accuracy", %[[HITS]]
// CHECK-NEXT: nn.output %[[Z]]
nn.network @mnist(%x: tensor<4x3xf32> {step.role = "inputs"}, %y: tensor<4xi32>)
    -> tensor<4x3xf32> {
  %z = nn.dense "dense" %x units(3) weight(<he>) : (tensor<4x3xf32>) -> tensor<4x3xf32>
  %losses = nn.cross_entropy %z, %y : (tensor<4x3xf32>, tensor<4xi32>) -> tensor<4xf32>
  %rule = train.adam rate(0.001) betas(0.9, 0.999) epsilon(1.0e-8)
  train.minimize %losses by %rule : tensor<4xf32>
  train.decay l1(0.0) l2(0.001)
  train.clip norm 1.0
  %hits = nn.accuracy %z, %y threshold(0.0) : (tensor<4x3xf32>, tensor<4xi32>) -> tensor<4xf32>
  train.measure "accuracy", %hits : tensor<4xf32>
  nn.output %z : tensor<4x3xf32>
}

// -----

// An inference form has no twin: the pass may run again.
// CHECK: nn.network @net_inference
// CHECK-NOT: nn.network
nn.network @net_inference(%x: tensor<4x3xf32>) attributes {nn.inference} {
  nn.output
}

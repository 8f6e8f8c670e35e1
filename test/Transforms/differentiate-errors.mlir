// RUN: gradc-opt %s --pass-pipeline='builtin.module(any(differentiate))' \
// RUN:   --split-input-file --verify-diagnostics

// An op on the way from a parameter to the loss must have a gradient.
func.func @no_gradient(%x: tensor<4x3xf32>) {
  %w = nn.parameter "w" initializer(<he>) fans([3, 2]) : tensor<4x3xf32>
  // expected-error @below {{'nn.sigmoid_grad' op has no gradient}}
  %0 = nn.sigmoid_grad %x, %w : tensor<4x3xf32>
  %losses = nn.sum_units %0 scale(1.0) : (tensor<4x3xf32>) -> tensor<4xf32>
  %rule = train.sgd rate(0.1)
  train.minimize %losses by %rule : tensor<4xf32>
  return
}

// -----

// Off that way it need not: here before every parameter, and beside the loss.
func.func @gradient_not_needed(%x: tensor<4x3xf32>, %y: tensor<4xi32>) {
  %0 = nn.sub %x, %x : tensor<4x3xf32>
  %b = nn.parameter "b" initializer(<zeros>) fans([3, 2]) : tensor<3xf32>
  %1 = nn.add_bias %0, %b : tensor<4x3xf32>, tensor<3xf32>
  %hits = nn.accuracy %1, %y threshold(0.0) : (tensor<4x3xf32>, tensor<4xi32>) -> tensor<4xf32>
  train.measure "accuracy", %hits : tensor<4xf32>
  %losses = nn.sum_units %1 scale(1.0) : (tensor<4x3xf32>) -> tensor<4xf32>
  %rule = train.sgd rate(0.1)
  train.minimize %losses by %rule : tensor<4xf32>
  return
}

// -----

func.func @unused_parameter(%x: tensor<4x3xf32>) {
  // expected-warning @below {{the loss does not depend on 'lost': it will not be trained}}
  %lost = nn.parameter "lost" initializer(<he>) fans([3, 2]) : tensor<3x2xf32>
  %b = nn.parameter "b" initializer(<zeros>) fans([3, 2]) : tensor<3xf32>
  %0 = nn.add_bias %x, %b : tensor<4x3xf32>, tensor<3xf32>
  %losses = nn.sum_units %0 scale(1.0) : (tensor<4x3xf32>) -> tensor<4xf32>
  %rule = train.sgd rate(0.1)
  train.minimize %losses by %rule : tensor<4xf32>
  return
}

// -----

nn.network @two_losses(%x: tensor<4xf32>) {
  %rule = train.sgd rate(0.1)
  // expected-note @below {{the first one is here}}
  train.minimize %x by %rule : tensor<4xf32>
  // expected-error @below {{'train.minimize' op stands beside another one}}
  train.minimize %x by %rule : tensor<4xf32>
  nn.output
}

// -----

func.func @foreign_rule(%x: tensor<4xf32>, %rule: !train.optimizer) {
  // expected-error @below {{'train.minimize' op needs an optimizer op in its block}}
  train.minimize %x by %rule : tensor<4xf32>
  return
}

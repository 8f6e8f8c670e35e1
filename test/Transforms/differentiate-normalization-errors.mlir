// RUN: gradc-opt %s --pass-pipeline='builtin.module(any(differentiate))' \
// RUN:   --split-input-file --verify-diagnostics

// One value a unit has no variance.
func.func @one_sample(%x: tensor<1x3xf32>, %s: tensor<3xf32>) {
  %f = nn.parameter "f" initializer(<he>) fans([1, 1]) : tensor<3xf32>
  // expected-error @below {{a unit has one value in a batch of 1, and normalized it is 0, whatever it was: nothing can be learned from it}}
  // expected-note @below {{take another 'batch', or 'drop_last=on' where the last batch of an epoch is that small}}
  %0:3 = nn.normalize %x, %f, %s eps(0.1) : tensor<1x3xf32>, tensor<3xf32>
  %losses = nn.sum_units %0#0 scale(1.0) : (tensor<1x3xf32>) -> tensor<1xf32>
  %rule = train.sgd rate(0.1)
  train.minimize %losses by %rule : tensor<1xf32>
  return
}

// -----

func.func @through_the_mean(%x: tensor<4x3xf32>, %s: tensor<3xf32>) {
  %f = nn.parameter "f" initializer(<he>) fans([1, 1]) : tensor<3xf32>
  // expected-error @below {{'nn.normalize' op has no gradient through its mean and variance}}
  %0:3 = nn.normalize %x, %f, %s eps(0.1) : tensor<4x3xf32>, tensor<3xf32>
  %rule = train.sgd rate(0.1)
  train.minimize %0#1 by %rule : tensor<3xf32>
  return
}

// -----

func.func @through_the_deviation(%x: tensor<4x3xf32>) {
  %f = nn.parameter "f" initializer(<he>) fans([1, 1]) : tensor<3xf32>
  %0 = nn.add_bias %x, %f : tensor<4x3xf32>, tensor<3xf32>
  // expected-error @below {{'nn.normalize_rows' op has no gradient through its deviation}}
  %1:2 = nn.normalize_rows %0 eps(0.1) dimensions(1) : tensor<4x3xf32>, tensor<4xf32>
  %rule = train.sgd rate(0.1)
  train.minimize %1#1 by %rule : tensor<4xf32>
  return
}

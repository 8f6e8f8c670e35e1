// RUN: gradc-opt %s --split-input-file --verify-diagnostics

func.func @targets_of_another_shape(%p: tensor<4x3xf32>, %t: tensor<4x2xf32>) {
  // expected-error @below {{'nn.mean_squared_error' op failed to verify that all of {prediction, target} have same type}}
  %0 = nn.mean_squared_error %p, %t outputs(sum) scale(1.0)
         : (tensor<4x3xf32>, tensor<4x2xf32>) -> tensor<4xf32>
  return
}

// -----

func.func @label_missing(%z: tensor<4x10xf32>, %y: tensor<3xi32>) {
  // expected-error @below {{'nn.cross_entropy' op needs samples x classes logits and a label for each sample, and gives one number for each}}
  %0 = nn.cross_entropy %z, %y : (tensor<4x10xf32>, tensor<3xi32>) -> tensor<4xf32>
  return
}

// -----

func.func @logits_of_images(%z: tensor<4x2x5xf32>, %y: tensor<4xi32>) {
  // expected-error @below {{'nn.cross_entropy' op needs samples x classes logits}}
  %0 = nn.cross_entropy %z, %y : (tensor<4x2x5xf32>, tensor<4xi32>) -> tensor<4xf32>
  return
}

// -----

func.func @loss_missing(%z: tensor<4x10xf32>, %y: tensor<4xi32>) {
  // expected-error @below {{'nn.cross_entropy' op needs samples x classes logits}}
  %0 = nn.cross_entropy %z, %y : (tensor<4x10xf32>, tensor<4xi32>) -> tensor<3xf32>
  return
}

// -----

func.func @real_labels(%z: tensor<4x10xf32>, %y: tensor<4xf32>) {
  // expected-error @below {{'nn.cross_entropy' op operand #1 must be vector of i32 classes, one for each sample, but got 'tensor<4xf32>'}}
  %0 = nn.cross_entropy %z, %y : (tensor<4x10xf32>, tensor<4xf32>) -> tensor<4xf32>
  return
}

// -----

func.func @target_missing(%p: tensor<4x10xf32>, %y: tensor<3xi32>) {
  // expected-error @below {{'nn.accuracy' op needs samples x outputs predictions and a target for each sample}}
  %0 = nn.accuracy %p, %y threshold(0.5) : (tensor<4x10xf32>, tensor<3xi32>) -> tensor<4xf32>
  return
}

// -----

func.func @target_of_another_shape(%p: tensor<4x10xf32>, %t: tensor<4x9xf32>) {
  // expected-error @below {{'nn.accuracy' op needs samples x outputs predictions and a target for each sample}}
  %0 = nn.accuracy %p, %t threshold(0.5) : (tensor<4x10xf32>, tensor<4x9xf32>) -> tensor<4xf32>
  return
}

// -----

func.func @predictions_of_images(%p: tensor<4x2x5xf32>, %y: tensor<4xi32>) {
  // expected-error @below {{'nn.accuracy' op needs samples x outputs predictions and a target for each sample}}
  %0 = nn.accuracy %p, %y threshold(0.5) : (tensor<4x2x5xf32>, tensor<4xi32>) -> tensor<4xf32>
  return
}

// RUN: gradc-opt %s --convert-to-linalg --split-input-file --verify-diagnostics

// What other passes should have replaced is refused by name.
func.func @layer(%x: tensor<4x3xf32>) -> tensor<4x2xf32> {
  // expected-error @below {{'nn.dense' op has no lowering to linalg}}
  %0 = nn.dense "a" %x units(2) weight(<he>) : (tensor<4x3xf32>) -> tensor<4x2xf32>
  return %0 : tensor<4x2xf32>
}

// -----

func.func @request(%losses: tensor<4xf32>) {
  // expected-error @below {{'train.sgd' op has no lowering to linalg}}
  %rule = train.sgd rate(0.1)
  // expected-error @below {{'train.minimize' op has no lowering to linalg}}
  train.minimize %losses by %rule : tensor<4xf32>
  return
}

// -----

func.func @units_of_a_vector(%x: tensor<4xf32>) -> f64 {
  // expected-error @below {{'nn.share_of_zero_units' op needs samples and units}}
  // expected-error @below {{'nn.share_of_zero_units' op has no lowering to linalg}}
  %0 = nn.share_of_zero_units %x : tensor<4xf32>
  return %0 : f64
}

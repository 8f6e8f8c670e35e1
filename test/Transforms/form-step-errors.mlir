// RUN: gradc-opt %s --form-step --split-input-file --verify-diagnostics

// expected-note @below {{the first one is here}}
nn.network @first(%x: tensor<4x3xf32>) {
  nn.output
}

// expected-error @below {{'nn.network' op stands beside another one}}
nn.network @second(%x: tensor<4x3xf32>) {
  nn.output
}

// -----

// A training form and its inference form are a pair, two of one kind are not.
nn.network @net(%x: tensor<4x3xf32>) {
  nn.output
}

// expected-note @below {{the first one is here}}
nn.network @net_inference(%x: tensor<4x3xf32>) attributes {nn.inference} {
  nn.output
}

// expected-error @below {{'nn.network' op stands beside another one}}
nn.network @other_inference(%x: tensor<4x3xf32>) attributes {nn.inference} {
  nn.output
}

// -----

// expected-error @below {{'nn.network' op needs one input and at most one target}}
nn.network @two_targets(%x: tensor<4x3xf32>, %y: tensor<4xi32>, %z: tensor<4xi32>)
    -> tensor<4x3xf32> {
  nn.output %x : tensor<4x3xf32>
}

// -----

// expected-error @below {{'nn.network' op needs one input and at most one target}}
nn.network @no_input() -> tensor<3xf32> {
  %b = nn.parameter "b" initializer(<zeros>) fans([3, 3]) : tensor<3xf32>
  nn.output %b : tensor<3xf32>
}

// -----

// expected-error @below {{'nn.network' op needs one output}}
nn.network @two_outputs(%x: tensor<4x3xf32>) -> (tensor<4x3xf32>, tensor<4x3xf32>) {
  nn.output %x, %x : tensor<4x3xf32>, tensor<4x3xf32>
}

// -----

nn.network @net(%x: tensor<4x3xf32>) -> tensor<4x3xf32> {
  nn.output %x : tensor<4x3xf32>
}

// expected-error @below {{'nn.network' op has another type than its training form}}
nn.network @other_inputs(%x: tensor<8x3xf32>) -> tensor<8x3xf32> attributes {nn.inference} {
  nn.output %x : tensor<8x3xf32>
}

// -----

nn.network @net(%x: tensor<3xf32>) -> tensor<3xf32> {
  nn.output %x : tensor<3xf32>
}

// expected-error @below {{'nn.network' op reads the variable "b", which training has not or of another type}}
nn.network @unknown_variable(%x: tensor<3xf32>) -> tensor<3xf32> attributes {nn.inference} {
  %b = nn.parameter "b" initializer(<zeros>) fans([3, 3]) : tensor<3xf32>
  nn.output %b : tensor<3xf32>
}

// -----

nn.network @net(%x: tensor<3xf32>) -> tensor<3xf32> {
  %b = nn.parameter "b" initializer(<zeros>) fans([3, 3]) : tensor<2xf32>
  nn.output %x : tensor<3xf32>
}

// expected-error @below {{'nn.network' op reads the variable "b", which training has not or of another type}}
nn.network @variable_of_another_type(%x: tensor<3xf32>) -> tensor<3xf32>
    attributes {nn.inference} {
  %b = nn.parameter "b" initializer(<zeros>) fans([3, 3]) : tensor<3xf32>
  nn.output %b : tensor<3xf32>
}

// -----

nn.network @net(%x: tensor<3xf32>) -> tensor<3xf32> {
  nn.output %x : tensor<3xf32>
}

nn.network @with_rate(%x: tensor<3xf32>) -> tensor<3xf32> attributes {nn.inference} {
  // expected-error @below {{'train.rate' op has no meaning in inference}}
  %rate = train.rate
  train.report "rate", %rate
  nn.output %x : tensor<3xf32>
}

// -----

nn.network @net(%x: tensor<3xf32>) -> tensor<3xf32> {
  nn.output %x : tensor<3xf32>
}

nn.network @with_step_number(%x: tensor<3xf32>) -> tensor<3xf32> attributes {nn.inference} {
  // expected-error @below {{'nn.step' op has no meaning in inference}}
  %number = nn.step
  %real = arith.sitofp %number : i64 to f64
  train.report "number", %real
  nn.output %x : tensor<3xf32>
}

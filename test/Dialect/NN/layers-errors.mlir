// RUN: gradc-opt %s --split-input-file --verify-diagnostics

func.func @flat_input(%x: tensor<4xf32>) {
  // expected-error @below {{'nn.dense' op needs an input of vectors or of sequences}}
  %0 = nn.dense "a" %x units(2) weight(<he>) : (tensor<4xf32>) -> tensor<4x2xf32>
  return
}

// -----

func.func @other_units(%x: tensor<4x3xf32>) {
  // expected-error @below {{'nn.dense' op gives units in place of the input's last dimension}}
  %0 = nn.dense "a" %x units(2) weight(<he>) : (tensor<4x3xf32>) -> tensor<4x5xf32>
  return
}

// -----

func.func @other_element_type(%x: tensor<4x3xf32>) {
  // expected-error @below {{'nn.dense' op gives units in place of the input's last dimension}}
  %0 = nn.dense "a" %x units(2) weight(<he>) : (tensor<4x3xf32>) -> tensor<4x2xf64>
  return
}

// -----

func.func @no_units(%x: tensor<4x3xf32>) {
  // expected-error @below {{'nn.dense' op attribute 'units' failed to satisfy constraint: 64-bit signless integer attribute whose value is positive}}
  %0 = nn.dense "a" %x units(0) weight(<he>) : (tensor<4x3xf32>) -> tensor<4x0xf32>
  return
}

// -----

func.func @unknown_samples(%x: tensor<?x3xf32>) {
  // expected-error @below {{'nn.relu' op operand #0 must be tensor of floats with at least one dimension, but got 'tensor<?x3xf32>'}}
  %0 = nn.relu %x : tensor<?x3xf32>
  return
}

// -----

func.func @flatten_to_a_matrix(%x: tensor<4x2x3xf32>) {
  // expected-error @below {{'nn.flatten' op gives a vector for each sample}}
  %0 = nn.flatten "a" %x : (tensor<4x2x3xf32>) -> tensor<4x3x2xf32>
  return
}

// -----

func.func @flatten_loses_samples(%x: tensor<4x2x3xf32>) {
  // expected-error @below {{'nn.flatten' op must keep the samples and the number of elements}}
  %0 = nn.flatten "a" %x : (tensor<4x2x3xf32>) -> tensor<8x3xf32>
  return
}

// -----

func.func @reshape_loses_elements(%x: tensor<4x6xf32>) {
  // expected-error @below {{'nn.reshape_layer' op must keep the samples and the number of elements}}
  %0 = nn.reshape_layer "a" %x : (tensor<4x6xf32>) -> tensor<4x2x2xf32>
  return
}

// -----

func.func @no_samples(%x: tensor<f32>) {
  // expected-error @below {{'nn.flatten' op operand #0 must be tensor of floats with at least one dimension, but got 'tensor<f32>'}}
  %0 = nn.flatten "a" %x : (tensor<f32>) -> tensor<1x1xf32>
  return
}

// -----

func.func @empty(%x: tensor<4x0xf32>) {
  // expected-error @below {{'nn.relu' op operand #0 must be tensor of floats with at least one dimension, but got 'tensor<4x0xf32>'}}
  %0 = nn.relu %x : tensor<4x0xf32>
  return
}

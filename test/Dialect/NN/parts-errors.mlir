// RUN: gradc-opt %s --split-input-file --verify-diagnostics

func.func @uneven(%x: tensor<4x5xf32>) {
  // expected-error @below {{'nn.split' op cannot have 2 equal parts of 5 elements}}
  %0:2 = nn.split %x : tensor<4x5xf32> -> tensor<4x2xf32>, tensor<4x3xf32>
  return
}

// -----

func.func @other(%x: tensor<4x2xf32>, %y: tensor<3x2xf32>) {
  // expected-error @below {{'nn.join' op has parts of 'tensor<4x2xf32>', not 'tensor<3x2xf32>'}}
  %0 = nn.join %x, %y : tensor<4x2xf32>, tensor<3x2xf32> -> tensor<4x4xf32>
  return
}

// -----

func.func @nothing() {
  // expected-error @below {{'nn.join' op needs a part}}
  %0 = "nn.join"() : () -> tensor<4x4xf32>
  return
}

// -----

func.func @vector(%x: tensor<4xf32>) {
  // expected-error @below {{'nn.exchange' op needs two dimensions}}
  %0 = nn.exchange %x : tensor<4xf32> -> tensor<4xf32>
  return
}

// -----

func.func @kept(%x: tensor<4x3xf32>) {
  // expected-error @below {{'nn.exchange' op gives 'tensor<3x4xf32>'}}
  %0 = nn.exchange %x : tensor<4x3xf32> -> tensor<4x3xf32>
  return
}

// RUN: gradc-opt %s --split-input-file --verify-diagnostics

func.func @no_units(%x: tensor<4xf32>) {
  // expected-error @below {{'nn.prelu' op needs samples and units}}
  %0 = nn.prelu "p" %x slope(0.25) : tensor<4xf32>
  return
}

// -----

func.func @infinite(%x: tensor<4x3xf32>) {
  // expected-error @below {{'nn.prelu' op needs a finite slope}}
  %0 = nn.prelu "p" %x slope(0x7FF0000000000000) : tensor<4x3xf32>
  return
}

// -----

func.func @no_dimension(%x: tensor<4x3xf32>, %a: tensor<3xf32>) {
  // expected-error @below {{'nn.parametric_relu' op has no dimension 2}}
  %0 = nn.parametric_relu %x, %a axis(2) : tensor<4x3xf32>, tensor<3xf32>
  return
}

// -----

func.func @other_units(%x: tensor<4x3xf32>, %a: tensor<4xf32>) {
  // expected-error @below {{'nn.parametric_relu_grad' op needs one slope for each unit}}
  %0:2 = nn.parametric_relu_grad %x, %x, %a : tensor<4x3xf32>, tensor<4xf32>
  return
}

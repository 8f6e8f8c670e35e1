// RUN: gradc-opt %s --split-input-file --verify-diagnostics

// A power of 2 changes no digit.
func.func @three(%x: tensor<4x3xf32>) {
  // expected-error @below {{'nn.sum_squares' op needs a power of 2 to multiply by}}
  %0 = nn.sum_squares %x narrow(3.0) : tensor<4x3xf32>
  return
}

// -----

func.func @negative(%x: tensor<4x3xf32>) {
  // expected-error @below {{'nn.sum_squares' op needs a power of 2 to multiply by}}
  %0 = nn.sum_squares %x narrow(-2.0) : tensor<4x3xf32>
  return
}

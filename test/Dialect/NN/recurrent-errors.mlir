// RUN: gradc-opt %s --split-input-file --verify-diagnostics

func.func @vectors(%x: tensor<8x3xf32>) {
  // expected-error @below {{'nn.lstm' op needs an input of samples, steps and features}}
  %0 = nn.lstm "memory" %x units(5) return(last) weight(<he>) hidden(<he>)
      : (tensor<8x3xf32>) -> tensor<8x5xf32>
  return
}

// -----

func.func @result(%x: tensor<8x7x3xf32>) {
  // expected-error @below {{'nn.gru' op gives 'tensor<8x7x5xf32>'}}
  %0 = nn.gru "memory" %x units(5) return(all) weight(<he>) hidden(<he>)
      : (tensor<8x7x3xf32>) -> tensor<8x5xf32>
  return
}

// -----

func.func @parts() {
  // expected-error @below {{'nn.parameter' op cannot begin as 4 equal parts}}
  %0 = nn.parameter "b" initializer(<constants, 0.0, 1.0, 0.0, 0.0>) fans([3, 5]) : tensor<6xf32>
  return
}

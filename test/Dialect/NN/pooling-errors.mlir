// RUN: gradc-opt %s --split-input-file --verify-diagnostics

#window = #nn.window<kernel [2, 2] stride [2, 2] padding [0, 0, 0, 0] dilation [1, 1]>
func.func @maxpool(%x: tensor<5x4x7x7xf32>) {
  // expected-error @below {{'nn.maxpool' op has a pixel for each place of the window}}
  %0 = nn.maxpool %x window(#window) : (tensor<5x4x7x7xf32>) -> tensor<5x4x4x4xf32>
  return
}

// -----

#window = #nn.window<kernel [2, 2] stride [2, 2] padding [0, 0, 0, 0] dilation [1, 1]>
func.func @maxpool_grad(%dy: tensor<5x3x3x3xf32>, %x: tensor<5x4x7x7xf32>) {
  // expected-error @below {{'nn.maxpool_grad' op has a pixel for each place of the window}}
  %0 = nn.maxpool_grad %dy, %x window(#window) : tensor<5x3x3x3xf32>, tensor<5x4x7x7xf32>
  return
}

// -----

#window = #nn.window<kernel [2, 2] stride [2, 2] padding [0, 0, 0, 0] dilation [1, 1]>
func.func @avgpool(%x: tensor<5x4x7x7xf32>) {
  // expected-error @below {{'nn.avgpool' op has a pixel for each place of the window}}
  %0 = nn.avgpool %x window(#window) : (tensor<5x4x7x7xf32>) -> tensor<5x4x3x3xf64>
  return
}

// -----

#window = #nn.window<kernel [2, 2] stride [2, 2] padding [0, 0, 0, 0] dilation [1, 1]>
func.func @avgpool_grad(%dy: tensor<5x4x3x3xf32>) {
  // expected-error @below {{'nn.avgpool_grad' op has a pixel for each place of the window}}
  %0 = nn.avgpool_grad %dy window(#window) : (tensor<5x4x3x3xf32>) -> tensor<5x4x9x7xf32>
  return
}

// -----

func.func @global_average(%x: tensor<5x4x7x7xf32>) {
  // expected-error @below {{'nn.global_average' op gives one number for each channel of an image}}
  %0 = nn.global_average %x : (tensor<5x4x7x7xf32>) -> tensor<5x4x1x1xf32>
  return
}

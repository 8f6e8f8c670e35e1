// RUN: gradc-opt %s --split-input-file --verify-diagnostics

// expected-error @below {{a window has two directions and four sides}}
#one_direction = #nn.window<kernel [3] stride [1, 1] padding [0, 0, 0, 0] dilation [1, 1]>

// -----

// expected-error @below {{the sizes of a window begin at 1 and end at 2^30}}
#stands_still = #nn.window<kernel [3, 3] stride [1, 0] padding [0, 0, 0, 0] dilation [1, 1]>

// -----

// expected-error @below {{the padding of a window is narrower than it is}}
#sees_nothing = #nn.window<kernel [3, 3] stride [1, 1] padding [0, 0, 3, 0] dilation [1, 1]>

// -----

#window = #nn.window<kernel [3, 3] stride [1, 1] padding [0, 0, 0, 0] dilation [1, 1]>
func.func @conv(%flat: tensor<5x4xf32>, %x: tensor<5x4x7x7xf32>) {
  // expected-error @below {{'nn.conv' op needs an input of four dimensions}}
  %0 = nn.conv "a" %flat channels(6) window(#window) weight(<he>)
      : (tensor<5x4xf32>) -> tensor<5x6x5x5xf32>
  return
}

// -----

#window = #nn.window<kernel [3, 3] stride [1, 1] padding [0, 0, 0, 0] dilation [1, 1]>
func.func @conv_groups(%x: tensor<5x4x7x7xf32>) {
  // expected-error @below {{'nn.conv' op needs groups that divide the channels}}
  %0 = nn.conv "a" %x channels(6) window(#window) groups(4) weight(<he>)
      : (tensor<5x4x7x7xf32>) -> tensor<5x6x5x5xf32>
  return
}

// -----

#window = #nn.window<kernel [3, 3] stride [1, 1] padding [0, 0, 0, 0] dilation [1, 1]>
func.func @conv_result(%x: tensor<5x4x7x7xf32>) {
  // expected-error @below {{'nn.conv' op gives samples x channels images with a pixel for each place of the window}}
  %0 = nn.conv "a" %x channels(6) window(#window) weight(<he>)
      : (tensor<5x4x7x7xf32>) -> tensor<5x6x5x4xf32>
  return
}

// -----

#window = #nn.window<kernel [3, 3] stride [1, 1] padding [0, 0, 0, 0] dilation [1, 1]>
func.func @flat(%x: tensor<5x4xf32>, %w: tensor<6x4x3x3xf32>) {
  // expected-error @below {{'nn.convolution' op needs tensors of four dimensions}}
  %0 = nn.convolution %x, %w window(#window)
      : (tensor<5x4xf32>, tensor<6x4x3x3xf32>) -> tensor<5x6x5x5xf32>
  return
}

// -----

#window = #nn.window<kernel [3, 3] stride [1, 1] padding [0, 0, 0, 0] dilation [1, 1]>
func.func @element_types(%dy: tensor<5x6x5x5xf32>, %w: tensor<6x4x3x3xf64>) {
  // expected-error @below {{'nn.convolution_input_gradient' op needs tensors of one element type}}
  %0 = nn.convolution_input_gradient %dy, %w window(#window)
      : (tensor<5x6x5x5xf32>, tensor<6x4x3x3xf64>) -> tensor<5x4x7x7xf32>
  return
}

// -----

#window = #nn.window<kernel [3, 3] stride [1, 1] padding [0, 0, 0, 0] dilation [1, 1]>
func.func @groups(%x: tensor<5x4x7x7xf32>, %dy: tensor<5x6x5x5xf32>) {
  // expected-error @below {{'nn.convolution_filter_gradient' op cannot divide 4 and 6 channels into 4 groups}}
  %0 = nn.convolution_filter_gradient %x, %dy window(#window) groups(4)
      : (tensor<5x4x7x7xf32>, tensor<5x6x5x5xf32>) -> tensor<6x1x3x3xf32>
  return
}

// -----

#window = #nn.window<kernel [3, 3] stride [1, 1] padding [0, 0, 0, 0] dilation [1, 1]>
func.func @filter(%x: tensor<5x4x7x7xf32>, %w: tensor<6x4x3x3xf32>) {
  // expected-error @below {{'nn.convolution' op needs filters of 2 x 3 x 3 elements}}
  %0 = nn.convolution %x, %w window(#window) groups(2)
      : (tensor<5x4x7x7xf32>, tensor<6x4x3x3xf32>) -> tensor<5x6x5x5xf32>
  return
}

// -----

#window = #nn.window<kernel [3, 3] stride [2, 2] padding [0, 0, 0, 0] dilation [1, 1]>
func.func @result(%x: tensor<5x4x7x2xf32>, %w: tensor<6x4x3x3xf32>) {
  // expected-error @below {{'nn.convolution' op gives 5 x 6 x 3 x 0 elements}}
  %0 = nn.convolution %x, %w window(#window)
      : (tensor<5x4x7x2xf32>, tensor<6x4x3x3xf32>) -> tensor<5x6x3x1xf32>
  return
}

// -----

#window = #nn.window<kernel [2, 2] stride [2, 2] padding [0, 0, 0, 0] dilation [1, 1]>
func.func @pooled_rows(%x: tensor<5x4x7xf32>) {
  // expected-error @below {{'nn.maxpool' op needs images [samples, channels, height, width]}}
  %0 = nn.maxpool %x window(#window) : (tensor<5x4x7xf32>) -> tensor<5x4x3xf32>
  return
}

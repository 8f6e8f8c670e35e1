// RUN: gradc-opt %s --split-input-file --verify-diagnostics

func.func @product_of_vectors(%a: tensor<3xf32>, %b: tensor<3x2xf32>) {
  // expected-error @below {{'nn.matmul' op multiplies matrices}}
  %0 = nn.matmul %a, %b : (tensor<3xf32>, tensor<3x2xf32>) -> tensor<1x2xf32>
  return
}

// -----

func.func @depths_differ(%a: tensor<4x3xf32>, %b: tensor<5x2xf32>) {
  // expected-error @below {{'nn.matmul' op sums over 3 elements of the left and 5 of the right matrix}}
  %0 = nn.matmul %a, %b : (tensor<4x3xf32>, tensor<5x2xf32>) -> tensor<4x2xf32>
  return
}

// -----

// What is transposed is compared as such.
func.func @transposed_depths_differ(%a: tensor<4x3xf32>, %b: tensor<3x2xf32>) {
  // expected-error @below {{'nn.matmul' op sums over 4 elements of the left and 2 of the right matrix}}
  %0 = nn.matmul %a transposed, %b transposed
         : (tensor<4x3xf32>, tensor<3x2xf32>) -> tensor<4x2xf32>
  return
}

// -----

func.func @other_result(%a: tensor<4x3xf32>, %b: tensor<3x2xf32>) {
  // expected-error @below {{'nn.matmul' op gives 4 x 2 elements}}
  %0 = nn.matmul %a, %b : (tensor<4x3xf32>, tensor<3x2xf32>) -> tensor<2x4xf32>
  return
}

// -----

func.func @bias_too_long(%x: tensor<4x3xf32>, %b: tensor<4xf32>) {
  // expected-error @below {{'nn.add_bias' op needs one number for each unit}}
  %0 = nn.add_bias %x, %b : tensor<4x3xf32>, tensor<4xf32>
  return
}

// -----

func.func @sum_of_the_wrong_dimension(%x: tensor<4x3xf32>) {
  // expected-error @below {{'nn.sum_samples' op needs one number for each unit}}
  %0 = nn.sum_samples %x : (tensor<4x3xf32>) -> tensor<4xf32>
  return
}

// -----

func.func @units_of_the_wrong_dimension(%x: tensor<4x3xf32>) {
  // expected-error @below {{'nn.sum_units' op gives one number for each sample}}
  %0 = nn.sum_units %x scale(1.0) : (tensor<4x3xf32>) -> tensor<3xf32>
  return
}

// -----

func.func @units_of_another_type(%x: tensor<4x3xf32>) {
  // expected-error @below {{'nn.sum_units' op gives one number for each sample}}
  %0 = nn.sum_units %x scale(1.0) : (tensor<4x3xf32>) -> tensor<4xf64>
  return
}

// -----

func.func @elements_lost(%x: tensor<4x6xf32>) {
  // expected-error @below {{'nn.reshape' op must keep the number of elements}}
  %0 = nn.reshape %x : (tensor<4x6xf32>) -> tensor<4x5xf32>
  return
}

// -----

func.func @elements_converted(%x: tensor<4x6xf32>) {
  // expected-error @below {{'nn.reshape' op must keep the number of elements}}
  %0 = nn.reshape %x : (tensor<4x6xf32>) -> tensor<4x6xf64>
  return
}

// -----

func.func @no_such_axis(%x: tensor<4x3xf32>, %v: tensor<3xf32>) {
  // expected-error @below {{'nn.scale_units' op has no dimension 2}}
  %0 = nn.scale_units %x, %v axis(2) : tensor<4x3xf32>, tensor<3xf32>
  return
}

// RUN: gradc-opt %s --split-input-file --verify-diagnostics

func.func @shape(%x: tensor<4x7xf32>) {
  // expected-error @below {{'nn.embedding' op gives features for each step of each sample}}
  %0 = nn.embedding "e" %x classes(10) weight(<lecun>) : (tensor<4x7xf32>) -> tensor<4x3xf32>
  return
}

// -----

func.func @too_many(%x: tensor<4x7xf32>) {
  // expected-error @below {{'nn.embedding' op has more classes than floats can count}}
  %0 = nn.embedding "e" %x classes(16777217) weight(<lecun>) : (tensor<4x7xf32>) -> tensor<4x7x3xf32>
  return
}

// -----

func.func @no_rows(%x: tensor<4x7xf32>, %t: tensor<10xf32>) {
  // expected-error @below {{'nn.lookup' op needs a table of rows}}
  %0 = nn.lookup %x, %t : (tensor<4x7xf32>, tensor<10xf32>) -> tensor<4x7xf32>
  return
}

// -----

func.func @other_rows(%g: tensor<4x7x2xf32>, %x: tensor<4x7xf32>) {
  // expected-error @below {{'nn.lookup_grad' op has a row of the table for each number}}
  %0 = nn.lookup_grad %g, %x : (tensor<4x7x2xf32>, tensor<4x7xf32>) -> tensor<10x3xf32>
  return
}

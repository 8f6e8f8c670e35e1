// RUN: gradc-opt %s --split-input-file --verify-diagnostics

func.func @unknown(%x: tensor<4xf32>) {
  // expected-error @below {{has no formula: expected a number, 'x' or a function at character 5}}
  %0 = nn.formula "x * y" %x : tensor<4xf32>
  return
}

// -----

func.func @rest(%x: tensor<4xf32>) {
  // expected-error @below {{has no formula: expected an operator at character 3}}
  %0 = nn.formula "x x" %x : tensor<4xf32>
  return
}

// -----

func.func @bracket(%x: tensor<4xf32>) {
  // expected-error @below {{has no formula: expected ')' at character 6}}
  %0 = nn.formula_grad "exp(x" %x, %x : tensor<4xf32>
  return
}

// -----

func.func @operands(%x: tensor<4xf32>) {
  // expected-error @below {{has no formula: expected 2 operands at character 6}}
  %0 = nn.formula "max(x)" %x : tensor<4xf32>
  return
}

// -----

func.func @power(%x: tensor<4xf32>) {
  // expected-error @below {{has no formula: expected a number as the power at character 9}}
  %0 = nn.formula "pow(x, x)" %x : tensor<4xf32>
  return
}

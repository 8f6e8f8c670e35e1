// RUN: gradc-opt %s --form-step --split-input-file --verify-diagnostics

// expected-note @below {{the first one is here}}
nn.network @first(%x: tensor<4x3xf32>) {
  nn.output
}

// expected-error @below {{'nn.network' op stands beside another one}}
nn.network @second(%x: tensor<4x3xf32>) {
  nn.output
}

// -----

// A training form and its inference form are a pair, two of one kind are not.
nn.network @net(%x: tensor<4x3xf32>) {
  nn.output
}

// expected-note @below {{the first one is here}}
nn.network @net_inference(%x: tensor<4x3xf32>) attributes {nn.inference} {
  nn.output
}

// expected-error @below {{'nn.network' op stands beside another one}}
nn.network @other_inference(%x: tensor<4x3xf32>) attributes {nn.inference} {
  nn.output
}

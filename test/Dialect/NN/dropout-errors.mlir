// RUN: gradc-opt %s --split-input-file --verify-diagnostics

func.func @nothing_left(%x: tensor<4x3xf32>) -> tensor<4x3xf32> {
  // expected-error @below {{'nn.dropout' op needs a rate of at least 0 and less than 1}}
  %0 = nn.dropout "thin" %x rate(1.0) : tensor<4x3xf32>
  return %0 : tensor<4x3xf32>
}

// -----

func.func @negative(%seed: i64, %step: i64) -> tensor<4x3xf32> {
  // expected-error @below {{'nn.dropout_mask' op needs a rate of at least 0 and less than 1}}
  %0 = nn.dropout_mask "thin" seed %seed step %step rate(-0.1) : tensor<4x3xf32>
  return %0 : tensor<4x3xf32>
}

// RUN: gradc-opt %s --clone-for-inference --verify-diagnostics

// The updates of a network cannot be left out: what assigns them would lose its
// value.
nn.network @differentiated(%x: tensor<2xf32>) -> tensor<2xf32> {
  %w = nn.parameter "w" initializer(<he>) fans([2, 2]) : tensor<2xf32>
  %rule = train.sgd rate(0.1)
  %wide = train.rate
  %rate = arith.truncf %wide : f64 to f32
  // expected-error @below {{'train.update' op stands in a network that has no inference form yet}}
  %next = train.update %w with %x scalars(%rate : f32) by %rule
            : tensor<2xf32> -> tensor<2xf32>
  nn.assign %w, %next : tensor<2xf32>
  nn.output %w : tensor<2xf32>
}

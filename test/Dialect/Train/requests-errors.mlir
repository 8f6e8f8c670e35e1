// RUN: gradc-opt %s --split-input-file --verify-diagnostics

func.func @clip_at_zero() {
  // expected-error @below {{'train.clip' op needs a finite threshold greater than 0, not 0.000000e+00}}
  train.clip norm 0.0
  return
}

// -----

func.func @clip_at_infinity() {
  // expected-error @below {{'train.clip' op needs a finite threshold greater than 0, not INF}}
  train.clip norm 0x7FF0000000000000
  return
}

// -----

func.func @negative_value(%g: tensor<2xf32>) {
  // expected-error @below {{'train.clip_by_value' op needs a finite threshold greater than 0, not -1.000000e+00}}
  %0 = train.clip_by_value %g threshold(-1.0) : tensor<2xf32>
  return
}

// -----

func.func @negative_norm(%g: tensor<2xf32>) {
  // expected-error @below {{'train.clip_by_norm' op needs a finite threshold greater than 0, not -1.000000e+00}}
  %0, %factor = train.clip_by_norm %g threshold(-1.0) : tensor<2xf32>
  return
}

// -----

func.func @nothing_to_clip() {
  // expected-error @below {{'train.clip_by_norm' op needs a gradient}}
  %factor = "train.clip_by_norm"() {threshold = 1.0 : f64} : () -> f64
  return
}

// RUN: gradc-opt %s --split-input-file --verify-diagnostics

func.func @eps_of_zero(%x: tensor<4x3xf32>) {
  // expected-error @below {{'nn.batch_norm' op needs an eps greater than 0}}
  %0 = nn.batch_norm "b" %x momentum(0.1) eps(0.0) : tensor<4x3xf32>
  return
}

// -----

func.func @momentum(%x: tensor<4x3xf32>) {
  // expected-error @below {{'nn.batch_norm' op needs a momentum of at least 0 and at most 1}}
  %0 = nn.batch_norm "b" %x momentum(1.5) eps(1.0e-5) : tensor<4x3xf32>
  return
}

// -----

func.func @no_units(%x: tensor<4xf32>) {
  // expected-error @below {{'nn.layer_norm' op needs samples and units}}
  %0 = nn.layer_norm "l" %x eps(1.0e-5) : tensor<4xf32>
  return
}

// -----

func.func @no_dimension(%x: tensor<4x3xf32>, %u: tensor<3xf32>) {
  // expected-error @below {{'nn.normalize' op has no dimension 2}}
  %0:3 = nn.normalize %x, %u, %u eps(1.0e-5) axis(2) : tensor<4x3xf32>, tensor<3xf32>
  return
}

// -----

func.func @other_units(%x: tensor<4x3xf32>, %u: tensor<4xf32>) {
  // expected-error @below {{'nn.normalize_grad' op needs one number for each unit}}
  %0:3 = nn.normalize_grad %x, %x, %u, %u, %u eps(1.0e-5) : tensor<4x3xf32>, tensor<4xf32>
  return
}

// -----

func.func @negative_eps(%x: tensor<4x3xf32>, %u: tensor<3xf32>) {
  // expected-error @below {{'nn.normalize' op needs an eps greater than 0}}
  %0:3 = nn.normalize %x, %u, %u eps(-1.0) : tensor<4x3xf32>, tensor<3xf32>
  return
}

// -----

func.func @all_dimensions(%x: tensor<4x3xf32>) {
  // expected-error @below {{'nn.normalize_rows' op must leave the samples apart}}
  %0:2 = nn.normalize_rows %x eps(1.0e-5) dimensions(2) : tensor<4x3xf32>, tensor<4xf32>
  return
}

// -----

func.func @other_rows(%x: tensor<4x3xf32>) {
  // expected-error @below {{'nn.normalize_rows' op gives one deviation for each row}}
  %0:2 = nn.normalize_rows %x eps(1.0e-5) dimensions(1) : tensor<4x3xf32>, tensor<3xf32>
  return
}

// -----

func.func @other_deviations(%x: tensor<4x3xf32>, %d: tensor<3xf32>) {
  // expected-error @below {{'nn.normalize_rows_grad' op needs one deviation for each row}}
  %0 = nn.normalize_rows_grad %x, %x, %d : tensor<4x3xf32>, tensor<3xf32>
  return
}

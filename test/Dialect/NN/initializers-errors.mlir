// RUN: gradc-opt %s --split-input-file --verify-diagnostics

// expected-error @below {{'zeros' takes 0 numbers, not 1}}
func.func @too_many() attributes {init = #nn.initializer<zeros, 1.0>} { return }

// -----

// expected-error @below {{'constant' takes 1 number, not 0}}
func.func @too_few() attributes {init = #nn.initializer<constant>} { return }

// -----

// expected-error @below {{'normal' takes 2 numbers, not 1}}
func.func @one_of_two() attributes {init = #nn.initializer<normal, 0.0>} { return }

// -----

// expected-error @below {{a number of an initializer must be finite}}
func.func @infinite() attributes {init = #nn.initializer<constant, 0x7FF0000000000000>} { return }

// -----

// expected-error @below {{the standard deviation of 'normal' must not be negative}}
func.func @negative() attributes {init = #nn.initializer<normal, 0.0, -1.0>} { return }

// -----

// expected-error @below {{the lower bound of 'uniform' is above its upper one}}
func.func @crossed() attributes {init = #nn.initializer<uniform, 1.0, -1.0>} { return }

// -----

// expected-error @below {{expected ::gradc::nn::InitializerKind to be one of: zeros, constant, normal, uniform, lecun, lecun_uniform, xavier, xavier_uniform, he, he_uniform, orthogonal}}
// expected-error @below {{failed to parse NN_Initializer parameter 'kind'}}
func.func @unknown() attributes {init = #nn.initializer<kaiming>} { return }

// -----

// expected-error @below {{the gain of 'orthogonal' must be greater than 0}}
func.func @no_gain() attributes {init = #nn.initializer<orthogonal, 0.0>} { return }

// -----

func.func @vector() {
  // expected-error @below {{needs two dimensions to begin orthogonal}}
  %0 = nn.parameter "b" initializer(<orthogonal>) fans([2, 2]) : tensor<2xf32>
  return
}

// -----

func.func @another_shape(%x: tensor<3x2xf64>) {
  // expected-error @below {{gives a matrix of the same shape}}
  %0 = nn.orthonormalize %x gain(1.0) : tensor<3x2xf64> -> tensor<2x3xf32>
  return
}

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

// expected-error @below {{expected ::gradc::nn::InitializerKind to be one of: zeros, constant, normal, uniform, lecun, lecun_uniform, xavier, xavier_uniform, he, he_uniform}}
// expected-error @below {{failed to parse NN_Initializer parameter 'kind'}}
func.func @unknown() attributes {init = #nn.initializer<kaiming>} { return }

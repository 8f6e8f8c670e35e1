// RUN: gradc-opt %s --split-input-file --verify-diagnostics

// expected-error @below {{an option of weights is an f64 of at least 0}}
func.func @negative() attributes {options = #nn.weight_options<l2 = -1.0>} { return }

// -----

// expected-error @below {{an option of weights is an f64 of at least 0}}
func.func @single() attributes {options = #nn.weight_options<l1 = 1.0 : f32>} { return }

// -----

// expected-error @below {{an option of weights is an f64 of at least 0}}
func.func @infinite() attributes {options = #nn.weight_options<lr_scale = 0x7FF0000000000000 : f64>} { return }

// -----

// expected-error @below {{the bound of a clip must be greater than 0}}
func.func @nothing_left() attributes {options = #nn.weight_options<clip = 0.0>} { return }

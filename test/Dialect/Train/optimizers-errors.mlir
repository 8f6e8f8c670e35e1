// RUN: gradc-opt %s --split-input-file --verify-diagnostics

func.func @state_lost(%w: tensor<2xf32>, %g: tensor<2xf32>, %v: tensor<2xf32>) {
  %rule = train.momentum rate(0.1) momentum(0.9)
  // expected-error @below {{'train.update' op gives other types than its states have}}
  %0 = train.update %w with %g states(%v) by %rule
         : tensor<2xf32>, tensor<2xf32> -> tensor<2xf32>
  return
}

// -----

func.func @state_of_another_type(%w: tensor<2xf32>, %g: tensor<2xf32>, %v: tensor<3xf32>) {
  %rule = train.momentum rate(0.1) momentum(0.9)
  // expected-error @below {{'train.update' op needs states of the parameter's type}}
  %0, %1 = train.update %w with %g states(%v) by %rule
         : tensor<2xf32>, tensor<3xf32> -> tensor<2xf32>, tensor<3xf32>
  return
}

// -----

func.func @too_few_states(%w: tensor<2xf32>, %g: tensor<2xf32>, %v: tensor<2xf32>) {
  %rule = train.adam rate(0.1) betas(0.9, 0.999) epsilon(1.0e-8)
  // expected-error @below {{'train.update' op has 1 state, but its rule keeps 2}}
  %0, %1 = train.update %w with %g states(%v) by %rule
         : tensor<2xf32>, tensor<2xf32> -> tensor<2xf32>, tensor<2xf32>
  return
}

// -----

func.func @states_of_no_use(%w: tensor<2xf32>, %g: tensor<2xf32>, %v: tensor<2xf32>) {
  %rule = train.momentum rate(0.1) momentum(0.9)
  // expected-error @below {{'train.update' op has 2 states, but its rule keeps 1}}
  %0, %1:2 = train.update %w with %g states(%v, %v) by %rule
         : tensor<2xf32>, tensor<2xf32>, tensor<2xf32>
         -> tensor<2xf32>, tensor<2xf32>, tensor<2xf32>
  return
}

// -----

func.func @no_scalars(%w: tensor<2xf32>, %g: tensor<2xf32>) {
  %rule = train.sgd rate(0.1)
  // expected-error @below {{'train.update' op has 0 scalars, but its rule takes 1}}
  %0 = train.update %w with %g by %rule : tensor<2xf32> -> tensor<2xf32>
  return
}

// -----

// Adam takes the rate and the correction of its second state.
func.func @too_few_scalars(%w: tensor<2xf32>, %g: tensor<2xf32>, %rate: f32) {
  %rule = train.adam rate(0.1) betas(0.9, 0.999) epsilon(1.0e-8)
  // expected-error @below {{'train.update' op has 1 scalar, but its rule takes 2}}
  %0, %1:2 = train.update %w with %g states(%w, %w) scalars(%rate : f32) by %rule
         : tensor<2xf32>, tensor<2xf32>, tensor<2xf32>
         -> tensor<2xf32>, tensor<2xf32>, tensor<2xf32>
  return
}

// -----

func.func @scalar_of_another_type(%w: tensor<2xf32>, %g: tensor<2xf32>, %rate: f64) {
  %rule = train.sgd rate(0.1)
  // expected-error @below {{'train.update' op needs scalars of the parameter's element type}}
  %0 = train.update %w with %g scalars(%rate : f64) by %rule
         : tensor<2xf32> -> tensor<2xf32>
  return
}

// -----

func.func @foreign_rule(%w: tensor<2xf32>, %g: tensor<2xf32>, %rate: f32,
                        %rule: !train.optimizer) {
  // expected-error @below {{'train.update' op needs a rule that an optimizer op gives}}
  %0 = train.update %w with %g scalars(%rate : f32) by %rule
         : tensor<2xf32> -> tensor<2xf32>
  return
}

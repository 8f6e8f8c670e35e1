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
  // expected-error @below {{'train.update' op has 1 states, but its rule keeps 2}}
  %0, %1 = train.update %w with %g states(%v) by %rule
         : tensor<2xf32>, tensor<2xf32> -> tensor<2xf32>, tensor<2xf32>
  return
}

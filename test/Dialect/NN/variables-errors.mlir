// RUN: gradc-opt %s --split-input-file --verify-diagnostics

// expected-error @below {{'nn.network' op must end with 'nn.output'}}
nn.network @no_output(%x: tensor<4x3xf32>) {
  llvm.unreachable
}

// -----

nn.network @other_type(%x: tensor<4x3xf32>) -> tensor<4x2xf32> {
  // expected-error @below {{'nn.output' op gives other types than the network's results}}
  nn.output %x : tensor<4x3xf32>
}

// -----

func.func @output_of_no_network(%x: tensor<4x3xf32>) {
  // expected-error @below {{'nn.output' op expects parent op 'nn.network'}}
  nn.output %x : tensor<4x3xf32>
}

// -----

// Files find variables by name: parameters and buffers share one space.
nn.network @one_name_twice() {
  // expected-note @below {{the other one is here}}
  %w = nn.parameter "w" initializer(<he>) fans([3, 2]) : tensor<3x2xf32>
  // expected-error @below {{'nn.buffer' op has the name "w" of another variable}}
  %b = nn.buffer "w" initial(0.0) : tensor<3x2xf32>
  nn.output
}

// -----

nn.network @two_parameters() {
  // expected-note @below {{the other one is here}}
  %w = nn.parameter "w" initializer(<he>) fans([3, 2]) : tensor<3x2xf32>
  // expected-error @below {{'nn.parameter' op has the name "w" of another variable}}
  %v = nn.parameter "w" initializer(<he>) fans([3, 2]) : tensor<3x2xf32>
  nn.output
}

// -----

func.func @one_fan() {
  // expected-error @below {{'nn.parameter' op needs a fan-in and a fan-out, both positive}}
  %w = nn.parameter "w" initializer(<he>) fans([3]) : tensor<3x2xf32>
  return
}

// -----

func.func @no_inputs() {
  // expected-error @below {{'nn.parameter' op needs a fan-in and a fan-out, both positive}}
  %w = nn.parameter "w" initializer(<he>) fans([0, 2]) : tensor<3x2xf32>
  return
}

// -----

func.func @written_value(%x: tensor<4x3xf32>) {
  // expected-error @below {{'nn.assign' op can only write a parameter or a buffer}}
  nn.assign %x, %x : tensor<4x3xf32>
  return
}

// -----

func.func @written_result(%x: tensor<4x3xf32>) {
  %0 = nn.relu %x : tensor<4x3xf32>
  // expected-error @below {{'nn.assign' op can only write a parameter or a buffer}}
  nn.assign %0, %x : tensor<4x3xf32>
  return
}

// -----

nn.network @assigned_twice(%x: tensor<3x2xf32>) {
  %w = nn.parameter "w" initializer(<he>) fans([3, 2]) : tensor<3x2xf32>
  %v = nn.buffer "v" initial(0.0) : tensor<3x2xf32>
  // expected-note @below {{the first one is here}}
  nn.assign %w, %x : tensor<3x2xf32>
  nn.assign %v, %x : tensor<3x2xf32>
  // expected-error @below {{'nn.assign' op gives a variable a second next value}}
  nn.assign %w, %v : tensor<3x2xf32>
  nn.output
}

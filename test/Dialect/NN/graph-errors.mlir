// RUN: gradc-opt %s --split-input-file --verify-diagnostics

func.func @nothing_to_add() -> tensor<4xf32> {
  // expected-error @below {{expected 1 or more operands, but found 0}}
  %0 = "nn.add_layer"() {name = "add"} : () -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

func.func @nothing_to_join() -> tensor<4xf32> {
  // expected-error @below {{needs something to join}}
  %0 = "nn.concat"() : () -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// -----

func.func @no_dimension(%x: tensor<4x3xf32>) {
  // expected-error @below {{has no dimension 2}}
  %0 = nn.concat %x axis(2) : (tensor<4x3xf32>) -> tensor<4x3xf32>
  return
}

// -----

func.func @other_samples(%x: tensor<4x3xf32>, %y: tensor<5x3xf32>) {
  // expected-error @below {{needs inputs that differ along their dimension 1 only}}
  %0 = nn.concat_layer "c" %x, %y : (tensor<4x3xf32>, tensor<5x3xf32>) -> tensor<4x6xf32>
  return
}

// -----

func.func @wrong_sum(%x: tensor<4x3xf32>) {
  // expected-error @below {{gives 'tensor<4x6xf32>'}}
  %0 = nn.concat %x, %x : (tensor<4x3xf32>, tensor<4x3xf32>) -> tensor<4x5xf32>
  return
}

// -----

func.func @slice_without_dimension(%x: tensor<4x3xf32>) {
  // expected-error @below {{has no dimension 2}}
  %0 = nn.slice %x offset(0) axis(2) : (tensor<4x3xf32>) -> tensor<4x3xf32>
  return
}

// -----

func.func @slice_of_all(%x: tensor<4x3xf32>) {
  // expected-error @below {{may differ from its input along dimension 1 only}}
  %0 = nn.slice %x offset(0) : (tensor<4x3xf32>) -> tensor<3x2xf32>
  return
}

// -----

func.func @slice_behind(%x: tensor<4x3xf32>) {
  // expected-error @below {{leaves its input}}
  %0 = nn.slice %x offset(2) : (tensor<4x3xf32>) -> tensor<4x2xf32>
  return
}

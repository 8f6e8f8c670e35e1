// RUN: gradc-opt %s --split-input-file --verify-diagnostics

func.func @no_yield(%a: memref<7x5xf32>, %b: memref<5x9xf32>, %c: memref<7x9xf32>) {
  // expected-error @below {{'kernel.product' op needs a body that ends with 'kernel.yield'}}
  kernel.product %a, %b into (%c : memref<7x9xf32>) : memref<7x5xf32>, memref<5x9xf32> {
  ^bb0(%sum: f32):
    %z = arith.negf %sum : f32
  }
  return
}

// -----

func.func @yields_too_much(%a: memref<7x5xf32>, %b: memref<5x9xf32>, %c: memref<7x9xf32>) {
  // expected-error @below {{'kernel.product' op needs a yielded value for each output}}
  kernel.product %a, %b into (%c : memref<7x9xf32>) : memref<7x5xf32>, memref<5x9xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum, %sum : f32, f32
  }
  return
}

// -----

func.func @yields_another_type(%a: memref<7x5xf32>, %b: memref<5x9xf32>, %c: memref<7x9xf32>) {
  // expected-error @below {{'kernel.product' op yields a 'f64' for an output of 'memref<7x9xf32>'}}
  kernel.product %a, %b into (%c : memref<7x9xf32>) : memref<7x5xf32>, memref<5x9xf32> {
  ^bb0(%sum: f32):
    %wide = arith.extf %sum : f32 to f64
    kernel.yield %wide : f64
  }
  return
}

// -----

func.func @no_argument_for_an_input(%a: memref<7x5xf32>, %b: memref<5x9xf32>, %c: memref<7x9xf32>, %v: memref<9xf32>) {
  // expected-error @below {{'kernel.product' op needs an argument of its body for the sum, each input and each output that is updated or joins columns}}
  kernel.product %a, %b with (%v : memref<9xf32>) into (%c : memref<7x9xf32>) : memref<7x5xf32>, memref<5x9xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  return
}

// -----

func.func @sum_of_another_type(%a: memref<7x5xf32>, %b: memref<5x9xf32>, %c: memref<7x9xf32>) {
  // expected-error @below {{'kernel.product' op needs a sum of type 'f32'}}
  kernel.product %a, %b into (%c : memref<7x9xf32>) : memref<7x5xf32>, memref<5x9xf32> {
  ^bb0(%sum: f64):
    %z = arith.truncf %sum : f64 to f32
    kernel.yield %z : f32
  }
  return
}

// -----

// What joins columns has one element for each.
func.func @joins_rows(%a: memref<7x5xf32>, %b: memref<5x9xf32>, %c: memref<7x9xf32>, %v: memref<7xf32>) {
  // expected-error @below {{'kernel.product' op has an output of 'memref<7xf32>' that cannot join its columns}}
  kernel.product %a, %b into (%c, %v : memref<7x9xf32>, memref<7xf32>) : memref<7x5xf32>, memref<5x9xf32> {
  ^bb0(%sum: f32, %before: f32):
    %next = arith.addf %before, %sum : f32
    kernel.yield %sum, %next : f32, f32
  }
  return
}

// -----

func.func @joins_alone(%a: memref<7x5xf32>, %b: memref<5x9xf32>, %v: memref<9xf32>) {
  // expected-error @below {{'kernel.product' op needs an output that is a matrix}}
  kernel.product %a, %b into (%v : memref<9xf32>) : memref<7x5xf32>, memref<5x9xf32> {
  ^bb0(%sum: f32, %before: f32):
    %next = arith.addf %before, %sum : f32
    kernel.yield %next : f32
  }
  return
}

// -----

// A vector has an element for each column.
func.func @input_of_rows(%a: memref<7x5xf32>, %b: memref<5x9xf32>, %c: memref<7x9xf32>, %v: memref<7xf32>) {
  // expected-error @below {{'kernel.product' op has an input of 'memref<7xf32>' that has no element for each of its results}}
  kernel.product %a, %b with (%v : memref<7xf32>) into (%c : memref<7x9xf32>) : memref<7x5xf32>, memref<5x9xf32> {
  ^bb0(%sum: f32, %e: f32):
    kernel.yield %sum : f32
  }
  return
}

// -----

// Panels have the sizes of the result, too.
func.func @input_in_panels(%a: memref<7x5xf32>, %b: memref<5x16xf32>, %c: memref<7x16xf32>, %m: memref<1x8x16xf32>) {
  // expected-error @below {{'kernel.product' op has an input of 'memref<1x8x16xf32>' that has no element for each of its results}}
  kernel.product %a, %b with (%m : memref<1x8x16xf32>) into (%c : memref<7x16xf32>) : memref<7x5xf32>, memref<5x16xf32> {
  ^bb0(%sum: f32, %e: f32):
    kernel.yield %sum : f32
  }
  return
}

// -----

func.func @input_in_narrow_panels(%a: memref<7x5xf32>, %b: memref<5x16xf32>, %c: memref<7x16xf32>, %m: memref<2x7x8xf32>) {
  // expected-error @below {{'kernel.product' op input must be a matrix of static sizes, or one in panels of 16 columns}}
  // expected-error @below {{'kernel.product' op has an input of 'memref<2x7x8xf32>' that has no element for each of its results}}
  kernel.product %a, %b with (%m : memref<2x7x8xf32>) into (%c : memref<7x16xf32>) : memref<7x5xf32>, memref<5x16xf32> {
  ^bb0(%sum: f32, %e: f32):
    kernel.yield %sum : f32
  }
  return
}

// -----

func.func @argument_of_another_type(%a: memref<7x5xf32>, %b: memref<5x9xf32>, %c: memref<7x9xf32>, %v: memref<9xf64>) {
  // expected-error @below {{'kernel.product' op has an input of 'memref<9xf64>' that has no element for each of its results}}
  kernel.product %a, %b with (%v : memref<9xf64>) into (%c : memref<7x9xf32>) : memref<7x5xf32>, memref<5x9xf32> {
  ^bb0(%sum: f32, %e: f32):
    kernel.yield %sum : f32
  }
  return
}

// -----

func.func @yield_alone(%x: f32) {
  // expected-error @below {{'kernel.yield' op expects parent op 'kernel.product'}}
  kernel.yield %x : f32
}

// RUN: gradc-opt %s --lower-products --split-input-file --verify-diagnostics

func.func @on_tensors(%a: tensor<7x5xf32>, %b: tensor<5x9xf32>, %c: tensor<7x9xf32>)
    -> tensor<7x9xf32> {
  // expected-error @below {{'kernel.product' op must be a product of whole static matrices in memory into memory of its own}}
  %y = kernel.product %a, %b into (%c : tensor<7x9xf32>)
      : tensor<7x5xf32>, tensor<5x9xf32> -> tensor<7x9xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  return %y : tensor<7x9xf32>
}

// -----

// A part of a matrix.
func.func @strided(%a: memref<7x5xf32, strided<[8, 1]>>, %b: memref<5x9xf32>,
                   %c: memref<7x9xf32>) {
  // expected-error @below {{'kernel.product' op must be a product of whole static matrices in memory}}
  kernel.product %a, %b into (%c : memref<7x9xf32>)
      : memref<7x5xf32, strided<[8, 1]>>, memref<5x9xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  return
}

// -----

// A panel is as wide as a vector: of f64 it would be two.
func.func @panels_of_doubles(%a: memref<7x5xf64>, %b: memref<2x5x16xf64>, %c: memref<7x32xf64>) {
  // expected-error @below {{'kernel.product' op must be a product of whole static matrices in memory}}
  kernel.product %a, %b into (%c : memref<7x32xf64>) : memref<7x5xf64>, memref<2x5x16xf64> {
  ^bb0(%sum: f64):
    kernel.yield %sum : f64
  }
  return
}

// -----

// A factor is read again after the first block has been written.
func.func @into_a_factor(%a: memref<5x5xf32>, %b: memref<5x5xf32>) {
  // expected-error @below {{'kernel.product' op must be a product of whole static matrices in memory into memory of its own}}
  kernel.product %a, %b into (%a : memref<5x5xf32>) : memref<5x5xf32>, memref<5x5xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  return
}

// -----

// Rows of overlapping blocks are computed twice, from an input that must be as it
// was. Another shape is the same memory.
func.func @into_an_input(%a: memref<15x5xf32>, %b: memref<5x16xf32>, %c: memref<1x15x16xf32>) {
  %d = memref.collapse_shape %c [[0, 1], [2]] : memref<1x15x16xf32> into memref<15x16xf32>
  // expected-error @below {{'kernel.product' op must be a product of whole static matrices in memory into memory of its own}}
  kernel.product %a, %b with (%d : memref<15x16xf32>) into (%c : memref<1x15x16xf32>)
      : memref<15x5xf32>, memref<5x16xf32> {
  ^bb0(%sum: f32, %old: f32):
    %next = arith.subf %old, %sum : f32
    kernel.yield %next : f32
  }
  return
}

// -----

func.func @captures(%a: memref<7x5xf32>, %b: memref<5x9xf32>, %c: memref<7x9xf32>, %x: f32) {
  // expected-error @below {{'kernel.product' op uses a value from outside that is no constant}}
  kernel.product %a, %b into (%c : memref<7x9xf32>) : memref<7x5xf32>, memref<5x9xf32> {
  ^bb0(%sum: f32):
    %z = arith.mulf %sum, %x : f32
    kernel.yield %z : f32
  }
  return
}

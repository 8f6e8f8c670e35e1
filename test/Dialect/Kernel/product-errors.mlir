// RUN: gradc-opt %s --split-input-file --verify-diagnostics

func.func @no_output(%a: memref<7x5xf32>, %b: memref<5x9xf32>) {
  // expected-error @below {{'kernel.product' op needs an output}}
  "kernel.product"(%a, %b) <{operandSegmentSizes = array<i32: 1, 1, 0, 0>}> ({
  ^bb0(%sum: f32):
    "kernel.yield"() : () -> ()
  }) : (memref<7x5xf32>, memref<5x9xf32>) -> ()
  return
}

// -----

func.func @unknown_rows(%a: memref<?x5xf32>, %b: memref<5x9xf32>, %c: memref<7x9xf32>) {
  // expected-error @below {{'kernel.product' op lhs must be a matrix of static sizes, or one in panels of 16 columns}}
  kernel.product %a, %b into (%c : memref<7x9xf32>) : memref<?x5xf32>, memref<5x9xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  return
}

// -----

func.func @narrow_panels(%a: memref<7x5xf32>, %b: memref<2x5x8xf32>, %c: memref<7x16xf32>) {
  // expected-error @below {{'kernel.product' op rhs must be a matrix of static sizes, or one in panels of 16 columns}}
  kernel.product %a, %b into (%c : memref<7x16xf32>) : memref<7x5xf32>, memref<2x5x8xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  return
}

// -----

func.func @whole_numbers(%a: memref<7x5xf32>, %b: memref<5x9xf32>, %c: memref<7x9xi32>) {
  // expected-error @below {{'kernel.product' op output must be a matrix of static sizes, or one in panels of 16 columns}}
  kernel.product %a, %b into (%c : memref<7x9xi32>) : memref<7x5xf32>, memref<5x9xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  return
}

// -----

func.func @transposed_panels(%a: memref<1x5x16xf32>, %b: memref<5x9xf32>, %c: memref<16x9xf32>) {
  // expected-error @below {{'kernel.product' op cannot take lhs in panels and transposed}}
  kernel.product transposed %a, %b into (%c : memref<16x9xf32>) : memref<1x5x16xf32>, memref<5x9xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  return
}

// -----

func.func @other_depth(%a: memref<7x5xf32>, %b: memref<6x9xf32>, %c: memref<7x9xf32>) {
  // expected-error @below {{'kernel.product' op has sizes that do not fit: 7x5 times 6x9 is no 7x9}}
  kernel.product %a, %b into (%c : memref<7x9xf32>) : memref<7x5xf32>, memref<6x9xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  return
}

// -----

// What is transposed is compared as such.
func.func @other_rows(%a: memref<7x5xf32>, %b: memref<5x9xf32>, %c: memref<7x9xf32>) {
  // expected-error @below {{'kernel.product' op has sizes that do not fit: 5x7 times 5x9 is no 7x9}}
  kernel.product transposed %a, %b into (%c : memref<7x9xf32>) : memref<7x5xf32>, memref<5x9xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  return
}

// -----

func.func @other_columns_in_panels(%a: memref<7x5xf32>, %b: memref<2x5x16xf32>, %c: memref<3x7x16xf32>) {
  // expected-error @below {{'kernel.product' op has sizes that do not fit: 7x5 times 5x32 is no 7x48}}
  kernel.product %a, %b into (%c : memref<3x7x16xf32>) : memref<7x5xf32>, memref<2x5x16xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  return
}

// -----

func.func @outputs_differ(%a: memref<7x5xf32>, %b: memref<5x9xf32>, %c: memref<7x9xf32>, %d: memref<9x7xf32>) {
  // expected-error @below {{'kernel.product' op has outputs of different sizes}}
  kernel.product %a, %b into (%c, %d : memref<7x9xf32>, memref<9x7xf32>) : memref<7x5xf32>, memref<5x9xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum, %sum : f32, f32
  }
  return
}

// -----

func.func @no_rows(%a: memref<0x5xf32>, %b: memref<5x16xf32>,
                   %c: memref<0x16xf32>) {
  // expected-error@+1 {{lhs must be a matrix of static sizes}}
  kernel.product %a, %b into (%c : memref<0x16xf32>)
      : memref<0x5xf32>, memref<5x16xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  return
}

// -----

func.func @types_of_factors(%a: memref<7x5xf64>, %b: memref<5x9xf32>,
                            %c: memref<7x9xf32>) {
  // expected-error@+1 {{has factors of different element types}}
  kernel.product %a, %b into (%c : memref<7x9xf32>)
      : memref<7x5xf64>, memref<5x9xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  return
}

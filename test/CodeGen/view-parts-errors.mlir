// RUN: gradc-opt %s --view-parts --split-input-file --verify-diagnostics

func.func @of_a_moving_part(%all: memref<4x4xf32, strided<[8, 1], offset: ?>>) {
  // expected-error @below {{'memref.subview' op is no part of static memory}}
  %0 = memref.subview %all[0, 0] [2, 4] [1, 1]
      : memref<4x4xf32, strided<[8, 1], offset: ?>> to memref<2x4xf32, strided<[8, 1], offset: ?>>
  return
}

// -----

func.func @gaps(%t: index) {
  %all = memref.alloc() : memref<4x4xf32>
  // expected-error @below {{'memref.subview' op has gaps, and no fixed place}}
  %0 = memref.subview %all[0, %t] [4, 2] [1, 1]
      : memref<4x4xf32> to memref<4x2xf32, strided<[4, 1], offset: ?>>
  return
}

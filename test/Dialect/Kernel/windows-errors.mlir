// RUN: gradc-opt %s --split-input-file --verify-diagnostics

func.func @beyond(%x: memref<1x4x4x2xf32>, %w: memref<12x5xf32>, %y: memref<9x5xf32>) {
  // expected-error @below {{op has windows that reach beyond lhs}}
  kernel.product windows <0 rows [3, 3] by [12, 3] depth [2, 6] by [12, 1]> %x, %w into (%y : memref<9x5xf32>) : memref<1x4x4x2xf32>, memref<12x5xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  return
}

// -----

func.func @transposed(%x: memref<1x4x4x3xf32>, %w: memref<12x5xf32>, %y: memref<9x5xf32>) {
  // expected-error @below {{op cannot take windows transposed}}
  kernel.product transposed windows <0 rows [3, 3] by [12, 3] depth [2, 6] by [12, 1]> %x, %w into (%y : memref<9x5xf32>) : memref<1x4x4x3xf32>, memref<12x5xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  return
}

// -----

func.func @updates(%x: memref<1x4x4x3xf32>, %w: memref<12x5xf32>, %y: memref<9x5xf32>) {
  // expected-error @below {{op cannot update by a product of windows}}
  kernel.product updates windows <0 rows [3, 3] by [12, 3] depth [2, 6] by [12, 1]> %x, %w into (%y : memref<9x5xf32>) : memref<1x4x4x3xf32>, memref<12x5xf32> {
  ^bb0(%sum: f32, %old: f32):
    kernel.yield %sum : f32
  }
  return
}

// -----

func.func @other_depth(%x: memref<1x4x4x3xf32>, %w: memref<12x5xf32>, %y: memref<9x5xf32>) {
  // expected-error @below {{op has sizes that do not fit: 9x6 times 12x5 is no 9x5}}
  kernel.product windows <0 rows [3, 3] by [12, 3] depth [6] by [1]> %x, %w into (%y : memref<9x5xf32>) : memref<1x4x4x3xf32>, memref<12x5xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  return
}

// -----

func.func @without_stride(%x: memref<1x4x4x3xf32>, %w: memref<12x5xf32>, %y: memref<9x5xf32>) {
  // expected-error @below {{windows need loops for rows and depth, each with a stride}}
  kernel.product windows <0 rows [3, 3] by [12] depth [2, 6] by [12, 1]> %x, %w into (%y : memref<9x5xf32>) : memref<1x4x4x3xf32>, memref<12x5xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  return
}

// -----

func.func @negative(%x: memref<1x4x4x3xf32>, %w: memref<12x5xf32>, %y: memref<9x5xf32>) {
  // expected-error @below {{windows need a start and strides that are not negative, and loops of at least one turn}}
  kernel.product windows <0 rows [3, 3] by [12, -3] depth [2, 6] by [12, 1]> %x, %w into (%y : memref<9x5xf32>) : memref<1x4x4x3xf32>, memref<12x5xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  return
}

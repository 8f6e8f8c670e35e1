// RUN: gradc-opt %s --lower-products | FileCheck %s
// RUN: gradc-opt %s --lower-products="registers=16 register-bytes=32" | FileCheck %s --check-prefix=NARROW

// One vector a row: sixteen rows are under way at a time, where two vectors leave
// registers for fourteen.
// CHECK-LABEL: func.func @ten_columns(
// CHECK: func.func private @product_48x10x5_f32
// CHECK: call @product_16x16_masked_f32
// CHECK: func.func private @product_28x32x5_f32
// CHECK: call @product_14x32_f32
// NARROW: call @product_6x16_masked_f32
func.func @ten_columns(%a: memref<48x5xf32>, %b: memref<5x10xf32>, %c: memref<48x10xf32>) {
  kernel.product %a, %b into(%c : memref<48x10xf32>) : memref<48x5xf32>, memref<5x10xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  return
}

func.func @two_vectors(%a: memref<28x5xf32>, %b: memref<5x32xf32>, %c: memref<28x32xf32>) {
  kernel.product %a, %b into(%c : memref<28x32xf32>) : memref<28x5xf32>, memref<5x32xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  return
}

// A run of fifteen windows is one block.
// CHECK: call @product_15x16_windows
func.func @windows(%x: memref<1x2x15x1xf32>, %w: memref<2x5xf32>, %y: memref<15x5xf32>) {
  kernel.product windows <0 rows [1, 15] by [15, 1] depth [2, 1] by [15, 1]> %x, %w
      into (%y : memref<15x5xf32>) : memref<1x2x15x1xf32>, memref<2x5xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  return
}

// RUN: gradc-opt %s --lower-products --split-input-file | FileCheck %s

// The windows of a 3x3 convolution of rows of 28 pixels: blocks of 14
// neighbouring pixels, whose distances are known, and loops over the window's
// rows and what lies in one of them. Nothing is copied.
// CHECK-LABEL: func.func @convolution
// CHECK-NOT: memref.alloc
// CHECK: call @product_1568x32x288_windows0_right_panels_f32
// CHECK: func.func private @product_1568x32x288_windows0_right_panels_f32
// CHECK: scf.for %{{.*}} to %c2
// CHECK: scf.for %{{.*}} to %c28
// CHECK: scf.for %{{.*}} step %c14
// CHECK: call @product_14x32_windows1_f32
// CHECK: func.func private @product_14x32_windows1_f32
// CHECK: scf.for %{{.*}} to %c3
// CHECK: scf.for %{{.*}} to %c96
// CHECK-COUNT-28: vector.fma
// CHECK-NOT: vector.fma
func.func @convolution(%x: memref<2x30x30x32xf32>, %w: memref<2x288x16xf32>, %y: memref<1568x32xf32>) {
  kernel.product windows <0 rows [2, 28, 28] by [28800, 960, 32] depth [3, 3, 32] by [960, 32, 1]> %x, %w
      into (%y : memref<1568x32xf32>) : memref<2x30x30x32xf32>, memref<2x288x16xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  return
}

// -----

// Short runs: a block takes two output rows of seven pixels.
// CHECK-LABEL: func.func @short_rows
// CHECK: call @product_14x16_windows
func.func @short_rows(%x: memref<1x9x9x1xf32>, %w: memref<9x16xf32>, %y: memref<49x16xf32>) {
  kernel.product windows <0 rows [1, 7, 7] by [81, 9, 1] depth [3, 3, 1] by [9, 1, 1]> %x, %w
      into (%y : memref<49x16xf32>) : memref<1x9x9x1xf32>, memref<9x16xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  return
}

// -----

// The gradient of a filter is a sum over all pixels. Parts of it are added up,
// and no element twice: after two blocks of ten taps comes one of five.
// CHECK-LABEL: func.func @filter_gradient
// CHECK: func.func private @product_25x6x50176
// CHECK: call @product_10x16_windows1_masked_f32
// CHECK: call @product_5x16_windows2_masked_f32
// CHECK: call @product_10x16_windows1_adds_masked_f32
// CHECK: call @product_5x16_windows2_adds_masked_f32
func.func @filter_gradient(%x: memref<64x32x32x1xf32>, %g: memref<50176x6xf32>, %w: memref<25x6xf32>) {
  kernel.product windows <0 rows [5, 5, 1] by [32, 1, 1] depth [64, 28, 28] by [1024, 32, 1]> %x, %g
      into (%w : memref<25x6xf32>) : memref<64x32x32x1xf32>, memref<50176x6xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  return
}

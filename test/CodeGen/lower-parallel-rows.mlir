// RUN: gradc-opt %s --lower-products=parallel --split-input-file | FileCheck %s

// One stretch of columns cannot be shared: threads take samples.
// CHECK-LABEL: func.func private @product_25088x32x288
// CHECK: scf.parallel (%[[SAMPLE:.*]]) = (%{{.*}}) to (%c32{{[_0-9]*}}) step (%c1
// CHECK: scf.for {{.*}} to %c28
// CHECK: scf.for {{.*}} to %c28{{.*}} step %c14
func.func @samples(%x: memref<32x30x30x32xf32>, %f: memref<288x32xf32>, %y: memref<25088x32xf32>) {
  kernel.product windows <0 rows [32, 28, 28] by [28800, 960, 32] depth [3, 3, 32] by [960, 32, 1]> %x, %f
      into (%y : memref<25088x32xf32>) : memref<32x30x30x32xf32>, memref<288x32xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  return
}

// -----

// The three rows of a filter would not go evenly on two threads: they share what
// lies in them, for each part of the long sum.
// CHECK-LABEL: func.func private @product_288x32x25088
// CHECK: scf.for {{.*}} to %c3
// CHECK: scf.parallel (%{{.*}}) = (%{{.*}}) to (%c96{{[_0-9]*}}) step (%c12
func.func @filters(%x: memref<32x30x30x32xf32>, %g: memref<25088x32xf32>, %f: memref<288x32xf32>) {
  kernel.product windows <0 rows [3, 3, 32] by [960, 32, 1] depth [32, 28, 28] by [28800, 960, 32]> %x, %g
      into (%f : memref<288x32xf32>) : memref<32x30x30x32xf32>, memref<25088x32xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  return
}

// -----

// Rows of one column must be joined in their order: no thread takes some of them.
// CHECK-LABEL: func.func private @product_256x64x256
// CHECK: scf.parallel (%[[COLUMN:.*]]) = (%{{.*}}) to (%c64{{[_0-9]*}}) step (%c32
// CHECK: scf.for {{.*}} to %c256
func.func @joined(%a: memref<256x256xf32>, %b: memref<256x64xf32>, %c: memref<256x64xf32>,
                  %s: memref<64xf32>) {
  kernel.product %a, %b into (%c, %s : memref<256x64xf32>, memref<64xf32>)
      : memref<256x256xf32>, memref<256x64xf32> {
  ^bb0(%sum: f32, %before: f32):
    %next = arith.addf %before, %sum : f32
    kernel.yield %sum, %next : f32, f32
  }
  return
}

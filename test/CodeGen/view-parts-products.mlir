// RUN: gradc-opt %s --view-parts | FileCheck %s

// What a product reads from the inside of a larger matrix is copied; the rest stays
// where it is.
// CHECK-LABEL: func.func @inside
// CHECK-SAME: %{{.*}}: memref<9x8xf32>, %[[B:.*]]: memref<5x6xf32>, %[[C:.*]]: memref<7x6xf32>
func.func @inside(%padded: memref<9x8xf32>, %b: memref<5x6xf32>, %c: memref<7x6xf32>) {
  // CHECK: %[[PART:.*]] = memref.reinterpret_cast
  %a = memref.subview %padded[1, 2] [7, 5] [1, 1]
      : memref<9x8xf32> to memref<7x5xf32, strided<[8, 1], offset: 10>>
  // CHECK: %[[WHOLE:.*]] = memref.alloc() : memref<7x5xf32>
  // CHECK: linalg.copy ins(%[[PART]] : {{.*}}) outs(%[[WHOLE]] : memref<7x5xf32>)
  // CHECK: kernel.product %[[WHOLE]], %[[B]] into(%[[C]] : memref<7x6xf32>)
  kernel.product %a, %b into (%c : memref<7x6xf32>)
      : memref<7x5xf32, strided<[8, 1], offset: 10>>, memref<5x6xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  return
}

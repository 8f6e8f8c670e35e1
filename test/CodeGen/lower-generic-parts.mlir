// RUN: gradc-opt %s --lower-generic | FileCheck %s

// A copy into a part of a buffer is a loop over that part, seen from the whole.
// CHECK-LABEL: func.func @copy_inside
// CHECK-SAME: %[[X:.*]]: memref<2x3x5x16xf32>, %[[Y:.*]]: memref<2x3x7x20xf32>
// CHECK-NOT: memref.subview
// CHECK-DAG: memref.reinterpret_cast %[[X]] to offset: [0], sizes: [6, 5, 16], strides: [80, 16, 1]
// CHECK-DAG: %[[INSIDE:.*]] = memref.reinterpret_cast %[[Y]] to offset: [22], sizes: [6, 5, 16], strides: [140, 20, 1]
// CHECK: vector.store %{{.*}}, %[[INSIDE]]
// CHECK-NOT: memref.copy
func.func @copy_inside(%x: memref<2x3x5x16xf32>, %y: memref<2x3x7x20xf32>) {
  %s = memref.subview %y[0, 0, 1, 2] [2, 3, 5, 16] [1, 1, 1, 1] : memref<2x3x7x20xf32> to memref<2x3x5x16xf32, strided<[420, 140, 20, 1], offset: 22>>
  memref.copy %x, %s : memref<2x3x5x16xf32> to memref<2x3x5x16xf32, strided<[420, 140, 20, 1], offset: 22>>
  return
}

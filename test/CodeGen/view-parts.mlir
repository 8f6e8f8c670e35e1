// RUN: gradc-opt %s --view-parts | FileCheck %s

// The slice of a stack that a turn of a loop takes has no gaps: it is a view of
// the stack's bytes, of a plain type, and so is a reshape of it.
// CHECK-LABEL: func.func @slice
// CHECK-SAME: %[[T:.*]]: index, %[[X:.*]]: f32
func.func @slice(%t: index, %x: f32) {
  // CHECK: %[[BYTES:.*]] = memref.alloc() : memref<336xi8>
  // CHECK: memref.view %[[BYTES]][%{{.*}}][] : memref<336xi8> to memref<7x3x4xf32>
  %stack = memref.alloc() : memref<7x3x4xf32>
  // CHECK: %[[SIZE:.*]] = arith.constant 48 : index
  // CHECK: %[[BEGIN:.*]] = arith.muli %[[T]], %[[SIZE]] : index
  // CHECK: %[[AT:.*]] = arith.addi %[[BEGIN]], %{{.*}} : index
  // CHECK: %[[SLICE:.*]] = memref.view %[[BYTES]][%[[AT]]][] : memref<336xi8> to memref<3x4xf32>
  %slice = memref.subview %stack[%t, 0, 0] [1, 3, 4] [1, 1, 1]
      : memref<7x3x4xf32> to memref<3x4xf32, strided<[4, 1], offset: ?>>
  // CHECK: %[[FLAT:.*]] = memref.collapse_shape %[[SLICE]] {{.*}} : memref<3x4xf32> into memref<12xf32>
  %flat = memref.collapse_shape %slice [[0, 1]]
      : memref<3x4xf32, strided<[4, 1], offset: ?>> into memref<12xf32, strided<[1], offset: ?>>
  // CHECK: linalg.fill ins(%[[X]] : f32) outs(%[[FLAT]] : memref<12xf32>)
  linalg.fill ins(%x : f32) outs(%flat : memref<12xf32, strided<[1], offset: ?>>)
  return
}

// A part with gaps keeps its strides; of a slice too. A copy of it is a loop.
// CHECK-LABEL: func.func @gate
func.func @gate(%t: index, %to: memref<3x2xf32>) {
  %stack = memref.alloc() : memref<7x3x4xf32>
  // CHECK: %[[SLICE:.*]] = memref.view
  // CHECK: %[[SLICE:.*]] = memref.view {{.*}} to memref<3x4xf32>
  %slice = memref.subview %stack[%t, 0, 0] [1, 3, 4] [1, 1, 1]
      : memref<7x3x4xf32> to memref<3x4xf32, strided<[4, 1], offset: ?>>
  // CHECK: %[[GATE:.*]] = memref.reinterpret_cast %[[SLICE]] to offset: [2], sizes: [3, 2], strides: [4, 1] : memref<3x4xf32> to memref<3x2xf32, strided<[4, 1], offset: 2>>
  %gate = memref.subview %slice[0, 2] [3, 2] [1, 1]
      : memref<3x4xf32, strided<[4, 1], offset: ?>> to memref<3x2xf32, strided<[4, 1], offset: ?>>
  // CHECK: linalg.copy ins(%[[GATE]] : memref<3x2xf32, strided<[4, 1], offset: 2>>)
  memref.copy %gate, %to : memref<3x2xf32, strided<[4, 1], offset: ?>> to memref<3x2xf32>
  return
}

// A part of what is a view of bytes already: of the state, for one.
// CHECK-LABEL: func.func @of_a_view
// CHECK-SAME: %[[STATE:.*]]: memref<256xi8>
func.func @of_a_view(%state: memref<256xi8>, %x: f32) {
  %c64 = arith.constant 64 : index
  %matrix = memref.view %state[%c64][] : memref<256xi8> to memref<3x4xf32>
  // CHECK: %[[AT:.*]] = arith.constant 80 : index
  // CHECK: memref.view %[[STATE]][%[[AT]]][] : memref<256xi8> to memref<4xf32>
  %row = memref.subview %matrix[1, 0] [1, 4] [1, 1]
      : memref<3x4xf32> to memref<4xf32, strided<[1], offset: 4>>
  %cast = memref.cast %row
      : memref<4xf32, strided<[1], offset: 4>> to memref<4xf32, strided<[1], offset: ?>>
  // CHECK: linalg.fill ins(%{{.*}} : f32) outs(%{{.*}} : memref<4xf32>)
  linalg.fill ins(%x : f32) outs(%cast : memref<4xf32, strided<[1], offset: ?>>)
  return
}

// A part of a part with gaps counts from the beginning of the whole.
// CHECK-LABEL: func.func @of_a_part
func.func @of_a_part(%x: f32) {
  // CHECK: %[[WHOLE:.*]] = memref.alloc() : memref<4x8xf32>
  %whole = memref.alloc() : memref<4x8xf32>
  %half = memref.subview %whole[0, 4] [4, 4] [1, 1]
      : memref<4x8xf32> to memref<4x4xf32, strided<[8, 1], offset: 4>>
  // CHECK: %[[PART:.*]] = memref.reinterpret_cast {{.*}} to offset: [21], sizes: [2, 2], strides: [8, 2]
  %part = memref.subview %half[2, 1] [2, 2] [1, 2]
      : memref<4x4xf32, strided<[8, 1], offset: 4>> to memref<2x2xf32, strided<[8, 2], offset: 21>>
  // CHECK: linalg.fill ins(%{{.*}} : f32) outs(%[[PART]] :
  linalg.fill ins(%x : f32) outs(%part : memref<2x2xf32, strided<[8, 2], offset: 21>>)
  return
}

// An argument has no bytes to view: its part keeps the place where it begins.
// CHECK-LABEL: func.func @of_an_argument
// CHECK-SAME: %[[ALL:.*]]: memref<4x8xf32>, %[[T:.*]]: index, %[[X:.*]]: f32
func.func @of_an_argument(%all: memref<4x8xf32>, %t: index, %x: f32) {
  // CHECK: %[[STRIDE:.*]] = arith.constant 8 : index
  // CHECK: %[[BEGIN:.*]] = arith.muli %[[T]], %[[STRIDE]] : index
  // CHECK: %[[ROWS:.*]] = memref.reinterpret_cast %[[ALL]] to offset: [%[[BEGIN]]], sizes: [2, 8], strides: [8, 1] : memref<4x8xf32> to memref<2x8xf32, strided<[8, 1], offset: ?>>
  %rows = memref.subview %all[%t, 0] [2, 8] [1, 1]
      : memref<4x8xf32> to memref<2x8xf32, strided<[8, 1], offset: ?>>
  // CHECK: linalg.fill ins(%[[X]] : f32) outs(%[[ROWS]] :
  linalg.fill ins(%x : f32) outs(%rows : memref<2x8xf32, strided<[8, 1], offset: ?>>)
  return
}

// RUN: gradc-opt %s --lower-products --split-input-file | FileCheck %s
// RUN: gradc-opt %s --lower-products="registers=16 register-bytes=32" --split-input-file \
// RUN:   | FileCheck %s --check-prefix=NARROW

// A product is a call of a function for its shapes, which equal products share.
// CHECK-LABEL: func.func @twice
// CHECK-SAME: %[[A:.*]]: memref<7x5xf32>, %[[B:.*]]: memref<5x100xf32>, %[[C:.*]]: memref<7x100xf32>
func.func @twice(%a: memref<7x5xf32>, %b: memref<5x100xf32>, %c: memref<7x100xf32>) {
  // CHECK: %[[FLAT_A:.*]] = memref.reinterpret_cast %[[A]]
  // CHECK: %[[FLAT_B:.*]] = memref.reinterpret_cast %[[B]]
  // CHECK: %[[FLAT_C:.*]] = memref.reinterpret_cast %[[C]]
  // CHECK: call @product_7x100x5_f32(%[[FLAT_A]], %[[FLAT_B]], %[[FLAT_C]])
  // CHECK: call @product_7x100x5_f32(
  // CHECK-NOT: kernel.product
  kernel.product %a, %b into (%c : memref<7x100xf32>) : memref<7x5xf32>, memref<5x100xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  kernel.product %a, %b into (%c : memref<7x100xf32>) : memref<7x5xf32>, memref<5x100xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  return
}

// CHECK-LABEL: func.func @same_block
func.func @same_block(%a: memref<7x9xf32>, %b: memref<9x36xf32>, %c: memref<7x36xf32>) {
  // CHECK: call @product_7x36x9_f32(
  kernel.product %a, %b into (%c : memref<7x36xf32>) : memref<7x9xf32>, memref<9x36xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  return
}

// It walks over the columns in stretches and over the rows in blocks. With 32
// registers of 64 bytes a block is 7 x 32 here, as high as the matrix; with 16 of
// 32 bytes it is 4 x 16, and the last block overlaps the one before it, from row 3
// on. What is left of the columns has a kernel of its own.
// CHECK: func.func private @product_7x100x5_f32({{.*}} attributes {no_inline} {
// CHECK: scf.for %{{.*}} = %{{.*}} to %c96{{.*}} step %c32
// CHECK: call @product_7x32_f32(
// CHECK: call @product_7x16_masked_f32(
// CHECK-NOT: call
// NARROW: func.func private @product_7x100x5_f32(
// NARROW: scf.for %{{.*}} = %{{.*}} to %c96{{.*}} step %c16
// NARROW: scf.for %{{.*}} = %{{.*}} to %c4{{.*}} step %c4
// NARROW: call @product_4x16_f32(
// NARROW: %[[LAST:.*]] = arith.constant 3 : index
// NARROW: arith.muli %[[LAST]]
// NARROW: call @product_4x16_f32(
// NARROW: call @product_4x16_masked_f32(

// A kernel keeps its whole block in registers during the sum: 7 rows of two
// vectors are carried by the loop.
// CHECK: func.func private @product_7x32_f32({{.*}} attributes {no_inline} {
// CHECK-NOT: vector.create_mask
// CHECK: %[[SUMS:.*]]:14 = scf.for
// CHECK-COUNT-2: vector.load
// CHECK-COUNT-14: vector.fma %{{.*}}, %{{.*}}, %{{.*}} : vector<16xf32>
// CHECK: scf.yield
// CHECK: vector.store %[[SUMS]]#0
// CHECK-COUNT-13: vector.store
// CHECK-NOT: vector.maskedstore

// Behind the last column the right factor may end: it is read under a mask.
// CHECK: func.func private @product_7x16_masked_f32(
// CHECK: %[[MASK:.*]] = vector.create_mask
// CHECK: vector.maskedload %{{.*}}, %[[MASK]],
// CHECK-COUNT-7: vector.fma
// CHECK-COUNT-7: vector.maskedstore %{{.*}}, %[[MASK]],

// Products of other shapes share the kernels where the block is the same.
// CHECK: func.func private @product_7x36x9_f32(
// CHECK: call @product_7x32_f32(
// CHECK: call @product_7x16_masked_f32(
// CHECK-NOT: func.func private

// -----

// The larger factor is walked through once: of this one the blocks of rows are
// outside. 14 rows are the most; the last block of 97 begins at row 83. A vector
// holds eight f64, and 24 columns are whole vectors.
// CHECK: func.func private @product_97x24x5_f64(
// CHECK: scf.for %{{.*}} = %{{.*}} to %c84{{.*}} step %c14
// CHECK: scf.for %{{.*}} = %{{.*}} to %c16{{.*}} step %c16
// CHECK: call @product_14x16_f64(
// CHECK: call @product_14x8_f64(
// CHECK: arith.constant 83 : index
// CHECK: call @product_14x16_f64(
// CHECK: call @product_14x8_f64(
// CHECK: func.func private @product_14x16_f64(
// CHECK-COUNT-28: vector.fma {{.*}} : vector<8xf64>
// CHECK-NOT: vector.fma
// CHECK: func.func private @product_14x8_f64(
func.func @many_rows(%a: memref<97x5xf64>, %b: memref<5x24xf64>, %c: memref<97x24xf64>) {
  kernel.product %a, %b into (%c : memref<97x24xf64>) : memref<97x5xf64>, memref<5x24xf64> {
  ^bb0(%sum: f64):
    kernel.yield %sum : f64
  }
  return
}

// -----

// A transposed left factor is read with other distances: 1 from row to row, 3 along
// the sum. Up to 4 rows a block is four vectors wide.
// CHECK: func.func private @product_3x100x5_transposed_f32(%[[A:[^:]*]]:
// CHECK: call @product_3x64_f32(%[[A]], %{{[^,]*}}, %c1{{(_[0-9]+)?}}, %c3{{(_[0-9]+)?}},
// CHECK: func.func private @product_3x64_f32
// CHECK: %{{.*}}:12 = scf.for
func.func @transposed(%a: memref<5x3xf32>, %b: memref<5x100xf32>, %c: memref<3x100xf32>) {
  kernel.product transposed %a, %b into (%c : memref<3x100xf32>)
      : memref<5x3xf32>, memref<5x100xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  return
}

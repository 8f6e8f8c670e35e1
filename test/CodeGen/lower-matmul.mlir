// RUN: gradc-opt %s --lower-matmul --split-input-file | FileCheck %s
// RUN: gradc-opt %s --lower-matmul="registers=16 register-bytes=32" --split-input-file \
// RUN:   | FileCheck %s --check-prefix=NARROW

// A product is a call of a function for its shapes, which equal products share.
// The zeros it is added to are not written: the kernel begins with them.
// CHECK-LABEL: func.func @twice
// CHECK-SAME: %[[A:.*]]: memref<7x5xf32>, %[[B:.*]]: memref<5x100xf32>, %[[C:.*]]: memref<7x100xf32>
func.func @twice(%a: memref<7x5xf32>, %b: memref<5x100xf32>, %c: memref<7x100xf32>) {
  %zero = arith.constant 0.0 : f32
  // CHECK-NOT: linalg.fill
  // CHECK: %[[FLAT_A:.*]] = memref.reinterpret_cast %[[A]]
  // CHECK: %[[FLAT_B:.*]] = memref.reinterpret_cast %[[B]]
  // CHECK: %[[FLAT_C:.*]] = memref.reinterpret_cast %[[C]]
  // CHECK: call @matmul_7x100x5_f32(%[[FLAT_A]], %[[FLAT_B]], %[[FLAT_C]])
  linalg.fill ins(%zero : f32) outs(%c : memref<7x100xf32>)
  linalg.matmul ins(%a, %b : memref<7x5xf32>, memref<5x100xf32>) outs(%c : memref<7x100xf32>)
  // CHECK: call @matmul_7x100x5_f32(
  linalg.fill ins(%zero : f32) outs(%c : memref<7x100xf32>)
  linalg.matmul ins(%a, %b : memref<7x5xf32>, memref<5x100xf32>) outs(%c : memref<7x100xf32>)
  return
}

// CHECK-LABEL: func.func @same_block
func.func @same_block(%a: memref<7x9xf32>, %b: memref<9x40xf32>, %c: memref<7x40xf32>) {
  %zero = arith.constant 0.0 : f32
  // CHECK: call @matmul_7x40x9_f32(
  linalg.fill ins(%zero : f32) outs(%c : memref<7x40xf32>)
  linalg.matmul ins(%a, %b : memref<7x9xf32>, memref<9x40xf32>) outs(%c : memref<7x40xf32>)
  return
}

// It runs over panels of columns, each over blocks of rows. With 32 registers of
// 64 bytes a block is 7 x 32 here, as high as the matrix; with 16 of 32 bytes it
// is 4 x 16, and the last block overlaps the one before it, from row 3 on.
// CHECK: func.func private @matmul_7x100x5_f32({{.*}} attributes {no_inline} {
// CHECK: scf.for %{{.*}} = %{{.*}} to %c100 step %c32
// CHECK: scf.for %{{.*}} = %{{.*}} to %c7 step %c7
// CHECK: call @product_7x32_masked_f32(
// CHECK-NOT: call
// NARROW: func.func private @matmul_7x100x5_f32(
// NARROW: scf.for %{{.*}} = %{{.*}} to %c100 step %c16
// NARROW: call @pack_16_rows_f32(
// NARROW: scf.for %{{.*}} = %{{.*}} to %c4{{(_[0-9]+)?}} step %c4
// NARROW: call @product_4x16_f32(
// NARROW: %[[LAST:.*]] = arith.constant 3 : index
// NARROW: arith.muli %[[LAST]]
// NARROW: call @product_4x16_f32(

// The kernel keeps its whole block in registers during the sum: 7 rows of two
// vectors are carried by the loop. Where nothing is packed the right factor ends
// with its matrix, and is read under a mask.
// CHECK: func.func private @product_7x32_masked_f32({{.*}} attributes {no_inline} {
// CHECK: vector.create_mask
// CHECK: %[[SUMS:.*]]:14 = scf.for
// CHECK-COUNT-2: vector.maskedload
// CHECK-COUNT-14: vector.fma %{{.*}}, %{{.*}}, %{{.*}} : vector<16xf32>
// CHECK: scf.yield
// CHECK: scf.if
// CHECK-COUNT-14: vector.store
// CHECK: else
// CHECK-COUNT-14: vector.maskedstore

// Products of other shapes share the kernel where the block is the same.
// CHECK: func.func private @matmul_7x40x9_f32(
// CHECK: call @product_7x32_masked_f32(
// CHECK-NOT: func.func private

// -----

// Where a panel is read by several blocks it is packed first, once for all of
// them; the kernel then reads whole vectors.
// CHECK-LABEL: func.func @packed
func.func @packed(%a: memref<30x5xf64>, %b: memref<5x100xf64>, %c: memref<30x100xf64>) {
  %zero = arith.constant 0.0 : f64
  // CHECK: %[[MEMORY:.*]] = memref.alloc() : memref<80xf64>
  // CHECK: %[[PANEL:.*]] = memref.reinterpret_cast %[[MEMORY]]
  // CHECK: call @matmul_30x100x5_f64(%{{.*}}, %{{.*}}, %{{.*}}, %[[PANEL]])
  linalg.fill ins(%zero : f64) outs(%c : memref<30x100xf64>)
  linalg.matmul ins(%a, %b : memref<30x5xf64>, memref<5x100xf64>) outs(%c : memref<30x100xf64>)
  return
}

// CHECK: func.func private @matmul_30x100x5_f64(%{{[^:]*}}: {{[^,]*}}, %[[B:[^:]*]]: {{[^,]*}}, %{{[^:]*}}: {{[^,]*}}, %[[PANEL:[^:]*]]:
// CHECK: scf.for %{{.*}} = %{{.*}} to %c100 step %c16
// CHECK: call @pack_16_rows_f64(%[[B]], %{{.*}}, %{{.*}}, %{{.*}}, %[[PANEL]],
// CHECK: scf.for %{{.*}} = %{{.*}} to %c30 step %c10
// CHECK: call @product_10x16_f64({{[^,]*, [^,]*, [^,]*, [^,]*}}, %[[PANEL]],
// CHECK: func.func private @pack_16_rows_f64
// CHECK: vector.maskedload {{.*}} into vector<8xf64>
// CHECK: vector.store
// CHECK: func.func private @product_10x16_f64
// CHECK: scf.for
// CHECK-COUNT-2: vector.load
// CHECK-NOT: vector.maskedload

// -----

#lhs_t = affine_map<(d0, d1, d2) -> (d2, d0)>
#rhs_t = affine_map<(d0, d1, d2) -> (d1, d2)>
#result = affine_map<(d0, d1, d2) -> (d0, d1)>

// A transposed left factor is read with other distances: 1 from row to row, 3
// along the sum. A transposed right one is packed in any case, element by element.
// Up to 4 rows a block is four vectors wide.
// CHECK-LABEL: func.func @transposed
func.func @transposed(%a: memref<5x3xf32>, %b: memref<100x5xf32>, %c: memref<3x100xf32>) {
  %zero = arith.constant 0.0 : f32
  // CHECK: memref.alloc() : memref<320xf32>
  // CHECK: call @matmul_3x100x5_left_transposed_right_transposed_f32(
  linalg.fill ins(%zero : f32) outs(%c : memref<3x100xf32>)
  linalg.matmul indexing_maps = [#lhs_t, #rhs_t, #result]
    ins(%a, %b : memref<5x3xf32>, memref<100x5xf32>) outs(%c : memref<3x100xf32>)
  return
}

// CHECK: func.func private @matmul_3x100x5_left_transposed_right_transposed_f32(%[[A:[^:]*]]:
// CHECK: call @pack_64_columns_f32(
// CHECK: call @product_3x64_f32(%[[A]], %{{[^,]*}}, %c1{{(_[0-9]+)?}}, %c3{{(_[0-9]+)?}},
// CHECK: func.func private @pack_64_columns_f32
// CHECK: memref.load
// CHECK: memref.store
// CHECK: func.func private @product_3x64_f32
// CHECK: %{{.*}}:12 = scf.for

// -----

// What is written in between to another place of the same block leaves the zeros
// as they are.
// CHECK-LABEL: func.func @apart
func.func @apart(%a: memref<7x5xf32>, %b: memref<5x9xf32>, %state: memref<512xi8>) {
  %zero = arith.constant 0.0 : f32
  %one = arith.constant 1.0 : f32
  %at = arith.constant 0 : index
  %other = arith.constant 256 : index
  %c = memref.view %state[%at][] : memref<512xi8> to memref<7x9xf32>
  %d = memref.view %state[%other][] : memref<512xi8> to memref<7x9xf32>
  // CHECK-COUNT-1: linalg.fill
  linalg.fill ins(%zero : f32) outs(%c : memref<7x9xf32>)
  linalg.fill ins(%one : f32) outs(%d : memref<7x9xf32>)
  // CHECK-NOT: linalg.fill
  // CHECK: call @matmul_7x9x5_f32(
  linalg.matmul ins(%a, %b : memref<7x5xf32>, memref<5x9xf32>) outs(%c : memref<7x9xf32>)
  return
}

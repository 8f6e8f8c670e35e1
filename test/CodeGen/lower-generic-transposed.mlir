// RUN: gradc-opt %s --lower-generic --split-input-file | FileCheck %s

#matrix = affine_map<(d0, d1) -> (d0, d1)>
#transposed = affine_map<(d0, d1) -> (d1, d0)>

// Squares of eight vectors are transposed in registers, in three rounds of
// shuffles, and stored: 19 rows are two squares and three vectors more, ten columns
// one square and two.
// CHECK-LABEL: func.func @transpose
// CHECK-SAME: %[[X:.*]]: memref<10x19xf64>, %[[Y:.*]]: memref<19x10xf64>
// CHECK-NOT: memref.alloca
// CHECK: scf.for %[[I:.*]] = %{{.*}} to %c16{{.*}} step %c8
// CHECK: scf.for %[[J:.*]] = %{{.*}} to %c8{{.*}} step %c8
// CHECK: %[[FIRST:.*]] = arith.addi %[[J]], %c0
// CHECK: %[[A:.*]] = vector.load %[[X]][%[[FIRST]], %[[I]]] : memref<10x19xf64>, vector<8xf64>
// CHECK-COUNT-3: vector.load %[[X]]
// CHECK: %[[B:.*]] = vector.load %[[X]]
// CHECK-COUNT-3: vector.load %[[X]]
// CHECK: %[[LOWER:.*]] = vector.shuffle %[[A]], %[[B]] [0, 1, 2, 3, 8, 9, 10, 11]
// CHECK: %[[UPPER:.*]] = vector.shuffle %[[A]], %[[B]] [4, 5, 6, 7, 12, 13, 14, 15]
// CHECK-COUNT-6: vector.shuffle
// CHECK: vector.shuffle %[[LOWER]], %{{.*}} [0, 1, 8, 9, 4, 5, 12, 13]
// CHECK-COUNT-7: vector.shuffle
// CHECK: vector.shuffle {{.*}} [0, 8, 2, 10, 4, 12, 6, 14]
// CHECK-COUNT-7: vector.shuffle
// CHECK: %[[ROW:.*]] = arith.addi %[[I]], %c0
// CHECK: vector.store %{{.*}}, %[[Y]][%[[ROW]], %[[J]]]
// CHECK-COUNT-7: vector.store %{{.*}}, %[[Y]]
// The columns that are left: two vectors are loaded, and stored under a mask.
// CHECK: scf.for %{{.*}} to %c16{{.*}} step %c8
// CHECK-COUNT-2: vector.load %[[X]]
// CHECK-NOT: vector.load %[[X]]
// CHECK: vector.constant_mask [2]
// CHECK-COUNT-8: vector.maskedstore %[[Y]]
// The rows that are left are loaded under a mask.
// CHECK: scf.for %{{.*}} to %c8{{.*}} step %c8
// CHECK: vector.constant_mask [3]
// CHECK-COUNT-8: vector.maskedload %[[X]]
// CHECK-COUNT-3: vector.store %{{.*}}, %[[Y]]
// Both at the corner.
// CHECK-COUNT-2: vector.maskedload %[[X]]
// CHECK-COUNT-3: vector.maskedstore %[[Y]]
// CHECK-NOT: vector.maskedstore
func.func @transpose(%x: memref<10x19xf64>, %y: memref<19x10xf64>) {
  linalg.generic {indexing_maps = [#transposed, #matrix], iterator_types = ["parallel", "parallel"]}
    ins(%x : memref<10x19xf64>) outs(%y : memref<19x10xf64>) {
    ^bb0(%in: f64, %out: f64):
      linalg.yield %in : f64
  }
  return
}

// -----

#matrix = affine_map<(d0, d1) -> (d0, d1)>
#transposed = affine_map<(d0, d1) -> (d1, d0)>
#row = affine_map<(d0, d1) -> (d0)>
#column = affine_map<(d0, d1) -> (d1)>

// A formula reads two transposed matrices, each from a square of its own, one that
// lies right, a number for each row and one for each column.
// CHECK-LABEL: func.func @formula
// CHECK-SAME: %[[A:[^:]*]]: memref<16x16xf32>, %[[B:[^:]*]]: memref<16x16xf32>, %[[M:[^:]*]]: memref<16x16xf32>, %[[R:[^:]*]]: memref<16xf32>, %[[C:[^:]*]]: memref<16xf32>,
// CHECK: %[[SQUARES:.*]] = memref.alloca() {{.*}} : memref<2x16x16xf32>
// CHECK-COUNT-16: vector.load %[[A]]
// CHECK-COUNT-16: vector.load %[[B]]
// CHECK: scf.for
// CHECK-DAG: %[[FIRST:.*]] = vector.load %[[SQUARES]][%c0
// CHECK-DAG: %[[SECOND:.*]] = vector.load %[[SQUARES]][%c1
// CHECK-DAG: vector.load %[[M]]
// CHECK-DAG: memref.load %[[R]]
// CHECK-DAG: vector.load %[[C]]
// CHECK: arith.addf %[[FIRST]], %[[SECOND]] : vector<16xf32>
// CHECK-COUNT-3: arith.addf
// CHECK: vector.store
func.func @formula(%a: memref<16x16xf32>, %b: memref<16x16xf32>, %m: memref<16x16xf32>,
                   %r: memref<16xf32>, %c: memref<16xf32>, %y: memref<16x16xf32>) {
  linalg.generic {indexing_maps = [#transposed, #transposed, #matrix, #row, #column, #matrix],
                  iterator_types = ["parallel", "parallel"]}
    ins(%a, %b, %m, %r, %c : memref<16x16xf32>, memref<16x16xf32>, memref<16x16xf32>,
                             memref<16xf32>, memref<16xf32>) outs(%y : memref<16x16xf32>) {
    ^bb0(%e0: f32, %e1: f32, %e2: f32, %e3: f32, %e4: f32, %out: f32):
      %0 = arith.addf %e0, %e1 : f32
      %1 = arith.addf %0, %e2 : f32
      %2 = arith.addf %1, %e3 : f32
      %3 = arith.addf %2, %e4 : f32
      linalg.yield %3 : f32
  }
  return
}

// -----

#other = affine_map<(d0, d1, d2) -> (d0, d2, d1)>
#same = affine_map<(d0, d1, d2) -> (d0, d1, d2)>

// Loops around the squares stay loops.
// CHECK-LABEL: func.func @batch
// CHECK-SAME: %[[X:[^:]*]]: memref<3x16x16xf32>
// CHECK: scf.for %[[N:.*]] = %{{.*}} to %c3
// CHECK: scf.for
// CHECK: vector.load %[[X]][%[[N]],
// CHECK: vector.shuffle
func.func @batch(%x: memref<3x16x16xf32>, %y: memref<3x16x16xf32>) {
  linalg.generic {indexing_maps = [#other, #same], iterator_types = ["parallel", "parallel", "parallel"]}
    ins(%x : memref<3x16x16xf32>) outs(%y : memref<3x16x16xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
  }
  return
}

// -----

#matrix = affine_map<(d0, d1) -> (d0, d1)>
#transposed = affine_map<(d0, d1) -> (d1, d0)>

// Two types would need two kinds of room: scalar loops do it.
// CHECK-LABEL: func.func @two_types(
// CHECK-NOT: alloca
// CHECK: memref.load {{.*}} : memref<16x16xf64>
func.func @two_types(%x: memref<16x16xf32>, %z: memref<16x16xf64>,
                     %y: memref<16x16xf32>) {
  linalg.generic {indexing_maps = [#transposed, #transposed, #matrix],
                  iterator_types = ["parallel", "parallel"]}
    ins(%x, %z : memref<16x16xf32>, memref<16x16xf64>)
    outs(%y : memref<16x16xf32>) {
  ^bb0(%in: f32, %wide: f64, %out: f32):
    %1 = arith.extf %in : f32 to f64
    %2 = arith.addf %1, %wide : f64
    %3 = arith.truncf %2 : f64 to f32
    linalg.yield %3 : f32
  }
  return
}

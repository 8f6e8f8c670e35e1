// RUN: gradc-opt %s --lower-generic | FileCheck %s

#matrix = affine_map<(d0, d1) -> (d0, d1)>
#column = affine_map<(d0, d1) -> (d1)>
#transposed = affine_map<(d0, d1) -> (d1, d0)>

// Where every operand is the whole matrix there is one loop over all elements, in
// vectors of 64 bytes; the 3 elements that are left are done under a mask.
// CHECK-LABEL: func.func @loops
// CHECK-SAME: %[[X:.*]]: memref<5x7xf32>, %[[Y:.*]]: memref<5x7xf32>
func.func @loops(%x: memref<5x7xf32>, %y: memref<5x7xf32>) {
  // CHECK: %[[FROM:.*]] = memref.reinterpret_cast %[[X]] to offset: [0], sizes: [35], strides: [1]
  // CHECK: %[[TO:.*]] = memref.reinterpret_cast %[[Y]] to offset: [0], sizes: [35], strides: [1]
  // CHECK: scf.for %[[I:.*]] = %c0 to %c32 step %c16 {
  // CHECK-NEXT: %[[V:.*]] = vector.load %[[FROM]][%[[I]]] : memref<35xf32>, vector<16xf32>
  // CHECK-NEXT: %[[E:.*]] = math.exp %[[V]] : vector<16xf32>
  // CHECK-NEXT: vector.store %[[E]], %[[TO]][%[[I]]]
  // CHECK: %[[MASK:.*]] = vector.constant_mask [3] : vector<16xi1>
  // CHECK: %[[TAIL:.*]] = vector.maskedload %[[FROM]][%{{.*}}], %[[MASK]],
  // CHECK: %[[LAST:.*]] = math.exp %[[TAIL]]
  // CHECK: vector.maskedstore %[[TO]][%{{.*}}], %[[MASK]], %[[LAST]]
  // CHECK-NOT: linalg.generic
  linalg.generic {indexing_maps = [#matrix, #matrix], iterator_types = ["parallel", "parallel"]}
    ins(%x : memref<5x7xf32>) outs(%y : memref<5x7xf32>) {
    ^bb0(%in: f32, %out: f32):
      %e = math.exp %in : f32
      linalg.yield %e : f32
  }
  return
}

// A vector has 8 lanes where all elements are f64.
// CHECK-LABEL: func.func @of_f64
func.func @of_f64(%x: memref<16xf64>, %zero: f64) {
  // CHECK: %[[ZEROS:.*]] = vector.broadcast %{{.*}} : f64 to vector<8xf64>
  // CHECK: scf.for {{.*}} step %c8
  // CHECK: vector.store %[[ZEROS]]
  // CHECK-NOT: vector.constant_mask
  linalg.fill ins(%zero : f64) outs(%x : memref<16xf64>)
  return
}

// A bias is read along the vector loop, and what is the same for a whole row is
// loaded before it.
// CHECK-LABEL: func.func @broadcast
// CHECK-SAME: %[[BIAS:.*]]: memref<32xf32>, %[[FACTOR:.*]]: memref<5xf32>, %[[X:.*]]: memref<5x32xf32>
func.func @broadcast(%bias: memref<32xf32>, %factor: memref<5xf32>, %x: memref<5x32xf32>) {
  // CHECK: scf.for %[[I:.*]] = {{.*}} to %c5
  // CHECK: %[[F:.*]] = memref.load %[[FACTOR]][%[[I]]]
  // CHECK: %[[SPREAD:.*]] = vector.broadcast %[[F]] : f32 to vector<16xf32>
  // CHECK: scf.for %[[J:.*]] = {{.*}} to %c32
  // CHECK: %[[OLD:.*]] = vector.load %[[X]][%[[I]], %[[J]]]
  // CHECK: %[[B:.*]] = vector.load %[[BIAS]][%[[J]]]
  // CHECK: %[[SCALED:.*]] = arith.mulf %[[OLD]], %[[SPREAD]] : vector<16xf32>
  // CHECK: arith.addf %[[SCALED]], %[[B]] : vector<16xf32>
  linalg.generic {indexing_maps = [#column, affine_map<(d0, d1) -> (d0)>, #matrix],
                  iterator_types = ["parallel", "parallel"]}
    ins(%bias, %factor : memref<32xf32>, memref<5xf32>) outs(%x : memref<5x32xf32>) {
    ^bb0(%b: f32, %f: f32, %out: f32):
      %scaled = arith.mulf %out, %f : f32
      %sum = arith.addf %scaled, %b : f32
      linalg.yield %sum : f32
  }
  return
}

// An index is the same in all lanes, or counts them.
// CHECK-LABEL: func.func @index
func.func @index(%x: memref<5x20xi32>, %like: memref<5x20xf32>) {
  // CHECK: scf.for %[[I:.*]] = {{.*}} to %c5
  // CHECK: scf.for %[[J:.*]] = {{.*}} to %c16
  // CHECK: %[[ROW:.*]] = vector.broadcast %[[I]] : index to vector<16xindex>
  // CHECK: %[[START:.*]] = vector.broadcast %[[J]] : index to vector<16xindex>
  // CHECK: %[[STEP:.*]] = vector.step : vector<16xindex>
  // CHECK: %[[COLUMN:.*]] = arith.addi %[[START]], %[[STEP]]
  // CHECK: arith.addi %[[ROW]], %[[COLUMN]]
  linalg.generic {indexing_maps = [#matrix, #matrix], iterator_types = ["parallel", "parallel"]}
    ins(%like : memref<5x20xf32>) outs(%x : memref<5x20xi32>) {
    ^bb0(%in: f32, %out: i32):
      %i = linalg.index 0 : index
      %j = linalg.index 1 : index
      %sum = arith.addi %i, %j : index
      %number = arith.index_cast %sum : index to i32
      linalg.yield %number : i32
  }
  return
}

// A result that is not contiguous along the innermost loop is written element by
// element.
// CHECK-LABEL: func.func @scatter
// CHECK-SAME: %[[X:.*]]: memref<5x20xf32>, %[[Y:.*]]: memref<20x5xf32>
func.func @scatter(%x: memref<5x20xf32>, %y: memref<20x5xf32>) {
  // CHECK-NOT: vector
  // CHECK: scf.for %[[I:.*]] = {{.*}} to %c5
  // CHECK: scf.for %[[J:.*]] = {{.*}} to %c20
  // CHECK: %[[E:.*]] = memref.load %[[X]][%[[I]], %[[J]]]
  // CHECK: memref.store %[[E]], %[[Y]][%[[J]], %[[I]]]
  linalg.generic {indexing_maps = [#matrix, #transposed], iterator_types = ["parallel", "parallel"]}
    ins(%x : memref<5x20xf32>) outs(%y : memref<20x5xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
  }
  return
}

// A copy is lowered too.
// CHECK-LABEL: func.func @copy
func.func @copy(%x: memref<16xf32>, %y: memref<16xf32>) {
  // CHECK: %[[V:.*]] = vector.load
  // CHECK: vector.store %[[V]]
  linalg.copy ins(%x : memref<16xf32>) outs(%y : memref<16xf32>)
  return
}

// A reshape of a whole buffer is the same memory seen otherwise.
// CHECK-LABEL: func.func @reshape
func.func @reshape(%x: memref<2x15xf32>) -> memref<2x3x5xf32> {
  // CHECK: memref.reinterpret_cast %{{.*}} to offset: [0], sizes: [2, 3, 5], strides: [15, 5, 1]
  %0 = memref.expand_shape %x [[0], [1, 2]] output_shape [2, 3, 5]
    : memref<2x15xf32> into memref<2x3x5xf32>
  return %0 : memref<2x3x5xf32>
}

// Nothing is done to nothing.
// CHECK-LABEL: func.func @empty(
// CHECK: return
func.func @empty(%x: memref<0x20xf32>) {
  linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>],
                  iterator_types = ["parallel", "parallel"]}
    outs(%x : memref<0x20xf32>) {
  ^bb0(%out: f32):
    %0 = math.absf %out : f32
    linalg.yield %0 : f32
  }
  return
}

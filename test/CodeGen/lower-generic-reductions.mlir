// RUN: gradc-opt %s --lower-generic | FileCheck %s

#matrix = affine_map<(d0, d1) -> (d0, d1)>
#row = affine_map<(d0, d1) -> (d0)>
#column = affine_map<(d0, d1) -> (d1)>
#one = affine_map<(d0, d1) -> ()>

// The sum of a row: lanes are summed apart, the masked tail adds nothing where
// the mask is off, and the halves of the vector are joined until one number is
// left. What the output held is added last.
// CHECK-LABEL: func.func @rows
// CHECK-SAME: %[[X:.*]]: memref<5x20xf32>, %[[Y:.*]]: memref<5xf32>
func.func @rows(%x: memref<5x20xf32>, %y: memref<5xf32>) {
  // CHECK: scf.for %[[I:.*]] = {{.*}} to %c5
  // CHECK: %[[SUMS:.*]] = scf.for {{.*}} to %c16{{.*}} iter_args(%[[SUM:.*]] = %{{.*}}) -> (vector<16xf32>)
  // CHECK: %[[V:.*]] = vector.load %[[X]][%[[I]],
  // CHECK: %[[NEXT:.*]] = arith.addf %[[SUM]], %[[V]] : vector<16xf32>
  // CHECK: scf.yield %[[NEXT]]
  // CHECK: %[[MASK:.*]] = vector.constant_mask [4]
  // CHECK: %[[TAIL:.*]] = vector.maskedload
  // CHECK: %[[WITH_TAIL:.*]] = arith.addf %[[SUMS]], %[[TAIL]]
  // CHECK: %[[ALL:.*]] = arith.select %[[MASK]], %[[WITH_TAIL]], %[[SUMS]]
  // CHECK: %[[LOW:.*]] = vector.extract_strided_slice %[[ALL]] {offsets = [0], sizes = [8]
  // CHECK: %[[HIGH:.*]] = vector.extract_strided_slice %[[ALL]] {offsets = [8], sizes = [8]
  // CHECK: arith.addf %[[LOW]], %[[HIGH]] : vector<8xf32>
  // CHECK: arith.addf {{.*}} : vector<4xf32>
  // CHECK: arith.addf {{.*}} : vector<2xf32>
  // CHECK: %[[TOTAL:.*]] = vector.extract %
  // CHECK: %[[OLD:.*]] = memref.load %[[Y]][%[[I]]]
  // CHECK: %[[RESULT:.*]] = arith.addf %[[OLD]], %[[TOTAL]] : f32
  // CHECK: memref.store %[[RESULT]], %[[Y]][%[[I]]]
  linalg.generic {indexing_maps = [#matrix, #row], iterator_types = ["parallel", "reduction"]}
    ins(%x : memref<5x20xf32>) outs(%y : memref<5xf32>) {
    ^bb0(%in: f32, %out: f32):
      %sum = arith.addf %out, %in : f32
      linalg.yield %sum : f32
  }
  return
}

// A product begins at 1, a largest element at minus infinity, a smallest index at
// the largest.
// CHECK-LABEL: func.func @other_beginnings
func.func @other_beginnings(%x: memref<5x16xf32>, %y: memref<5xf32>, %i: memref<5xi32>) {
  // CHECK: arith.constant 1.000000e+00 : f32
  // CHECK: arith.mulf {{.*}} : vector<16xf32>
  linalg.generic {indexing_maps = [#matrix, #row], iterator_types = ["parallel", "reduction"]}
    ins(%x : memref<5x16xf32>) outs(%y : memref<5xf32>) {
    ^bb0(%in: f32, %out: f32):
      %product = arith.mulf %out, %in : f32
      linalg.yield %product : f32
  }
  // CHECK: arith.constant 0xFF800000 : f32
  // CHECK: arith.maximumf {{.*}} : vector<16xf32>
  linalg.generic {indexing_maps = [#matrix, #row], iterator_types = ["parallel", "reduction"]}
    ins(%x : memref<5x16xf32>) outs(%y : memref<5xf32>) {
    ^bb0(%in: f32, %out: f32):
      %larger = arith.maximumf %out, %in : f32
      linalg.yield %larger : f32
  }
  // CHECK: arith.constant 2147483647 : i32
  // CHECK: arith.minsi {{.*}} : vector<16xi32>
  linalg.generic {indexing_maps = [#matrix, #row], iterator_types = ["parallel", "reduction"]}
    ins(%x : memref<5x16xf32>) outs(%i : memref<5xi32>) {
    ^bb0(%in: f32, %out: i32):
      %number = arith.fptosi %in : f32 to i32
      %smaller = arith.minsi %out, %number : i32
      linalg.yield %smaller : i32
  }
  return
}

// The sums of columns: a vector holds columns, and begins with what the output
// held; nothing is joined across lanes. Up to four vectors go down side by side, so
// that no add waits for the one before it. 100 columns are four vectors, and two
// with one under a mask.
// CHECK-LABEL: func.func @columns
// CHECK-SAME: %[[X:.*]]: memref<5x100xf32>, %[[Y:.*]]: memref<100xf32>
func.func @columns(%x: memref<5x100xf32>, %y: memref<100xf32>) {
  // CHECK: scf.for %[[J:.*]] = {{.*}} to %c64{{.*}} step %c64
  // CHECK: %[[OLD:.*]] = vector.load %[[Y]][%[[J]]]
  // CHECK-COUNT-3: vector.load %[[Y]]
  // CHECK: %[[SUMS:.*]]:4 = scf.for %[[I:.*]] = {{.*}} to %c5{{.*}} iter_args(%[[SUM:.*]] = %[[OLD]], {{.*}} ->
  // CHECK: %[[V:.*]] = vector.load %[[X]][%[[I]], %[[J]]]
  // CHECK: arith.addf %[[SUM]], %[[V]]
  // CHECK-COUNT-3: arith.addf
  // CHECK-NOT: vector.extract
  // CHECK: vector.store %[[SUMS]]#0, %[[Y]][%[[J]]]
  // CHECK: %[[LAST:.*]] = vector.maskedload %[[Y]]
  // CHECK: %[[LEFT:.*]]:3 = scf.for {{.*}} to %c5{{.*}}, %{{[^ ]*}} = %[[LAST]])
  // CHECK: vector.maskedload %[[X]]
  // CHECK: vector.maskedstore %[[Y]][%{{.*}}], %{{.*}}, %[[LEFT]]#2
  linalg.generic {indexing_maps = [#matrix, #column], iterator_types = ["reduction", "parallel"]}
    ins(%x : memref<5x100xf32>) outs(%y : memref<100xf32>) {
    ^bb0(%in: f32, %out: f32):
      %sum = arith.addf %out, %in : f32
      linalg.yield %sum : f32
  }
  return
}

// A total runs over all elements at once, in f64: 16 lanes widened, four chains
// so that no add waits for the one before it, joined in pairs.
// CHECK-LABEL: func.func @total
// CHECK-SAME: %[[X:.*]]: memref<8x20xf32>, %[[Y:.*]]: memref<f64>
func.func @total(%x: memref<8x20xf32>, %y: memref<f64>) {
  // CHECK: memref.reinterpret_cast %[[X]] to offset: [0], sizes: [160], strides: [1]
  // CHECK: %[[SUMS:.*]]:4 = scf.for {{.*}} to %c128{{.*}} step %c64 iter_args({{.*}}) -> (vector<16xf64>, vector<16xf64>, vector<16xf64>, vector<16xf64>)
  // CHECK-COUNT-4: arith.extf {{.*}} : vector<16xf32> to vector<16xf64>
  // CHECK: scf.yield
  // CHECK: %[[A:.*]] = arith.addf %[[SUMS]]#0, %{{.*}} : vector<16xf64>
  // CHECK: %[[B:.*]] = arith.addf %[[SUMS]]#1, %{{.*}} : vector<16xf64>
  // CHECK: %[[AB:.*]] = arith.addf %[[A]], %[[B]]
  // CHECK: %[[CD:.*]] = arith.addf %[[SUMS]]#2, %[[SUMS]]#3
  // CHECK: arith.addf %[[AB]], %[[CD]]
  // CHECK: memref.store %{{.*}}, %[[Y]][] : memref<f64>
  linalg.generic {indexing_maps = [#matrix, #one], iterator_types = ["reduction", "reduction"]}
    ins(%x : memref<8x20xf32>) outs(%y : memref<f64>) {
    ^bb0(%in: f32, %out: f64):
      %wide = arith.extf %in : f32 to f64
      %sum = arith.addf %out, %wide : f64
      linalg.yield %sum : f64
  }
  return
}

// Sums beside what is stored: an update that also gives a total. Its elements are
// written on the way, once each.
// CHECK-LABEL: func.func @update_and_total
// CHECK-SAME: %[[G:[^:]*]]: memref<4x5xf32>, %[[W:[^:]*]]: memref<4x5xf32>, %[[T:[^:]*]]: memref<f64>
func.func @update_and_total(%g: memref<4x5xf32>, %w: memref<4x5xf32>, %t: memref<f64>) {
  // CHECK: %[[FLAT:.*]] = memref.reinterpret_cast %[[W]]
  // CHECK: %[[OLD:.*]] = vector.load %[[FLAT]]
  // CHECK: %[[NEW:.*]] = arith.subf %[[OLD]], %{{.*}} : vector<16xf32>
  // CHECK: vector.store %[[NEW]], %[[FLAT]]
  // CHECK: vector.maskedstore %[[FLAT]]
  // CHECK: memref.store %{{.*}}, %[[T]][] : memref<f64>
  linalg.generic {indexing_maps = [#matrix, #matrix, #one], iterator_types = ["reduction", "reduction"]}
    ins(%g : memref<4x5xf32>) outs(%w, %t : memref<4x5xf32>, memref<f64>) {
    ^bb0(%in: f32, %old: f32, %out: f64):
      %new = arith.subf %old, %in : f32
      %wide = arith.extf %new : f32 to f64
      %sum = arith.addf %out, %wide : f64
      linalg.yield %new, %sum : f32, f64
  }
  return
}

// RUN: gradc-opt %s --lower-generic | FileCheck %s --implicit-check-not='{{vector[.<]}}'

// Reductions that lanes cannot share become loops over single elements, in the
// order of the elements.

#vector = affine_map<(d0) -> (d0)>
#one = affine_map<(d0) -> ()>

// A term that depends on the sum so far.
// CHECK-LABEL: func.func @recurrence
// CHECK-SAME: %[[X:.*]]: memref<16xf32>, %[[Y:.*]]: memref<f32>
func.func @recurrence(%x: memref<16xf32>, %y: memref<f32>) {
  // CHECK: %[[STEP:.*]] = arith.constant 1 : index
  // CHECK: scf.for %[[I:.*]] = %{{.*}} to %c16{{.*}} step %[[STEP]] {
  // CHECK: %[[OLD:.*]] = memref.load %[[Y]][]
  // CHECK: %[[E:.*]] = memref.load %[[X]][%[[I]]]
  // CHECK: %[[SIZE:.*]] = math.absf %[[OLD]] : f32
  // CHECK: %[[NEXT:.*]] = arith.addf %[[SIZE]], %[[E]] : f32
  // CHECK: memref.store %[[NEXT]], %[[Y]][]
  linalg.generic {indexing_maps = [#vector, #one], iterator_types = ["reduction"]}
    ins(%x : memref<16xf32>) outs(%y : memref<f32>) {
    ^bb0(%in: f32, %out: f32):
      %size = math.absf %out : f32
      %sum = arith.addf %size, %in : f32
      linalg.yield %sum : f32
  }
  return
}

// The sum so far, used twice.
// CHECK-LABEL: func.func @doubled
func.func @doubled(%x: memref<16xf32>, %y: memref<f32>) {
  // CHECK: scf.for %{{.*}} to %c16
  // CHECK: %[[OLD:.*]] = memref.load
  // CHECK: %[[E:.*]] = memref.load
  // CHECK: %[[TERM:.*]] = arith.mulf %[[OLD]], %[[E]] : f32
  // CHECK: arith.addf %[[OLD]], %[[TERM]] : f32
  linalg.generic {indexing_maps = [#vector, #one], iterator_types = ["reduction"]}
    ins(%x : memref<16xf32>) outs(%y : memref<f32>) {
    ^bb0(%in: f32, %out: f32):
      %term = arith.mulf %out, %in : f32
      %sum = arith.addf %out, %term : f32
      linalg.yield %sum : f32
  }
  return
}

// A difference: no number leaves another as it is from both sides.
// CHECK-LABEL: func.func @difference
func.func @difference(%x: memref<16xf32>, %y: memref<f32>) {
  // CHECK: scf.for %{{.*}} to %c16
  // CHECK: %[[OLD:.*]] = memref.load
  // CHECK: %[[E:.*]] = memref.load
  // CHECK: arith.subf %[[E]], %[[OLD]] : f32
  linalg.generic {indexing_maps = [#vector, #one], iterator_types = ["reduction"]}
    ins(%x : memref<16xf32>) outs(%y : memref<f32>) {
    ^bb0(%in: f32, %out: f32):
      %difference = arith.subf %in, %out : f32
      linalg.yield %difference : f32
  }
  return
}

// Results that each turn of a reducing loop writes, and such that some of the
// reducing loops move along, are no sums of vectors.
// CHECK-LABEL: func.func @written_in_a_reduction(
// CHECK-NOT: vector
// CHECK: return
func.func @written_in_a_reduction(%x: memref<5x7xf32>, %y: memref<5x7xf32>) {
  linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>,
                                   affine_map<(d0, d1) -> (d0, d1)>],
                  iterator_types = ["reduction", "parallel"]}
    ins(%x : memref<5x7xf32>) outs(%y : memref<5x7xf32>) {
  ^bb0(%in: f32, %out: f32):
    %0 = math.exp %in : f32
    linalg.yield %0 : f32
  }
  return
}

// CHECK-LABEL: func.func @rows_in_a_reduction(
// CHECK-NOT: vector
// CHECK: return
func.func @rows_in_a_reduction(%x: memref<5x20xf32>, %y: memref<5xf32>) {
  linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>,
                                   affine_map<(d0, d1) -> (d0)>],
                  iterator_types = ["reduction", "reduction"]}
    ins(%x : memref<5x20xf32>) outs(%y : memref<5xf32>) {
  ^bb0(%in: f32, %out: f32):
    %0 = arith.addf %in, %out : f32
    linalg.yield %0 : f32
  }
  return
}

// RUN: gradc-opt %s --lower-generic | FileCheck %s

#flat = affine_map<(d0) -> (d0)>
#one = affine_map<(d0) -> ()>

// A marked sum adds up to 32 vectors in f32, then widens. 2000 elements of one
// chain, beside an update, are three stretches of 512 and one of 464.
// CHECK-LABEL: func.func @update
// CHECK-SAME: %[[G:.*]]: memref<2000xf32>, %[[W:.*]]: memref<2000xf32>, %[[T:.*]]: memref<f64>
func.func @update(%g: memref<2000xf32>, %w: memref<2000xf32>, %t: memref<f64>) {
  // CHECK: %[[ALL:.*]] = scf.for %[[FROM:.*]] = {{.*}} to %c1536{{.*}} step %c512{{.*}} iter_args(%[[SUM:.*]] = %{{.*}}) -> (vector<16xf64>)
  // CHECK: %[[TO:.*]] = arith.addi %[[FROM]], %c512
  // CHECK: %[[PART:.*]] = scf.for %{{.*}} = %[[FROM]] to %[[TO]] step %c16{{.*}} iter_args(%[[NARROW:.*]] = %{{.*}}) -> (vector<16xf32>)
  // CHECK: %[[OLD:.*]] = vector.load %[[W]]
  // CHECK: %[[SQUARE:.*]] = arith.mulf %[[OLD]], %[[OLD]] : vector<16xf32>
  // CHECK: %[[NEXT:.*]] = arith.addf %[[NARROW]], %[[SQUARE]] : vector<16xf32>
  // CHECK: vector.store {{.*}}, %[[W]]
  // CHECK: scf.yield %[[NEXT]]
  // CHECK: %[[WIDE:.*]] = arith.extf %[[PART]] : vector<16xf32> to vector<16xf64>
  // CHECK: %[[MORE:.*]] = arith.addf %[[SUM]], %[[WIDE]] : vector<16xf64>
  // CHECK: scf.yield %[[MORE]]
  // CHECK: scf.for {{.*}} -> (vector<16xf32>)
  // CHECK: arith.addf %[[ALL]], %{{.*}} : vector<16xf64>
  // CHECK: memref.store %{{.*}}, %[[T]][] : memref<f64>
  linalg.generic {indexing_maps = [#flat, #flat, #one], iterator_types = ["reduction"]}
    ins(%g : memref<2000xf32>) outs(%w, %t : memref<2000xf32>, memref<f64>) {
    ^bb0(%in: f32, %old: f32, %out: f64):
      %new = arith.subf %old, %in : f32
      %square = arith.mulf %old, %old : f32
      %wide = arith.extf %square : f32 to f64
      %sum = arith.addf %out, %wide {step.narrow} : f64
      linalg.yield %new, %sum : f32, f64
  }
  return
}

// What is counted is one more where a condition holds: one masked instruction.
// CHECK-LABEL: func.func @count
func.func @count(%x: memref<160xf32>, %n: memref<i32>) {
  %one = arith.constant 1 : i32
  %none = arith.constant 0 : i32
  %bound = arith.constant 0.5 : f32
  // CHECK: %[[IS:.*]] = arith.cmpf olt
  // CHECK: %[[MORE:.*]] = arith.addi %[[COUNT:.*]], %{{.*}} : vector<16xi32>
  // CHECK: arith.select %[[IS]], %[[MORE]], %[[COUNT]]
  linalg.generic {indexing_maps = [#flat, #one], iterator_types = ["reduction"]}
    ins(%x : memref<160xf32>) outs(%n : memref<i32>) {
    ^bb0(%in: f32, %out: i32):
      %is = arith.cmpf olt, %in, %bound : f32
      %counted = arith.select %is, %one, %none : i32
      %next = arith.addi %out, %counted : i32
      linalg.yield %next : i32
  }
  return
}

// RUN: gradc-opt %s --pass-pipeline='builtin.module(func.func(fuse-rows{parallel}))' | FileCheck %s

#all = affine_map<(d0, d1) -> (d0, d1)>

// Threads share blocks of rows; what only a block needs each has for itself.
// CHECK-LABEL: func.func @shared
// CHECK-SAME: %[[X:.*]]: memref<64x1024xf32>
// CHECK-NOT: memref.alloc
// CHECK: scf.parallel (%[[FIRST:.*]]) = (%{{.*}}) to (%c64{{[_0-9]*}}) step (%c4{{[_0-9]*}}) {
// CHECK: %[[ROWS:.*]] = memref.subview %[[X]][%[[FIRST]], 0] [4, 1024] [1, 1]
// CHECK: %[[OWN:.*]] = memref.alloca() {alignment = 64 : i64} : memref<4x1024xf32>
// CHECK: linalg.generic {{.*}} ins(%[[ROWS]] : {{.*}}) outs(%[[OWN]] :
// CHECK: linalg.generic {{.*}} ins(%[[OWN]] : {{.*}}) outs(%[[ROWS]] :
func.func @shared(%x: memref<64x1024xf32>) {
  %y = memref.alloc() {alignment = 64 : i64} : memref<64x1024xf32>
  linalg.generic {indexing_maps = [#all, #all], iterator_types = ["parallel", "parallel"]}
      ins(%x : memref<64x1024xf32>) outs(%y : memref<64x1024xf32>) {
  ^bb0(%a: f32, %out: f32):
    %0 = math.sqrt %a : f32
    linalg.yield %0 : f32
  }
  linalg.generic {indexing_maps = [#all, #all], iterator_types = ["parallel", "parallel"]}
      ins(%y : memref<64x1024xf32>) outs(%x : memref<64x1024xf32>) {
  ^bb0(%a: f32, %out: f32):
    %0 = arith.addf %a, %out : f32
    linalg.yield %0 : f32
  }
  return
}

// Where a block is more than a stack should hold, all rows have their memory.
// CHECK-LABEL: func.func @long_rows
// CHECK: %[[Y:.*]] = memref.alloc() : memref<16x1048576xf32>
// CHECK: scf.parallel
// CHECK: memref.subview %[[Y]]
// CHECK-NOT: alloca
func.func @long_rows(%x: memref<16x1048576xf32>) {
  %y = memref.alloc() : memref<16x1048576xf32>
  linalg.generic {indexing_maps = [#all, #all], iterator_types = ["parallel", "parallel"]}
      ins(%x : memref<16x1048576xf32>) outs(%y : memref<16x1048576xf32>) {
  ^bb0(%a: f32, %out: f32):
    %0 = math.sqrt %a : f32
    linalg.yield %0 : f32
  }
  linalg.generic {indexing_maps = [#all, #all], iterator_types = ["parallel", "parallel"]}
      ins(%y : memref<16x1048576xf32>) outs(%x : memref<16x1048576xf32>) {
  ^bb0(%a: f32, %out: f32):
    %0 = arith.addf %a, %out : f32
    linalg.yield %0 : f32
  }
  return
}

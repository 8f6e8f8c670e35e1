// RUN: gradc-opt %s --pass-pipeline='builtin.module(func.func(fuse-loops))' | FileCheck %s

#same = affine_map<(d0, d1) -> (d0, d1)>
#flipped = affine_map<(d0, d1) -> (d1, d0)>

// A value with two readers and results in memory that is there: one loop, whose
// inner values stay in registers. Memory that nobody else reads is not written.
// CHECK-LABEL: func.func @readers
// CHECK-SAME: %[[X:.*]]: memref<4x4xf32>, %[[Y:.*]]: memref<4x4xf32>, %[[Z:.*]]: memref<4x4xf32>
func.func @readers(%x: memref<4x4xf32>, %y: memref<4x4xf32>, %z: memref<4x4xf32>) {
  %inner = memref.alloc() : memref<4x4xf32>
  // CHECK: linalg.generic {{.*}} ins(%[[X]] : memref<4x4xf32>) outs(%[[Y]], %[[Z]] : memref<4x4xf32>, memref<4x4xf32>)
  // CHECK-NEXT: ^bb0(%[[A:.*]]: f32, %{{.*}}: f32, %{{.*}}: f32):
  // CHECK-NEXT: %[[ROOT:.*]] = math.sqrt %[[A]]
  // CHECK-NEXT: %[[SUM:.*]] = arith.addf %[[ROOT]], %[[A]]
  // CHECK-NEXT: linalg.yield %[[SUM]], %[[ROOT]]
  // CHECK-NOT: linalg.generic
  // CHECK-NOT: memref.copy
  linalg.generic {indexing_maps = [#same, #same], iterator_types = ["parallel", "parallel"]}
      ins(%x : memref<4x4xf32>) outs(%inner : memref<4x4xf32>) {
  ^bb0(%a: f32, %b: f32):
    %0 = math.sqrt %a : f32
    linalg.yield %0 : f32
  }
  linalg.generic {indexing_maps = [#same, #same, #same], iterator_types = ["parallel", "parallel"]}
      ins(%inner, %x : memref<4x4xf32>, memref<4x4xf32>) outs(%y : memref<4x4xf32>) {
  ^bb0(%a: f32, %b: f32, %c: f32):
    %0 = arith.addf %a, %b : f32
    linalg.yield %0 : f32
  }
  memref.copy %inner, %z : memref<4x4xf32> to memref<4x4xf32>
  return
}

// Parts that lie apart are memory of their own, and a loop moves past another one
// that has nothing to do with it.
// CHECK-LABEL: func.func @parts
func.func @parts(%x: memref<4x4xf32>, %y: memref<4x8xf32>, %z: memref<2xf32>) {
  // CHECK-DAG: %[[LEFT:.*]] = memref.subview %{{.*}}[0, 0]
  // CHECK-DAG: %[[RIGHT:.*]] = memref.subview %{{.*}}[0, 4]
  %left = memref.subview %y[0, 0] [4, 4] [1, 1] : memref<4x8xf32> to memref<4x4xf32, strided<[8, 1]>>
  %right = memref.subview %y[0, 4] [4, 4] [1, 1] : memref<4x8xf32> to memref<4x4xf32, strided<[8, 1], offset: 4>>
  // CHECK: outs(%{{.*}} : memref<2xf32>)
  // CHECK: outs(%[[LEFT]], %[[RIGHT]] :
  // CHECK-NOT: linalg.generic
  linalg.generic {indexing_maps = [#same, #same], iterator_types = ["parallel", "parallel"]}
      ins(%x : memref<4x4xf32>) outs(%left : memref<4x4xf32, strided<[8, 1]>>) {
  ^bb0(%a: f32, %b: f32):
    %0 = math.sqrt %a : f32
    linalg.yield %0 : f32
  }
  linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]}
      outs(%z : memref<2xf32>) {
  ^bb0(%a: f32):
    %0 = math.sqrt %a : f32
    linalg.yield %0 : f32
  }
  linalg.generic {indexing_maps = [#same, #same], iterator_types = ["parallel", "parallel"]}
      ins(%x : memref<4x4xf32>) outs(%right : memref<4x4xf32, strided<[8, 1], offset: 4>>) {
  ^bb0(%a: f32, %b: f32):
    %0 = math.absf %a : f32
    linalg.yield %0 : f32
  }
  return
}

// What another turn writes must be there first; so must parts that may overlap.
// CHECK-LABEL: func.func @other_turns
// CHECK-COUNT-4: linalg.generic
func.func @other_turns(%x: memref<4x4xf32>, %y: memref<4x4xf32>, %t: index) {
  linalg.generic {indexing_maps = [#same, #same], iterator_types = ["parallel", "parallel"]}
      ins(%x : memref<4x4xf32>) outs(%y : memref<4x4xf32>) {
  ^bb0(%a: f32, %b: f32):
    %0 = math.sqrt %a : f32
    linalg.yield %0 : f32
  }
  linalg.generic {indexing_maps = [#flipped, #same], iterator_types = ["parallel", "parallel"]}
      ins(%y : memref<4x4xf32>) outs(%x : memref<4x4xf32>) {
  ^bb0(%a: f32, %b: f32):
    linalg.yield %a : f32
  }
  %first = memref.subview %y[0, 0] [1, 4] [1, 1] : memref<4x4xf32> to memref<1x4xf32, strided<[4, 1]>>
  %other = memref.subview %y[%t, 0] [1, 4] [1, 1] : memref<4x4xf32> to memref<1x4xf32, strided<[4, 1], offset: ?>>
  linalg.generic {indexing_maps = [#same, #same], iterator_types = ["parallel", "parallel"]}
      ins(%other : memref<1x4xf32, strided<[4, 1], offset: ?>>) outs(%first : memref<1x4xf32, strided<[4, 1]>>) {
  ^bb0(%a: f32, %b: f32):
    %0 = math.sqrt %a : f32
    linalg.yield %0 : f32
  }
  linalg.generic {indexing_maps = [#same, #same], iterator_types = ["parallel", "parallel"]}
      ins(%first : memref<1x4xf32, strided<[4, 1]>>) outs(%other : memref<1x4xf32, strided<[4, 1], offset: ?>>) {
  ^bb0(%a: f32, %b: f32):
    %0 = math.sqrt %a : f32
    linalg.yield %0 : f32
  }
  return
}

// RUN: gradc-opt %s --pass-pipeline='builtin.module(func.func(fuse-loops))' | FileCheck %s

#same = affine_map<(d0) -> (d0)>

// A turn of four functions is too long to compute several turns at once: the last
// one stays in a loop of its own. What comes after it and serves the first loop
// goes to that one's place, with the memory it takes; the function that it shares
// is computed once.
// CHECK-LABEL: func.func @functions
// CHECK-SAME: %[[X:[^:]*]]: memref<16xf32>, %[[Y:[^:]*]]: memref<16xf32>, %[[Z:[^:]*]]: memref<3x16xf32>
func.func @functions(%x: memref<16xf32>, %y: memref<16xf32>, %z: memref<3x16xf32>) {
  // CHECK: %[[PART:.*]] = memref.subview %[[Z]]
  // CHECK: linalg.generic {{.*}} ins(%[[X]] : memref<16xf32>) outs(%[[THIRD:[^,]*]], %[[PART]] :
  // CHECK-COUNT-3: math.exp
  // CHECK: arith.negf
  // CHECK: linalg.yield
  // CHECK: linalg.generic {{.*}} ins(%[[THIRD]] : memref<16xf32>) outs(%[[Y]] :
  // CHECK: math.exp
  // CHECK: linalg.yield
  // CHECK-NOT: linalg.generic
  %a = memref.alloc() : memref<16xf32>
  %b = memref.alloc() : memref<16xf32>
  linalg.generic {indexing_maps = [#same, #same], iterator_types = ["parallel"]}
      ins(%x : memref<16xf32>) outs(%a : memref<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %0 = math.exp %in : f32
    %1 = math.exp %0 : f32
    linalg.yield %1 : f32
  }
  linalg.generic {indexing_maps = [#same, #same], iterator_types = ["parallel"]}
      ins(%a : memref<16xf32>) outs(%b : memref<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %0 = math.exp %in : f32
    linalg.yield %0 : f32
  }
  linalg.generic {indexing_maps = [#same, #same], iterator_types = ["parallel"]}
      ins(%b : memref<16xf32>) outs(%y : memref<16xf32>) {
  ^bb0(%in: f32, %out: f32):
    %0 = math.exp %in : f32
    linalg.yield %0 : f32
  }
  %part = memref.subview %z[1, 0] [1, 16] [1, 1] : memref<3x16xf32> to memref<16xf32, strided<[1], offset: 16>>
  linalg.generic {indexing_maps = [#same, #same], iterator_types = ["parallel"]}
      ins(%x : memref<16xf32>) outs(%part : memref<16xf32, strided<[1], offset: 16>>) {
  ^bb0(%in: f32, %out: f32):
    %0 = math.exp %in : f32
    %1 = arith.negf %0 : f32
    linalg.yield %1 : f32
  }
  return
}

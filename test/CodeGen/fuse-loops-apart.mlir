// RUN: gradc-opt %s "--pass-pipeline=builtin.module(func.func(fuse-loops))" | FileCheck %s

#id = affine_map<(d0) -> (d0)>
#inner = affine_map<(d0, d1) -> (d1)>
#matrix = affine_map<(d0, d1) -> (d0, d1)>

// The last loop moves up to the first one, over the one that reads what both do:
// with the number that its body takes.
// CHECK-LABEL: func.func @captured
// CHECK: %[[T:.*]] = arith.mulf
// CHECK: linalg.generic {{.*}} outs(%{{.*}}, %{{.*}} : memref<8xf32>, memref<8xf32>)
// CHECK: arith.addf %{{.*}}, %[[T]]
// CHECK: linalg.generic {{.*}} outs(%{{.*}} : memref<4x8xf32>)
// CHECK-NOT: linalg.generic
func.func @captured(%s: f32) -> (memref<8xf32>, memref<4x8xf32>, memref<8xf32>) {
  %a = memref.alloc() : memref<8xf32>
  %b = memref.alloc() : memref<8xf32>
  %c = memref.alloc() : memref<4x8xf32>
  %d = memref.alloc() : memref<8xf32>
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
    ins(%a : memref<8xf32>) outs(%b : memref<8xf32>) {
  ^bb0(%x: f32, %o: f32):
    %y = arith.mulf %x, %x : f32
    linalg.yield %y : f32
  }
  linalg.generic {indexing_maps = [#inner, #matrix], iterator_types = ["parallel", "parallel"]}
    ins(%b : memref<8xf32>) outs(%c : memref<4x8xf32>) {
  ^bb0(%x: f32, %o: f32):
    linalg.yield %x : f32
  }
  %t = arith.mulf %s, %s : f32
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
    ins(%b : memref<8xf32>) outs(%d : memref<8xf32>) {
  ^bb0(%x: f32, %o: f32):
    %y = arith.addf %x, %t : f32
    linalg.yield %y : f32
  }
  return %b, %c, %d : memref<8xf32>, memref<4x8xf32>, memref<8xf32>
}

// Another shape may reach beyond the part it is made of: what it shows there may
// be the other part.
// CHECK-LABEL: func.func @beyond
// CHECK-COUNT-2: linalg.generic
func.func @beyond(%a: memref<8xf32>, %z: memref<4xf32>) {
  %p = memref.subview %a[0] [4] [1] : memref<8xf32> to memref<4xf32, strided<[1]>>
  %q = memref.subview %a[4] [4] [1] : memref<8xf32> to memref<4xf32, strided<[1], offset: 4>>
  %r = memref.reinterpret_cast %p to offset: [0], sizes: [8], strides: [1]
      : memref<4xf32, strided<[1]>> to memref<8xf32, strided<[1]>>
  %u = memref.subview %r[4] [4] [1] : memref<8xf32, strided<[1]>> to memref<4xf32, strided<[1], offset: 4>>
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
    ins(%z : memref<4xf32>) outs(%q : memref<4xf32, strided<[1], offset: 4>>) {
  ^bb0(%e: f32, %o: f32):
    linalg.yield %e : f32
  }
  linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
    ins(%u : memref<4xf32, strided<[1], offset: 4>>) outs(%z : memref<4xf32>) {
  ^bb0(%e: f32, %o: f32):
    linalg.yield %e : f32
  }
  return
}

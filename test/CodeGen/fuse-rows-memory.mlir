// RUN: gradc-opt %s --pass-pipeline='builtin.module(func.func(fuse-rows))' | FileCheck %s

#all = affine_map<(d0, d1) -> (d0, d1)>

// A loop whose body looks elements up stays. What a turn leaves for the next one
// keeps all its rows.
// CHECK-LABEL: func.func @kept
// CHECK-SAME: %[[X:.*]]: memref<128x1024xf32>
// CHECK: %[[Y:.*]] = memref.alloc() : memref<128x1024xf32>
// CHECK: scf.for
// CHECK: scf.for
// CHECK-DAG: memref.subview %[[Y]][
// CHECK-DAG: memref.subview %[[X]][
// CHECK: math.sqrt
// CHECK: arith.addf
// CHECK: }
// CHECK: memref.load
// CHECK-NOT: scf.for
// CHECK: return
func.func @kept(%x: memref<128x1024xf32>, %from: index, %to: index, %step: index) {
  %y = memref.alloc() : memref<128x1024xf32>
  scf.for %t = %from to %to step %step {
    linalg.generic {indexing_maps = [#all], iterator_types = ["parallel", "parallel"]}
        outs(%y : memref<128x1024xf32>) {
    ^bb0(%out: f32):
      %0 = math.sqrt %out : f32
      linalg.yield %0 : f32
    }
    linalg.generic {indexing_maps = [#all, #all], iterator_types = ["parallel", "parallel"]}
        ins(%y : memref<128x1024xf32>) outs(%x : memref<128x1024xf32>) {
    ^bb0(%a: f32, %out: f32):
      %0 = arith.addf %out, %a : f32
      linalg.yield %0 : f32
    }
  }
  linalg.generic {indexing_maps = [#all], iterator_types = ["parallel", "parallel"]}
      outs(%x : memref<128x1024xf32>) {
  ^bb0(%out: f32):
    %i = linalg.index 1 : index
    %0 = memref.load %x[%from, %i] : memref<128x1024xf32>
    linalg.yield %0 : f32
  }
  linalg.generic {indexing_maps = [#all], iterator_types = ["parallel", "parallel"]}
      outs(%x : memref<128x1024xf32>) {
  ^bb0(%out: f32):
    %0 = math.sqrt %out : f32
    linalg.yield %0 : f32
  }
  return
}

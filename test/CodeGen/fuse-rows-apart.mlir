// RUN: gradc-opt %s --pass-pipeline='builtin.module(func.func(fuse-rows))' | FileCheck %s

#all = affine_map<(d0, d1) -> (d0, d1)>
#row = affine_map<(d0, d1) -> (d0)>
#column = affine_map<(d0, d1) -> (d1)>

// Rows that stay in the caches from loop to loop remain as they are.
// CHECK-LABEL: func.func @small
// CHECK-NOT: scf.for
// CHECK: return
func.func @small(%x: memref<128x100xf32>, %sum: memref<128xf32>) {
  linalg.generic {indexing_maps = [#all, #row], iterator_types = ["parallel", "reduction"]}
      ins(%x : memref<128x100xf32>) outs(%sum : memref<128xf32>) {
  ^bb0(%a: f32, %out: f32):
    %0 = arith.addf %out, %a : f32
    linalg.yield %0 : f32
  }
  linalg.generic {indexing_maps = [#row, #all], iterator_types = ["parallel", "parallel"]}
      ins(%sum : memref<128xf32>) outs(%x : memref<128x100xf32>) {
  ^bb0(%a: f32, %out: f32):
    %0 = arith.divf %out, %a : f32
    linalg.yield %0 : f32
  }
  return
}

// So do loops that share no more than one number of each row.
// CHECK-LABEL: func.func @once
// CHECK-NOT: scf.for
// CHECK: return
func.func @once(%x: memref<128x1024xf32>, %y: memref<128x1024xf32>, %sum: memref<128xf32>) {
  linalg.generic {indexing_maps = [#all, #row], iterator_types = ["parallel", "reduction"]}
      ins(%x : memref<128x1024xf32>) outs(%sum : memref<128xf32>) {
  ^bb0(%a: f32, %out: f32):
    %0 = arith.addf %out, %a : f32
    linalg.yield %0 : f32
  }
  linalg.generic {indexing_maps = [#row, #all], iterator_types = ["parallel", "parallel"]}
      ins(%sum : memref<128xf32>) outs(%y : memref<128x1024xf32>) {
  ^bb0(%a: f32, %out: f32):
    linalg.yield %a : f32
  }
  return
}

// What stands before the first loop stays there: others may have read it.
// CHECK-LABEL: func.func @before
// CHECK-SAME: %{{.*}}: memref<128x1024xf32>, %[[SUM:.*]]: memref<128xf32>, %[[TOTAL:.*]]: memref<f32>
// CHECK: linalg.fill {{.*}} outs(%[[SUM]] :
// CHECK: linalg.generic {{.*}} ins(%[[SUM]] : memref<128xf32>) outs(%[[TOTAL]] :
// CHECK: scf.for
func.func @before(%x: memref<128x1024xf32>, %sum: memref<128xf32>, %total: memref<f32>) {
  %one = arith.constant 1.0 : f32
  linalg.fill ins(%one : f32) outs(%sum : memref<128xf32>)
  linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> ()>],
                  iterator_types = ["reduction"]}
      ins(%sum : memref<128xf32>) outs(%total : memref<f32>) {
  ^bb0(%a: f32, %out: f32):
    %0 = arith.addf %out, %a : f32
    linalg.yield %0 : f32
  }
  linalg.generic {indexing_maps = [#all], iterator_types = ["parallel", "parallel"]}
      outs(%x : memref<128x1024xf32>) {
  ^bb0(%out: f32):
    %0 = math.sqrt %out : f32
    linalg.yield %0 : f32
  }
  linalg.generic {indexing_maps = [#all, #row], iterator_types = ["parallel", "reduction"]}
      ins(%x : memref<128x1024xf32>) outs(%sum : memref<128xf32>) {
  ^bb0(%a: f32, %out: f32):
    %0 = arith.addf %out, %a : f32
    linalg.yield %0 : f32
  }
  return
}

// A loop that reads what other rows write waits for all of them; so does one that
// writes what a loop in between reads, and one behind a call.
// CHECK-LABEL: func.func @other_rows
// CHECK-NOT: scf.for
// CHECK: return
func.func @other_rows(%x: memref<1024x1024xf32>, %sum: memref<1024xf32>, %s: memref<1024xf32>) {
  linalg.generic {indexing_maps = [#all, #row], iterator_types = ["parallel", "reduction"]}
      ins(%x : memref<1024x1024xf32>) outs(%sum : memref<1024xf32>) {
  ^bb0(%a: f32, %out: f32):
    %0 = arith.addf %out, %a : f32
    linalg.yield %0 : f32
  }
  linalg.generic {indexing_maps = [#column, #all], iterator_types = ["parallel", "parallel"]}
      ins(%sum : memref<1024xf32>) outs(%x : memref<1024x1024xf32>) {
  ^bb0(%a: f32, %out: f32):
    %0 = arith.divf %out, %a : f32
    linalg.yield %0 : f32
  }
  linalg.generic {indexing_maps = [#all, #column], iterator_types = ["reduction", "parallel"]}
      ins(%x : memref<1024x1024xf32>) outs(%s : memref<1024xf32>) {
  ^bb0(%a: f32, %out: f32):
    %0 = arith.addf %out, %a : f32
    linalg.yield %0 : f32
  }
  linalg.generic {indexing_maps = [#all], iterator_types = ["parallel", "parallel"]}
      outs(%x : memref<1024x1024xf32>) {
  ^bb0(%out: f32):
    %0 = math.sqrt %out : f32
    linalg.yield %0 : f32
  }
  func.call @something() : () -> ()
  linalg.generic {indexing_maps = [#all], iterator_types = ["parallel", "parallel"]}
      outs(%x : memref<1024x1024xf32>) {
  ^bb0(%out: f32):
    %0 = math.sqrt %out : f32
    linalg.yield %0 : f32
  }
  return
}
func.func private @something()

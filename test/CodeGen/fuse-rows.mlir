// RUN: gradc-opt %s --pass-pipeline='builtin.module(func.func(fuse-rows))' | FileCheck %s

#all = affine_map<(d0, d1) -> (d0, d1)>
#row = affine_map<(d0, d1) -> (d0)>
#number = affine_map<(d0) -> (d0)>
#none = affine_map<(d0) -> ()>

// A sum of each row, what each element is of it, and a number of all sums: the
// first two run for a block of rows, one behind the other. What only they use has
// the size of a block; the last one, which stands between them, comes later.
// CHECK-LABEL: func.func @shares
// CHECK-SAME: %[[X:.*]]: memref<64x1024xf32>, %[[Y:.*]]: memref<64x1024xf32>, %[[TOTAL:.*]]: memref<f32>
func.func @shares(%x: memref<64x1024xf32>, %y: memref<64x1024xf32>, %total: memref<f32>) {
  %zero = arith.constant 0.0 : f32
  %power = memref.alloc() : memref<64x1024xf32>
  %sum = memref.alloc() : memref<64xf32>
  // CHECK-DAG: %[[SUM:.*]] = memref.alloc() : memref<64xf32>
  // CHECK-DAG: %[[END:.*]] = arith.constant 64 : index
  // CHECK-DAG: %[[STEP:.*]] = arith.constant 4 : index
  // CHECK-DAG: %[[POWER:.*]] = memref.alloc() : memref<4x1024xf32>
  // CHECK: scf.for %[[FIRST:.*]] = %{{.*}} to %[[END]] step %[[STEP]] {
  // CHECK-DAG: %[[X_ROWS:.*]] = memref.subview %[[X]][%[[FIRST]], 0] [4, 1024] [1, 1]
  // CHECK-DAG: %[[Y_ROWS:.*]] = memref.subview %[[Y]][%[[FIRST]], 0] [4, 1024] [1, 1]
  // CHECK-DAG: %[[SUMS:.*]] = memref.subview %[[SUM]][%[[FIRST]]] [4] [1]
  // CHECK: linalg.generic {{.*}} ins(%[[X_ROWS]] : {{.*}}) outs(%[[POWER]] :
  // CHECK: linalg.fill ins(%{{.*}}) outs(%[[SUMS]] :
  // CHECK: linalg.generic {{.*}} ins(%[[POWER]] : {{.*}}) outs(%[[SUMS]] :
  // CHECK: linalg.generic {{.*}} ins(%[[POWER]], %[[SUMS]] : {{.*}}) outs(%[[Y_ROWS]] :
  // CHECK: }
  // CHECK-NEXT: }
  // CHECK: linalg.generic {{.*}} ins(%[[SUM]] : memref<64xf32>) outs(%[[TOTAL]] : memref<f32>)
  // CHECK-NOT: linalg.generic
  // CHECK: return
  linalg.generic {indexing_maps = [#all, #all], iterator_types = ["parallel", "parallel"]}
      ins(%x : memref<64x1024xf32>) outs(%power : memref<64x1024xf32>) {
  ^bb0(%a: f32, %out: f32):
    %0 = math.exp %a : f32
    linalg.yield %0 : f32
  }
  linalg.fill ins(%zero : f32) outs(%sum : memref<64xf32>)
  linalg.generic {indexing_maps = [#all, #row], iterator_types = ["parallel", "reduction"]}
      ins(%power : memref<64x1024xf32>) outs(%sum : memref<64xf32>) {
  ^bb0(%a: f32, %out: f32):
    %0 = arith.addf %out, %a : f32
    linalg.yield %0 : f32
  }
  linalg.generic {indexing_maps = [#number, #none], iterator_types = ["reduction"]}
      ins(%sum : memref<64xf32>) outs(%total : memref<f32>) {
  ^bb0(%a: f32, %out: f32):
    %0 = arith.addf %out, %a : f32
    linalg.yield %0 : f32
  }
  linalg.generic {indexing_maps = [#all, #row, #all], iterator_types = ["parallel", "parallel"]}
      ins(%power, %sum : memref<64x1024xf32>, memref<64xf32>) outs(%y : memref<64x1024xf32>) {
  ^bb0(%a: f32, %b: f32, %out: f32):
    %0 = arith.divf %a, %b : f32
    linalg.yield %0 : f32
  }
  return
}

// A body that asks for the number of its row gets that among all. Blocks are
// equal: of 75 rows, five.
// CHECK-LABEL: func.func @numbers
func.func @numbers(%x: memref<75x1024xf32>, %largest: memref<75xf32>, %sum: memref<75xf32>) {
  // CHECK: %[[STEP:.*]] = arith.constant 5 : index
  // CHECK: scf.for %[[FIRST:.*]] = %{{.*}} step %[[STEP]] {
  // CHECK: arith.maximumf
  // CHECK: %[[ROW:.*]] = linalg.index 0 : index
  // CHECK: %[[AT:.*]] = arith.addi %[[ROW]], %[[FIRST]] : index
  // CHECK: arith.index_cast %[[AT]]
  linalg.generic {indexing_maps = [#all, #row], iterator_types = ["parallel", "reduction"]}
      ins(%x : memref<75x1024xf32>) outs(%largest : memref<75xf32>) {
  ^bb0(%a: f32, %out: f32):
    %0 = arith.maximumf %out, %a : f32
    linalg.yield %0 : f32
  }
  linalg.generic {indexing_maps = [#all, #row, #row], iterator_types = ["parallel", "reduction"]}
      ins(%x, %largest : memref<75x1024xf32>, memref<75xf32>) outs(%sum : memref<75xf32>) {
  ^bb0(%a: f32, %b: f32, %out: f32):
    %0 = linalg.index 0 : index
    %1 = arith.index_cast %0 : index to i32
    %2 = arith.sitofp %1 : i32 to f32
    %3 = arith.subf %a, %b : f32
    %4 = arith.mulf %2, %3 : f32
    %5 = arith.addf %out, %4 : f32
    linalg.yield %5 : f32
  }
  return
}

// A factor is chosen between two numbers of which one is made behind the first
// loop: that comes before it, too.
// CHECK-LABEL: func.func @chosen
// CHECK: %[[TWICE:.*]] = arith.addf
// CHECK: scf.if
// CHECK-NEXT: scf.yield %[[TWICE]]
// CHECK: scf.for
// CHECK: linalg.generic
// CHECK: linalg.generic
func.func @chosen(%x: memref<64x1024xf32>, %choice: i1, %number: f32) {
  %power = memref.alloc() : memref<64x1024xf32>
  linalg.generic {indexing_maps = [#all, #all], iterator_types = ["parallel", "parallel"]}
      ins(%x : memref<64x1024xf32>) outs(%power : memref<64x1024xf32>) {
  ^bb0(%a: f32, %out: f32):
    %0 = math.exp %a : f32
    linalg.yield %0 : f32
  }
  %twice = arith.addf %number, %number : f32
  %factor = scf.if %choice -> (f32) {
    scf.yield %twice : f32
  } else {
    scf.yield %number : f32
  }
  linalg.generic {indexing_maps = [#all, #all], iterator_types = ["parallel", "parallel"]}
      ins(%power : memref<64x1024xf32>) outs(%x : memref<64x1024xf32>) {
  ^bb0(%a: f32, %out: f32):
    %0 = arith.mulf %a, %factor : f32
    linalg.yield %0 : f32
  }
  return
}

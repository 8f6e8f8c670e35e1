// RUN: gradc-opt %s --plan-memory | FileCheck %s

// Buffers whose lives do not overlap share memory; those alive together do not.
// 100 floats end at 400 bytes, and the next place is the next multiple of 64.
// CHECK-LABEL: func.func @lives
// CHECK-SAME: %[[ARENA:[^:]*]]: memref<512xi8>, %[[X:[^:]*]]: f32) attributes {step.arena_bytes = 512 : i64
func.func @lives(%state: memref<0xi8>, %arena: memref<0xi8>, %x: f32)
    attributes {step.reports = []} {
  // CHECK-NOT: memref.alloc
  // CHECK: %[[FIRST:.*]] = arith.constant 0 : index
  // CHECK: %[[A:.*]] = memref.view %[[ARENA]][%[[FIRST]]][] : memref<512xi8> to memref<100xf32>
  %a = memref.alloc() : memref<100xf32>
  // CHECK: linalg.fill ins(%[[X]] : f32) outs(%[[A]] : memref<100xf32>)
  linalg.fill ins(%x : f32) outs(%a : memref<100xf32>)
  // CHECK: %[[SECOND:.*]] = arith.constant 448 : index
  // CHECK: %[[B:.*]] = memref.view %[[ARENA]][%[[SECOND]]][] : memref<512xi8> to memref<3xf32>
  %b = memref.alloc() : memref<3xf32>
  linalg.fill ins(%x : f32) outs(%b : memref<3xf32>)
  linalg.fill ins(%x : f32) outs(%a : memref<100xf32>)
  // CHECK: %[[AGAIN:.*]] = arith.constant 0 : index
  // CHECK: memref.view %[[ARENA]][%[[AGAIN]]][] : memref<512xi8> to memref<10xf64>
  %c = memref.alloc() : memref<10xf64>
  %y = arith.extf %x : f32 to f64
  linalg.fill ins(%y : f64) outs(%c : memref<10xf64>)
  linalg.fill ins(%x : f32) outs(%b : memref<3xf32>)
  return
}

// A buffer lives as long as a view of it, and through a whole loop that uses it.
// CHECK-LABEL: func.func @views_and_loops
// CHECK-SAME: memref<192xi8>
func.func @views_and_loops(%state: memref<0xi8>, %arena: memref<0xi8>, %x: f32)
    attributes {step.reports = []} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  // CHECK: memref.view {{.*}} to memref<2x4xf32>
  %a = memref.alloc() : memref<2x4xf32>
  %view = memref.reinterpret_cast %a to offset: [0], sizes: [8], strides: [1]
    : memref<2x4xf32> to memref<8xf32>
  // CHECK: %[[AT_B:.*]] = arith.constant 64 : index
  // CHECK: memref.view %{{.*}}[%[[AT_B]]][] {{.*}} to memref<8xf32>
  %b = memref.alloc() : memref<8xf32>
  scf.for %i = %c0 to %c8 step %c1 {
    memref.store %x, %view[%i] : memref<8xf32>
    memref.store %x, %b[%i] : memref<8xf32>
  }
  // CHECK: %[[AT_C:.*]] = arith.constant 128 : index
  // CHECK: memref.view %{{.*}}[%[[AT_C]]][] {{.*}} to memref<4xf32>
  %c = memref.alloc() : memref<4xf32>
  scf.for %i = %c0 to %c8 step %c1 {
    memref.store %x, %view[%i] : memref<8xf32>
    memref.store %x, %b[%i] : memref<8xf32>
    memref.store %x, %c[%c0] : memref<4xf32>
  }
  return
}

// A buffer inside of a loop has one place for all turns. Two that are not alive
// together share it; what is from outside is kept for the next turn.
// CHECK-LABEL: func.func @inside_a_loop
// CHECK-SAME: memref<128xi8>
func.func @inside_a_loop(%state: memref<0xi8>, %arena: memref<0xi8>, %x: f32)
    attributes {step.reports = []} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  // CHECK: arith.constant 8 : index
  // CHECK: %[[AT_A:.*]] = arith.constant 0 : index
  // CHECK: memref.view %{{.*}}[%[[AT_A]]][]
  %a = memref.alloc() : memref<16xf32>
  // CHECK: scf.for
  scf.for %i = %c0 to %c8 step %c1 {
    linalg.fill ins(%x : f32) outs(%a : memref<16xf32>)
    // CHECK: %[[AT_B:.*]] = arith.constant 64 : index
    // CHECK: memref.view %{{.*}}[%[[AT_B]]][]
    %b = memref.alloc() : memref<16xf32>
    linalg.fill ins(%x : f32) outs(%b : memref<16xf32>)
    // CHECK: %[[AT_C:.*]] = arith.constant 64 : index
    // CHECK: memref.view %{{.*}}[%[[AT_C]]][]
    %c = memref.alloc() : memref<16xf32>
    linalg.fill ins(%x : f32) outs(%c : memref<16xf32>)
  }
  return
}

// The largest buffers are placed first, so a small early one does not stand in
// their way: a has 64 bytes, b 256, and b begins at 0.
// CHECK-LABEL: func.func @largest_first
// CHECK-SAME: memref<320xi8>
func.func @largest_first(%state: memref<0xi8>, %arena: memref<0xi8>, %x: f32)
    attributes {step.reports = []} {
  // CHECK: %[[AT_A:.*]] = arith.constant 256 : index
  // CHECK: memref.view %{{.*}}[%[[AT_A]]][] {{.*}} to memref<16xf32>
  %a = memref.alloc() : memref<16xf32>
  // CHECK: %[[AT_B:.*]] = arith.constant 0 : index
  // CHECK: memref.view %{{.*}}[%[[AT_B]]][] {{.*}} to memref<64xf32>
  %b = memref.alloc() : memref<64xf32>
  linalg.fill ins(%x : f32) outs(%b : memref<64xf32>)
  linalg.fill ins(%x : f32) outs(%a : memref<16xf32>)
  return
}

// Functions that are no step, such as micro-kernels, are left alone.
// CHECK-LABEL: func.func @other
func.func @other(%x: f32) {
  // CHECK: memref.alloc
  %a = memref.alloc() : memref<16xf32>
  linalg.fill ins(%x : f32) outs(%a : memref<16xf32>)
  return
}

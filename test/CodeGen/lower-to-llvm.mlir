// RUN: gradc-opt %s --lower-to-llvm | FileCheck %s

// A buffer is passed as a bare pointer; its shape is known.
// CHECK-LABEL: llvm.func @memory
// CHECK-SAME: (%[[X:.*]]: !llvm.ptr, %[[I:.*]]: i64) -> f32
func.func @memory(%x: memref<4x3xf32>, %i: index) -> f32 {
  // CHECK-NOT: llvm.load
  // CHECK: llvm.getelementptr {{.*}} -> !llvm.ptr, f32
  // CHECK-NEXT: llvm.load {{.*}} -> f32
  %0 = memref.load %x[%i, %i] : memref<4x3xf32>
  return %0 : f32
}

// A view of the arena is an offset in bytes.
// CHECK-LABEL: llvm.func @arena
func.func @arena(%arena: memref<128xi8>, %i: index) -> f32 {
  // CHECK: %[[OFFSET:.*]] = llvm.mlir.constant(64 : index) : i64
  // CHECK: llvm.getelementptr %{{.*}}[%[[OFFSET]]] : (!llvm.ptr, i64) -> !llvm.ptr, i8
  %offset = arith.constant 64 : index
  %0 = memref.view %arena[%offset][] : memref<128xi8> to memref<4xf32>
  %1 = memref.load %0[%i] : memref<4xf32>
  return %1 : f32
}

// Arithmetic, branches and calls in the same conversion. Nothing may be
// reassociated or contracted: no operation carries a flag.
// CHECK-LABEL: llvm.func @scalars
// CHECK-SAME: %[[X:.*]]: f64, %[[Y:.*]]: f64
func.func @scalars(%x: f64, %y: f64) -> f64 {
  // CHECK: %[[ROOT:.*]] = llvm.intr.sqrt(%[[X]]) : (f64) -> f64
  %root = math.sqrt %x : f64
  // CHECK: %[[SUM:.*]] = llvm.fadd %[[ROOT]], %[[Y]] : f64
  %sum = arith.addf %root, %y : f64
  // CHECK: %[[LESS:.*]] = llvm.fcmp "olt" %[[SUM]], %[[Y]] : f64
  %less = arith.cmpf olt, %sum, %y : f64
  // CHECK: llvm.cond_br %[[LESS]]
  cf.cond_br %less, ^then, ^else
^then:
  // CHECK: llvm.call @exp(%[[SUM]])
  %e = call @exp(%sum) : (f64) -> f64
  return %e : f64
^else:
  return %sum : f64
}

// CHECK: llvm.func @exp(f64) -> f64
func.func private @exp(f64) -> f64

// What is only passed on is an address, not a descriptor; a single number is
// read and written there.
// CHECK-LABEL: llvm.func @passes_on
// CHECK-SAME: (%[[ARENA:.*]]: !llvm.ptr, %[[X:.*]]: f32)
func.func @passes_on(%arena: memref<128xi8>, %x: f32) -> f32 {
  // CHECK-NOT: llvm.insertvalue
  // CHECK: %[[MATRIX:.*]] = llvm.getelementptr %[[ARENA]][%{{.*}}] : (!llvm.ptr, i64) -> !llvm.ptr, i8
  // CHECK: %[[NUMBER:.*]] = llvm.getelementptr %[[ARENA]][%{{.*}}] : (!llvm.ptr, i64) -> !llvm.ptr, i8
  // CHECK-NEXT: llvm.store %[[X]], %[[NUMBER]] : f32, !llvm.ptr
  // CHECK-NEXT: llvm.call @inside(%[[MATRIX]], %[[NUMBER]]) : (!llvm.ptr, !llvm.ptr) -> ()
  // CHECK-NEXT: llvm.load %[[NUMBER]] : !llvm.ptr -> f32
  %begin = arith.constant 0 : index
  %middle = arith.constant 64 : index
  %matrix = memref.view %arena[%begin][] : memref<128xi8> to memref<2x4xf32>
  %number = memref.view %arena[%middle][] : memref<128xi8> to memref<f32>
  %row = memref.reinterpret_cast %matrix to offset: [0], sizes: [8], strides: [1]
    : memref<2x4xf32> to memref<8xf32>
  memref.store %x, %number[] : memref<f32>
  call @inside(%row, %number) : (memref<8xf32>, memref<f32>) -> ()
  %0 = memref.load %number[] : memref<f32>
  return %0 : f32
}

// What the module alone calls needs no entry for the linker.
// CHECK-LABEL: llvm.func internal @inside
func.func private @inside(%x: memref<8xf32>, %y: memref<f32>) {
  return
}

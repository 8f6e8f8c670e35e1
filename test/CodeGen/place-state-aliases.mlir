// RUN: gradc-opt %s --pass-pipeline='builtin.module(place-state, \
// RUN:     func.func(bufferize-functions), cse, canonicalize)' \
// RUN:   | FileCheck %s

// The old and the next value of a variable share memory. Bufferization sees it:
// what reads the old value reads it before it is overwritten. h lies at byte 0 of
// the state, w at 64 and the flat v at 128.

!matrix = tensor<4x4xf32>
!flat = tensor<16xf32>

func.func @initialize(%seed: i64 {step.role = "seed"})
    -> (!matrix {step.kind = "buffer", step.name = "h", step.role = "variable"},
        !matrix {step.kind = "parameter", step.name = "w", step.role = "variable"},
        !flat {step.kind = "buffer", step.name = "v", step.role = "variable"}) {
  %x = arith.sitofp %seed : i64 to f32
  %h = tensor.splat %x : !matrix
  %v = tensor.splat %x : !flat
  return %h, %h, %v : !matrix, !matrix, !flat
}

// A product reads all of h for each of its elements: it is made elsewhere.
// CHECK-LABEL: func.func @product(
// CHECK-SAME: %[[STATE:[^:]*]]: memref<192xi8>
func.func @product(%h: !matrix {step.name = "h", step.role = "variable"},
                   %w: !matrix {step.name = "w", step.role = "variable"})
    -> (!matrix {step.name = "h", step.role = "variable"}) {
  // CHECK: %[[H:.*]] = memref.view %[[STATE]][%c0][]
  // CHECK: %[[W:.*]] = memref.view %[[STATE]][%c64][]
  // CHECK: %[[NEXT:.*]] = memref.alloc()
  // CHECK: linalg.fill ins(%{{.*}}) outs(%[[NEXT]] :
  // CHECK: linalg.matmul ins(%[[H]], %[[W]] : {{.*}}) outs(%[[NEXT]] :
  // CHECK: memref.copy %[[NEXT]], %[[H]]
  %zero = arith.constant 0.0 : f32
  %empty = tensor.empty() : !matrix
  %zeros = linalg.fill ins(%zero : f32) outs(%empty : !matrix) -> !matrix
  %next = linalg.matmul ins(%h, %w : !matrix, !matrix) outs(%zeros : !matrix) -> !matrix
  return %next : !matrix
}

// A sum reads each element once: it may stand where h stands.
// CHECK-LABEL: func.func @in_place(
func.func @in_place(%x: !matrix {step.role = "inputs"},
                    %h: !matrix {step.name = "h", step.role = "variable"})
    -> (!matrix {step.name = "h", step.role = "variable"}) {
  // CHECK-NOT: memref.{{alloc|copy}}
  // CHECK: %[[H:.*]] = memref.view
  // CHECK: linalg.add ins(%[[H]], %{{.*}}) outs(%[[H]] :
  // CHECK-NOT: memref.{{alloc|copy}}
  // CHECK: return
  %empty = tensor.empty() : !matrix
  %next = linalg.add ins(%h, %x : !matrix, !matrix) outs(%empty : !matrix) -> !matrix
  return %next : !matrix
}

// Not so where another result needs the old h after it.
// CHECK-LABEL: func.func @read_later(
// CHECK-SAME: %[[X:[^:]*]]: memref<4x4xf32>
func.func @read_later(%x: !matrix {step.role = "inputs"},
                      %h: !matrix {step.name = "h", step.role = "variable"})
    -> (!matrix {step.name = "h", step.role = "variable"},
        !matrix {step.name = "change", step.role = "output"}) {
  // CHECK: %[[H:.*]] = memref.view {{.*}} : memref<192xi8>
  // CHECK: %[[NEXT:.*]] = memref.alloc()
  // CHECK: linalg.add ins(%[[H]], %[[X]] : {{.*}}) outs(%[[NEXT]] :
  // CHECK: linalg.sub ins(%[[NEXT]], %[[H]] :
  // CHECK: memref.copy %[[NEXT]], %[[H]]
  %empty = tensor.empty() : !matrix
  %next = linalg.add ins(%h, %x : !matrix, !matrix) outs(%empty : !matrix) -> !matrix
  %change = linalg.sub ins(%next, %h : !matrix, !matrix) outs(%empty : !matrix) -> !matrix
  return %next, %change : !matrix, !matrix
}

// A variable that takes over the old value of w takes a copy of it, made before w
// changes.
// CHECK-LABEL: func.func @previous(
// CHECK-SAME: %[[STATE:[^:]*]]: memref<192xi8>
func.func @previous(%x: !matrix {step.role = "inputs"},
                    %w: !matrix {step.name = "w", step.role = "variable"})
    -> (!matrix {step.name = "w", step.role = "variable"},
        !matrix {step.name = "h", step.role = "variable"}) {
  // CHECK: %[[H:.*]] = memref.view %[[STATE]][%c0][]
  // CHECK: %[[W:.*]] = memref.view %[[STATE]][%c64][]
  // CHECK-NOT: linalg.add
  // CHECK: memref.copy %[[W]], %[[OLD:alloc[_0-9]*]] :
  // CHECK: linalg.add ins(%[[W]], %{{.*}}) outs(%[[W]] :
  // CHECK: memref.copy %[[OLD]], %[[H]]
  %empty = tensor.empty() : !matrix
  %next = linalg.add ins(%w, %x : !matrix, !matrix) outs(%empty : !matrix) -> !matrix
  return %next, %w : !matrix, !matrix
}

// In another shape it is the same memory.
// CHECK-LABEL: func.func @previous_flat(
// CHECK-SAME: %[[STATE:[^:]*]]: memref<192xi8>
func.func @previous_flat(%x: !matrix {step.role = "inputs"},
                         %w: !matrix {step.name = "w", step.role = "variable"})
    -> (!matrix {step.name = "w", step.role = "variable"},
        !flat {step.name = "v", step.role = "variable"}) {
  // CHECK: %[[V:.*]] = memref.view %[[STATE]][%c128][]
  // CHECK: %[[W:.*]] = memref.view %[[STATE]][%c64][]
  // CHECK-NOT: {{outs[(]|memref.copy %.*, }}%[[W]] :
  // CHECK: memref.copy %[[FLAT:collapse_shape[_0-9]*]], %[[OLD:alloc[_0-9]*]] :
  // CHECK: memref.copy %[[OLD]], %[[V]]
  %empty = tensor.empty() : !matrix
  %next = linalg.add ins(%w, %x : !matrix, !matrix) outs(%empty : !matrix) -> !matrix
  %flat = tensor.collapse_shape %w [[0, 1]] : !matrix into !flat
  return %next, %flat : !matrix, !flat
}

// Two variables change places.
// CHECK-LABEL: func.func @swap(
// CHECK-SAME: %[[STATE:[^:]*]]: memref<192xi8>
func.func @swap(%h: !matrix {step.name = "h", step.role = "variable"},
                %w: !matrix {step.name = "w", step.role = "variable"})
    -> (!matrix {step.name = "h", step.role = "variable"},
        !matrix {step.name = "w", step.role = "variable"}) {
  // CHECK: %[[H:.*]] = memref.view %[[STATE]][%c0][]
  // CHECK: memref.copy %[[H]], %[[OLD_H:alloc[_0-9]*]] :
  // CHECK: %[[W:.*]] = memref.view %[[STATE]][%c64][]
  // CHECK: memref.copy %[[W]], %[[OLD_W:alloc[_0-9]*]] :
  // CHECK-DAG: memref.copy %[[OLD_W]], %[[H]]
  // CHECK-DAG: memref.copy %[[OLD_H]], %[[W]]
  return %w, %h : !matrix, !matrix
}

// The batch is no variable: one that remembers it is written.
// CHECK-LABEL: func.func @remember(
// CHECK-SAME: %[[STATE:[^:]*]]: memref<192xi8>
// CHECK-SAME: %[[X:[^:]*]]: memref<4x4xf32>
func.func @remember(%x: !matrix {step.role = "inputs"})
    -> (!matrix {step.name = "w", step.role = "variable"}) {
  // CHECK: %[[W:.*]] = memref.view %[[STATE]][%c64][]
  // CHECK: memref.copy %[[X]], %[[W]]
  return %x : !matrix
}

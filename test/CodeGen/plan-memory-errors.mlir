// RUN: gradc-opt %s --plan-memory --split-input-file --verify-diagnostics

func.func @in_a_loop(%state: memref<0xi8>, %arena: memref<0xi8>, %n: index)
    attributes {step.reports = []} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  scf.for %i = %c0 to %n step %c1 {
    // expected-error @below {{'memref.alloc' op has no fixed place: its size is not static, or it stands in a loop}}
    %a = memref.alloc() : memref<16xf32>
  }
  return
}

// -----

func.func @of_unknown_size(%state: memref<0xi8>, %arena: memref<0xi8>, %n: index)
    attributes {step.reports = []} {
  // expected-error @below {{'memref.alloc' op has no fixed place: its size is not static, or it stands in a loop}}
  %a = memref.alloc(%n) : memref<?xf32>
  return
}

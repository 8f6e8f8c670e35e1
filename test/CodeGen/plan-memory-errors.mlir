// RUN: gradc-opt %s --plan-memory --split-input-file --verify-diagnostics

func.func @in_a_shared_loop(%state: memref<0xi8>, %arena: memref<0xi8>, %n: index)
    attributes {step.reports = []} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  scf.parallel (%i) = (%c0) to (%n) step (%c1) {
    // expected-error @below {{'memref.alloc' op has no fixed place: its size is not static, or threads share the loop it stands in}}
    %a = memref.alloc() : memref<16xf32>
  }
  return
}

// -----

func.func @of_unknown_size(%state: memref<0xi8>, %arena: memref<0xi8>, %n: index)
    attributes {step.reports = []} {
  // expected-error @below {{'memref.alloc' op has no fixed place: its size is not static, or threads share the loop it stands in}}
  %a = memref.alloc(%n) : memref<?xf32>
  return
}

// -----

// expected-error @below {{'func.func' op is no function of `place-state`}}
func.func @several_blocks(%state: memref<0xi8>, %arena: memref<0xi8>)
    attributes {step.reports = []} {
  %a = memref.alloc() : memref<16xf32>
  cf.br ^next
^next:
  return
}

// -----

// expected-error @below {{'func.func' op is no function of `place-state`}}
func.func @no_arena(%state: memref<0xi8>) attributes {step.reports = []} {
  return
}

// -----

// The selected buffer may be either: neither has a last use that can be seen.
func.func @passed_on(%state: memref<0xi8>, %arena: memref<0xi8>, %b: memref<16xf32>,
                     %which: i1, %x: f32) attributes {step.reports = []} {
  // expected-error @below {{'memref.alloc' op has no known end: an op passes it on}}
  %a = memref.alloc() : memref<16xf32>
  %c = arith.select %which, %a, %b : memref<16xf32>
  linalg.fill ins(%x : f32) outs(%c : memref<16xf32>)
  return
}

// -----

// So too where a view of it is passed on.
func.func @view_passed_on(%state: memref<0xi8>, %arena: memref<0xi8>, %b: memref<16xf32>,
                          %which: i1, %x: f32) attributes {step.reports = []} {
  // expected-error @below {{'memref.alloc' op has no known end: an op passes it on}}
  %a = memref.alloc() : memref<4x4xf32>
  %flat = memref.collapse_shape %a [[0, 1]] : memref<4x4xf32> into memref<16xf32>
  %c = arith.select %which, %flat, %b : memref<16xf32>
  linalg.fill ins(%x : f32) outs(%c : memref<16xf32>)
  return
}

// RUN: gradc-opt %s --lower-matmul --split-input-file --verify-diagnostics

func.func @not_from_zero(%a: memref<7x5xf32>, %b: memref<5x9xf32>, %c: memref<7x9xf32>) {
  // expected-error @below {{'linalg.matmul' op must be a product of whole static matrices, added to zero}}
  linalg.matmul ins(%a, %b : memref<7x5xf32>, memref<5x9xf32>) outs(%c : memref<7x9xf32>)
  return
}

// -----

// The zeros are read in between: they cannot be left out.
func.func @zeros_read(%a: memref<7x5xf32>, %b: memref<5x9xf32>, %c: memref<7x9xf32>,
                      %d: memref<7x9xf32>) {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%c : memref<7x9xf32>)
  linalg.copy ins(%c : memref<7x9xf32>) outs(%d : memref<7x9xf32>)
  // expected-error @below {{'linalg.matmul' op must be a product of whole static matrices, added to zero}}
  linalg.matmul ins(%a, %b : memref<7x5xf32>, memref<5x9xf32>) outs(%c : memref<7x9xf32>)
  return
}

// -----

func.func @unknown_rows(%a: memref<?x5xf32>, %b: memref<5x9xf32>, %c: memref<?x9xf32>) {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%c : memref<?x9xf32>)
  // expected-error @below {{'linalg.matmul' op must be a product of whole static matrices, added to zero}}
  linalg.matmul ins(%a, %b : memref<?x5xf32>, memref<5x9xf32>) outs(%c : memref<?x9xf32>)
  return
}

// -----

// The zeros are overwritten in between, under another name.
func.func @zeros_overwritten(%a: memref<7x5xf32>, %b: memref<5x9xf32>, %c: memref<7x9xf32>,
                             %x: f32) {
  %zero = arith.constant 0.0 : f32
  %flat = memref.collapse_shape %c [[0, 1]] : memref<7x9xf32> into memref<63xf32>
  linalg.fill ins(%zero : f32) outs(%c : memref<7x9xf32>)
  linalg.fill ins(%x : f32) outs(%flat : memref<63xf32>)
  // expected-error @below {{'linalg.matmul' op must be a product of whole static matrices, added to zero}}
  linalg.matmul ins(%a, %b : memref<7x5xf32>, memref<5x9xf32>) outs(%c : memref<7x9xf32>)
  return
}

// -----

// Two views at one place of a block are one memory, too.
func.func @same_place(%a: memref<7x5xf32>, %b: memref<5x9xf32>, %state: memref<512xi8>, %x: f32) {
  %zero = arith.constant 0.0 : f32
  %at = arith.constant 0 : index
  %c = memref.view %state[%at][] : memref<512xi8> to memref<7x9xf32>
  %d = memref.view %state[%at][] : memref<512xi8> to memref<63xf32>
  linalg.fill ins(%zero : f32) outs(%c : memref<7x9xf32>)
  linalg.fill ins(%x : f32) outs(%d : memref<63xf32>)
  // expected-error @below {{'linalg.matmul' op must be a product of whole static matrices, added to zero}}
  linalg.matmul ins(%a, %b : memref<7x5xf32>, memref<5x9xf32>) outs(%c : memref<7x9xf32>)
  return
}

// -----

// A place that is not known may be the same.
func.func @unknown_place(%a: memref<7x5xf32>, %b: memref<5x9xf32>, %state: memref<512xi8>,
                         %place: index, %x: f32) {
  %zero = arith.constant 0.0 : f32
  %at = arith.constant 0 : index
  %c = memref.view %state[%at][] : memref<512xi8> to memref<7x9xf32>
  %d = memref.view %state[%place][] : memref<512xi8> to memref<63xf32>
  linalg.fill ins(%zero : f32) outs(%c : memref<7x9xf32>)
  linalg.fill ins(%x : f32) outs(%d : memref<63xf32>)
  // expected-error @below {{'linalg.matmul' op must be a product of whole static matrices, added to zero}}
  linalg.matmul ins(%a, %b : memref<7x5xf32>, memref<5x9xf32>) outs(%c : memref<7x9xf32>)
  return
}

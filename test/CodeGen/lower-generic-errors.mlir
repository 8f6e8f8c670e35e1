// RUN: gradc-opt %s --lower-generic --split-input-file --verify-diagnostics

#vector = affine_map<(d0) -> (d0)>

func.func @unknown_length(%x: memref<?xf32>) {
  // expected-error @below {{'linalg.generic' op has a loop of unknown length}}
  linalg.generic {indexing_maps = [#vector], iterator_types = ["parallel"]}
    outs(%x : memref<?xf32>) {
    ^bb0(%out: f32):
      %y = math.absf %out : f32
      linalg.yield %y : f32
  }
  return
}

// -----

func.func @part_of_a_buffer(%x: memref<4x4xf32, strided<[8, 1]>>)
    -> memref<4x2x2xf32, strided<[8, 2, 1]>> {
  // expected-error @below {{'memref.expand_shape' op reshapes a part of a buffer}}
  %0 = memref.expand_shape %x [[0], [1, 2]] output_shape [4, 2, 2]
    : memref<4x4xf32, strided<[8, 1]>> into memref<4x2x2xf32, strided<[8, 2, 1]>>
  return %0 : memref<4x2x2xf32, strided<[8, 2, 1]>>
}

// -----

#matrix = affine_map<(d0, d1) -> (d0, d1)>

func.func @unknown_rows(%x: memref<?x20xf32>) {
  // expected-error @below {{'linalg.generic' op has a loop of unknown length}}
  linalg.generic {indexing_maps = [#matrix], iterator_types = ["parallel", "parallel"]}
    outs(%x : memref<?x20xf32>) {
    ^bb0(%out: f32):
      %y = math.absf %out : f32
      linalg.yield %y : f32
  }
  return
}

// RUN: gradc-opt %s --lower-generic | FileCheck %s

// Accesses that are linear in the loops become views with a stride for each.

#pad = affine_map<(n, c, h, w) -> (n, c, h + 1, w + 2)>
#id4 = affine_map<(n, c, h, w) -> (n, c, h, w)>
// A border: rows of the inside are copied, each to its place.
// CHECK-LABEL: func.func @border
// CHECK: %[[INSIDE:.*]] = memref.reinterpret_cast %{{.*}} to offset: [22], sizes: [6, 5, 16], strides: [140, 20, 1]
// CHECK-COUNT-3: scf.for
// CHECK: vector.store %{{.*}}, %[[INSIDE]]
func.func @border(%x: memref<2x3x5x16xf32>, %y: memref<2x3x7x20xf32>) {
  linalg.generic {indexing_maps = [#id4, #pad], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%x : memref<2x3x5x16xf32>) outs(%y : memref<2x3x7x20xf32>) {
  ^bb0(%e: f32, %o: f32):
    linalg.yield %e : f32
  }
  return
}

// The channels, which are neighbours, become the last loop; the others are one.
#nhwc = affine_map<(n, c, h, w) -> (n, h, w, c)>
#channel = affine_map<(n, c, h, w) -> (c)>
// CHECK-LABEL: func.func @channels_last
// CHECK: sizes: [40, 48], strides: [48, 1]
// CHECK: scf.for %{{.*}} to %c40
// CHECK: scf.for %[[C:.*]] = %{{.*}} to %c48 step %c16
// CHECK: vector.load %{{.*}}[%{{.*}}, %[[C]]]
// CHECK: vector.load %{{.*}}[%[[C]]]
func.func @channels_last(%x: memref<2x5x4x48xf32>, %b: memref<48xf32>, %y: memref<2x5x4x48xf32>) {
  linalg.generic {indexing_maps = [#nhwc, #channel, #nhwc], iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
      ins(%x, %b : memref<2x5x4x48xf32>, memref<48xf32>) outs(%y : memref<2x5x4x48xf32>) {
  ^bb0(%e: f32, %f: f32, %o: f32):
    %s = arith.addf %e, %f : f32
    linalg.yield %s : f32
  }
  return
}

// A loop of one turn is left out; windows lie apart by the stride of their step.
#in = affine_map<(n, oh, ow, kh, kw, c) -> (n, c, oh * 2 + kh, ow * 2 + kw)>
#out = affine_map<(n, oh, ow, kh, kw, c) -> (n, oh, ow, kh, kw, c)>
// CHECK-LABEL: func.func @windows
// CHECK: sizes: [2, 4, 3, 4, 3], strides: [81, 18, 9, 2, 1]
// CHECK: vector.maskedload
func.func @windows(%x: memref<2x1x9x9xf32>, %y: memref<2x4x4x3x3x1xf32>) {
  linalg.generic {indexing_maps = [#in, #out], iterator_types = ["parallel", "parallel", "parallel", "parallel", "parallel", "parallel"]}
      ins(%x : memref<2x1x9x9xf32>) outs(%y : memref<2x4x4x3x3x1xf32>) {
  ^bb0(%e: f32, %o: f32):
    linalg.yield %e : f32
  }
  return
}

// A sum over all but the last loop keeps a vector of each stretch of channels.
#sum = affine_map<(n, c, h, w) -> (c)>
// CHECK-LABEL: func.func @sum
// CHECK: sizes: [40, 48], strides: [48, 1]
// CHECK: scf.for %{{.*}} to %c40 {{.*}} -> (vector<16xf32>, vector<16xf32>, vector<16xf32>)
func.func @sum(%x: memref<2x5x4x48xf32>, %b: memref<48xf32>) {
  linalg.generic {indexing_maps = [#nhwc, #sum], iterator_types = ["reduction", "parallel", "reduction", "reduction"]}
      ins(%x : memref<2x5x4x48xf32>) outs(%b : memref<48xf32>) {
  ^bb0(%e: f32, %o: f32):
    %s = arith.addf %e, %o : f32
    linalg.yield %s : f32
  }
  return
}

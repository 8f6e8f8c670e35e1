// RUN: gradc-opt %s "--lower-products=parallel" "--lower-generic=parallel" \
// RUN:   --split-input-file | FileCheck %s

// Threads share blocks of rows or columns of a large product, and nothing of a
// small one. What is left over beside whole blocks is not shared.

// CHECK-LABEL: func.func @large_and_small(
// CHECK: call @product_128x272x64_f32
// CHECK: call @product_8x16x8_f32
// CHECK-LABEL: func.func private @product_128x272x64_f32(
// CHECK: scf.parallel (%[[COLUMN:.*]]) = (%{{.*}}) to (%c256{{[_0-9]*}}) step (%c32
// CHECK: scf.for
// CHECK: call @product_8x32_f32({{.*}}, %[[COLUMN]],
// CHECK: call @product_8x16_f32
// CHECK-LABEL: func.func private @product_8x16x8_f32(
// CHECK-NOT: scf.parallel
// CHECK: return
func.func @large_and_small(%a: memref<128x64xf32>, %b: memref<64x272xf32>,
                           %c: memref<128x272xf32>, %d: memref<8x8xf32>,
                           %e: memref<8x16xf32>, %f: memref<8x16xf32>) {
  kernel.product %a, %b into (%c : memref<128x272xf32>)
      : memref<128x64xf32>, memref<64x272xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  kernel.product %d, %e into (%f : memref<8x16xf32>)
      : memref<8x8xf32>, memref<8x16xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  return
}

// -----

// A long loop over elements is cut into equal parts.
// CHECK-LABEL: func.func @elements(
// CHECK: scf.parallel (%[[PART:.*]]) = (%{{.*}}) to (%c16{{[_0-9]*}}) step
// CHECK: scf.for %[[AT:.*]] = %{{.*}} to %c8192
// CHECK: vector.load %{{.*}}[%[[PART]], %[[AT]]] : memref<16x8192xf32>
#id = affine_map<(d0) -> (d0)>
func.func @elements(%x: memref<131072xf32>) {
  linalg.generic {indexing_maps = [#id], iterator_types = ["parallel"]}
    outs(%x : memref<131072xf32>) {
  ^bb0(%e: f32):
    %0 = arith.addf %e, %e : f32
    linalg.yield %0 : f32
  }
  return
}

// -----

// A sum is not: each of its results belongs to one thread.
// CHECK-LABEL: func.func @column_sums(
// CHECK: scf.parallel (%[[COLUMN:.*]]) = (%{{.*}}) to (%c1024{{[_0-9]*}}) step (%c64
// CHECK: scf.for
// CHECK: vector.load %{{.*}}[%{{.*}}, %[[COLUMN]]]
#matrix = affine_map<(d0, d1) -> (d0, d1)>
#row = affine_map<(d0, d1) -> (d1)>
func.func @column_sums(%x: memref<256x1024xf32>, %y: memref<1024xf32>) {
  linalg.generic {indexing_maps = [#matrix, #row],
                  iterator_types = ["reduction", "parallel"]}
    ins(%x : memref<256x1024xf32>) outs(%y : memref<1024xf32>) {
  ^bb0(%e: f32, %sum: f32):
    %0 = arith.addf %sum, %e : f32
    linalg.yield %0 : f32
  }
  return
}

// -----

// Each thread has memory of its own to transpose in.
// CHECK-LABEL: func.func @transpose(
// CHECK: scf.parallel
// CHECK-NEXT: memref.alloca() {{.*}} : memref<1x16x16xf32>
#matrix = affine_map<(d0, d1) -> (d0, d1)>
#flipped = affine_map<(d0, d1) -> (d1, d0)>
func.func @transpose(%x: memref<512x256xf32>, %y: memref<256x512xf32>) {
  linalg.generic {indexing_maps = [#flipped, #matrix],
                  iterator_types = ["parallel", "parallel"]}
    ins(%x : memref<512x256xf32>) outs(%y : memref<256x512xf32>) {
  ^bb0(%e: f32, %old: f32):
    %size = math.absf %e : f32
    linalg.yield %size : f32
  }
  return
}

// Squares side by side: threads take some of them, not rows of one.
// CHECK-LABEL: func.func @squares(
// CHECK: scf.parallel (%{{.*}}) = (%{{.*}}) to (%c64{{.*}}) step (%c1
// CHECK-NOT: memref.alloca
// CHECK: scf.for
// CHECK-NOT: scf.parallel
#square = affine_map<(a, b, c, d) -> (b, a, d, c)>
#all = affine_map<(a, b, c, d) -> (a, b, c, d)>
func.func @squares(%x: memref<32x64x16x16xf32>, %y: memref<64x32x16x16xf32>) {
  linalg.generic {indexing_maps = [#square, #all],
                  iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
    ins(%x : memref<32x64x16x16xf32>) outs(%y : memref<64x32x16x16xf32>) {
  ^bb0(%e: f32, %old: f32):
    linalg.yield %e : f32
  }
  return
}

// CHECK-LABEL: func.func @formula_of_squares(
// CHECK: scf.parallel
// CHECK-NEXT: memref.alloca() {{.*}} : memref<1x16x16xf32>
// CHECK-NOT: scf.parallel
func.func @formula_of_squares(%x: memref<32x64x16x16xf32>, %y: memref<64x32x16x16xf32>) {
  linalg.generic {indexing_maps = [#square, #all],
                  iterator_types = ["parallel", "parallel", "parallel", "parallel"]}
    ins(%x : memref<32x64x16x16xf32>) outs(%y : memref<64x32x16x16xf32>) {
  ^bb0(%e: f32, %old: f32):
    %size = math.absf %e : f32
    linalg.yield %size : f32
  }
  return
}

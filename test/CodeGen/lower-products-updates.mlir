// RUN: gradc-opt %s --lower-products | FileCheck %s

// Each element is updated once: the last rows have a kernel of their own, which
// overlaps no other block. A kernel goes down the rows of one vector before it
// comes to the next, and masks the last vector only.
// CHECK-LABEL: func.func private @product_23x30x5_transposed_formula0_f32(
// CHECK: call @product_12x32_formula0_masked_f32
// CHECK: call @product_11x32_formula0_masked_f32
// CHECK: func.func private @product_12x32_formula0_masked_f32(
// CHECK: scf.yield
// CHECK-COUNT-12: vector.store %{{.*}} : memref<{{.*}}xf32>, vector<16xf32>
// CHECK: %[[OLD:.*]] = vector.maskedload
// CHECK: arith.subf %[[OLD]], %{{.*}} : vector<16xf32>
// CHECK-COUNT-12: vector.maskedstore
func.func @step(%x: memref<5x23xf32>, %d: memref<5x30xf32>, %w: memref<23x30xf32>) {
  kernel.product updates transposed %x, %d into (%w : memref<23x30xf32>)
      : memref<5x23xf32>, memref<5x30xf32> {
  ^bb0(%sum: f32, %old: f32):
    %new = arith.subf %old, %sum : f32
    kernel.yield %new : f32
  }
  return
}

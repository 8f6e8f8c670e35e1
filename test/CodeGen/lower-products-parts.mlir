// RUN: gradc-opt %s --lower-products --split-input-file | FileCheck %s

// A long sum whose right factor would be packed is taken in parts of 256 steps;
// each part goes on from what the one before it gave.
// CHECK-LABEL: func.func @long
// CHECK-NOT: memref.alloc
// CHECK: call @product_128x512x600_transposed_f32
// CHECK: func.func private @product_128x512x600_transposed_f32(
// CHECK-NOT: call @pack
// CHECK: call @product_8x32_f32({{.*}}, %c256{{[_0-9]*}}, %c32
// CHECK: scf.for %[[NUMBER:.*]] = %c0{{[_0-9]*}} to %c1{{[_0-9]*}} step
// CHECK: %[[MORE:.*]] = arith.muli %[[NUMBER]], %c256
// CHECK: %[[FIRST:.*]] = arith.addi %[[MORE]], %c256
// CHECK: %[[LEFT:.*]] = arith.muli %[[FIRST]], %c128
// CHECK: arith.addi %{{.*}}, %[[LEFT]]
// CHECK: %[[RIGHT:.*]] = arith.muli %[[FIRST]], %c512
// CHECK: arith.addi %{{.*}}, %[[RIGHT]]
// CHECK: call @product_8x32_adds_f32({{.*}}, %c256{{[_0-9]*}}, %c32
// CHECK: call @product_8x32_adds_f32({{.*}}, %c88{{[_0-9]*}}, %c32
// CHECK: func.func private @product_8x32_adds_f32(
// CHECK: %[[BEFORE:.*]] = vector.load
// CHECK: scf.for {{.*}} iter_args(%{{[a-z0-9]*}} = %[[BEFORE]],
func.func @long(%a: memref<600x128xf32>, %b: memref<600x512xf32>, %c: memref<128x512xf32>) {
  kernel.product transposed %a, %b into (%c : memref<128x512xf32>) : memref<600x128xf32>, memref<600x512xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  return
}

// -----

// Not where blocks of rows overlap, nor where a formula waits for the whole sum,
// nor where a part that the second cache holds would be short.
// CHECK-LABEL: func.func @packed
// CHECK: func.func private @product_127x512x600
// CHECK: call @pack_f32
// CHECK: func.func private @product_128x512x600
// CHECK: call @pack_f32
// CHECK: func.func private @product_1024x512x600
// CHECK: call @pack_f32
// CHECK-NOT: _adds
func.func @packed(%a: memref<600x127xf32>, %b: memref<600x512xf32>, %c: memref<127x512xf32>,
                  %d: memref<600x128xf32>, %e: memref<128x512xf32>,
                  %f: memref<600x1024xf32>, %g: memref<1024x512xf32>) {
  kernel.product transposed %a, %b into (%c : memref<127x512xf32>) : memref<600x127xf32>, memref<600x512xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  kernel.product transposed %d, %b into (%e : memref<128x512xf32>) : memref<600x128xf32>, memref<600x512xf32> {
  ^bb0(%sum: f32):
    %0 = arith.negf %sum : f32
    kernel.yield %0 : f32
  }
  kernel.product transposed %f, %b into (%g : memref<1024x512xf32>) : memref<600x1024xf32>, memref<600x512xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  return
}

// RUN: gradc-opt %s --lower-products | FileCheck %s

// A kernel takes the sums of its columns, adds its rows in their order while they
// are in registers, and gives the sums back. 17 rows are two blocks of 9 and 8:
// the last one must not overlap the one before it, or rows would count twice.
// CHECK-LABEL: func.func @squares
// CHECK: call @product_17x32x5_formula0_f32(
func.func @squares(%a: memref<17x5xf32>, %b: memref<5x32xf32>, %c: memref<17x32xf32>,
                   %s: memref<32xf64>) {
  kernel.product %a, %b into (%c, %s : memref<17x32xf32>, memref<32xf64>)
      : memref<17x5xf32>, memref<5x32xf32> {
  ^bb0(%sum: f32, %before: f64):
    %wide = arith.extf %sum : f32 to f64
    %square = arith.mulf %wide, %wide : f64
    %next = arith.addf %before, %square : f64
    kernel.yield %sum, %next : f32, f64
  }
  return
}

// CHECK-LABEL: func.func private @product_17x32x5_formula0_f32
// CHECK: scf.for {{.*}} to %c9{{.*}} step %c9
// CHECK: call @product_9x32_formula0_f32(
// CHECK: call @product_8x32_formula0_f32(

// CHECK-LABEL: func.func private @product_9x32_formula0_f32
// CHECK: %[[SUMS:.*]]:18 = scf.for
// CHECK: %[[LEFT:.*]] = vector.load %{{.*}} : {{.*}}, vector<16xf64>
// CHECK: %[[RIGHT:.*]] = vector.load %{{.*}} : {{.*}}, vector<16xf64>
// CHECK: %[[W0:.*]] = arith.extf %[[SUMS]]#0
// CHECK: %[[ROW0:.*]] = vector.fma %[[W0]], %[[W0]], %[[LEFT]] : vector<16xf64>
// CHECK: vector.store %[[SUMS]]#0
// CHECK: %[[W1:.*]] = arith.extf %[[SUMS]]#1
// CHECK: vector.fma %[[W1]], %[[W1]], %[[RIGHT]] : vector<16xf64>
// CHECK: %[[W2:.*]] = arith.extf %[[SUMS]]#2
// CHECK: vector.fma %[[W2]], %[[W2]], %[[ROW0]] : vector<16xf64>
// CHECK: vector.store %[[SUMS]]#17
// CHECK: vector.store %{{.*}} : {{.*}}, vector<16xf64>
// CHECK: vector.store %{{.*}} : {{.*}}, vector<16xf64>
// CHECK-NEXT: return

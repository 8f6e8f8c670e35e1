// RUN: gradc-opt %s --lower-products | FileCheck %s

// Products that do not do the same have functions of their own: which output is
// in panels, and whether a formula has inputs, are in the name.

// CHECK-LABEL: func.func @panels_first_and_last(
// CHECK: call @product_7x32x5_out_panels1_formula0_f32
// CHECK: call @product_7x32x5_out_panels_formula0_f32
func.func @panels_first_and_last(%a: memref<7x5xf32>, %b: memref<5x32xf32>,
                                 %c: memref<7x32xf32>, %p: memref<2x7x16xf32>) {
  kernel.product %a, %b into (%c, %p : memref<7x32xf32>, memref<2x7x16xf32>)
      : memref<7x5xf32>, memref<5x32xf32> {
  ^bb0(%sum: f32):
    %n = arith.negf %sum : f32
    kernel.yield %sum, %n : f32, f32
  }
  kernel.product %a, %b into (%p, %c : memref<2x7x16xf32>, memref<7x32xf32>)
      : memref<7x5xf32>, memref<5x32xf32> {
  ^bb0(%sum: f32):
    %n = arith.negf %sum : f32
    kernel.yield %sum, %n : f32, f32
  }
  return
}

// CHECK-LABEL: func.func @unused_input(
// CHECK: call @product_7x32x5_f32({{[^,]*, [^,]*, [^,]*}}) :
// CHECK: call @product_7x32x5_formula1_f32({{[^,]*, [^,]*, [^,]*, [^,]*}}) :
func.func @unused_input(%a: memref<7x5xf32>, %b: memref<5x32xf32>,
                        %c: memref<7x32xf32>, %v: memref<32xf32>) {
  kernel.product %a, %b into (%c : memref<7x32xf32>)
      : memref<7x5xf32>, memref<5x32xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  kernel.product %a, %b with (%v : memref<32xf32>) into (%c : memref<7x32xf32>)
      : memref<7x5xf32>, memref<5x32xf32> {
  ^bb0(%sum: f32, %e: f32):
    kernel.yield %sum : f32
  }
  return
}

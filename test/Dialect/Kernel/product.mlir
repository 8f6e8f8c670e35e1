// RUN: gradc-opt %s | gradc-opt | FileCheck %s
// RUN: gradc-opt %s --mlir-print-op-generic | gradc-opt | FileCheck %s

// A product alone: each element is its sum.
// CHECK-LABEL: func.func @alone
// CHECK-SAME: %[[A:.*]]: tensor<7x5xf32>, %[[B:.*]]: tensor<5x9xf32>, %[[C:.*]]: tensor<7x9xf32>
func.func @alone(%a: tensor<7x5xf32>, %b: tensor<5x9xf32>, %c: tensor<7x9xf32>) -> tensor<7x9xf32> {
  // CHECK: %[[Y:.*]] = kernel.product %[[A]], %[[B]] into(%[[C]] : tensor<7x9xf32>)
  // CHECK-SAME: : tensor<7x5xf32>, tensor<5x9xf32> -> tensor<7x9xf32> {
  // CHECK-NEXT: ^bb0(%[[SUM:.*]]: f32):
  // CHECK-NEXT: kernel.yield %[[SUM]] : f32
  %y = kernel.product %a, %b into (%c : tensor<7x9xf32>)
      : tensor<7x5xf32>, tensor<5x9xf32> -> tensor<7x9xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  // CHECK: return %[[Y]]
  return %y : tensor<7x9xf32>
}

// A formula reads an element of each input: a matrix has one for each sum, a
// vector one for each column, a tensor without dimensions one for all. Outputs
// may have types of their own.
// CHECK-LABEL: func.func @formulas
// CHECK-SAME: %{{.*}}, %[[M:[^:]*]]: tensor<7x9xf32>, %[[V:[^:]*]]: tensor<9xf32>, %[[S:[^:]*]]: tensor<f64>,
func.func @formulas(%a: tensor<7x5xf32>, %b: tensor<5x9xf32>, %matrix: tensor<7x9xf32>,
                    %vector: tensor<9xf32>, %single: tensor<f64>, %c: tensor<7x9xf32>,
                    %d: tensor<7x9xf64>) -> (tensor<7x9xf32>, tensor<7x9xf64>) {
  // CHECK: %[[Y:.*]]:2 = kernel.product
  // CHECK-SAME: with(%[[M]], %[[V]], %[[S]] : tensor<7x9xf32>, tensor<9xf32>, tensor<f64>)
  // CHECK-SAME: into(%{{.*}}, %{{.*}} : tensor<7x9xf32>, tensor<7x9xf64>)
  // CHECK-SAME: -> tensor<7x9xf32>, tensor<7x9xf64> {
  %y:2 = kernel.product %a, %b
      with (%matrix, %vector, %single : tensor<7x9xf32>, tensor<9xf32>, tensor<f64>)
      into (%c, %d : tensor<7x9xf32>, tensor<7x9xf64>)
      : tensor<7x5xf32>, tensor<5x9xf32> -> tensor<7x9xf32>, tensor<7x9xf64> {
  // CHECK-NEXT: ^bb0(%[[SUM:.*]]: f32, %{{.*}}: f32, %{{.*}}: f32, %[[SHIFT:.*]]: f64):
  ^bb0(%sum: f32, %of_matrix: f32, %of_vector: f32, %shift: f64):
    %z = arith.addf %sum, %of_vector : f32
    %scaled = arith.mulf %z, %of_matrix : f32
    %wide = arith.extf %scaled : f32 to f64
    %shifted = arith.addf %wide, %shift : f64
    // CHECK: kernel.yield %{{.*}}, %{{.*}} : f32, f64
    kernel.yield %scaled, %shifted : f32, f64
  }
  // CHECK: return %[[Y]]#0, %[[Y]]#1
  return %y#0, %y#1 : tensor<7x9xf32>, tensor<7x9xf64>
}

// Columns by sixteens: one panel of the left factor, two of the right one, of an
// input and of the result.
// CHECK-LABEL: func.func @panels
func.func @panels(%a: tensor<1x7x16xf32>, %b: tensor<2x16x16xf32>, %m: tensor<2x7x16xf32>,
                  %c: tensor<2x7x16xf32>) -> tensor<2x7x16xf32> {
  // CHECK: kernel.product %{{.*}} with(%{{.*}} : tensor<2x7x16xf32>)
  // CHECK-SAME: : tensor<1x7x16xf32>, tensor<2x16x16xf32> -> tensor<2x7x16xf32>
  %y = kernel.product %a, %b with (%m : tensor<2x7x16xf32>) into (%c : tensor<2x7x16xf32>)
      : tensor<1x7x16xf32>, tensor<2x16x16xf32> -> tensor<2x7x16xf32> {
  ^bb0(%sum: f32, %e: f32):
    %z = arith.mulf %sum, %e : f32
    kernel.yield %z : f32
  }
  return %y : tensor<2x7x16xf32>
}

// On memory a product has no results. A transposed left factor has a row for each
// step of the sum.
// CHECK-LABEL: func.func @on_memory
func.func @on_memory(%a: memref<5x7xf32>, %b: memref<2x5x16xf32>, %c: memref<7x32xf32>) {
  // CHECK: kernel.product transposed %{{.*}}, %{{.*}} into(%{{.*}} : memref<7x32xf32>) : memref<5x7xf32>, memref<2x5x16xf32> {
  kernel.product transposed %a, %b into (%c : memref<7x32xf32>)
      : memref<5x7xf32>, memref<2x5x16xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  return
}

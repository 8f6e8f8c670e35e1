// RUN: gradc-opt %s | gradc-opt | FileCheck %s

// Behind the matrix, a sum of squares for each column: the body takes the sum so
// far and gives the next one. Its memory is read, so it is filled before.
// CHECK-LABEL: func.func @squares
// CHECK-SAME: %[[A:.*]]: tensor<7x5xf32>, %[[B:.*]]: tensor<5x9xf32>
func.func @squares(%a: tensor<7x5xf32>, %b: tensor<5x9xf32>) -> (tensor<7x9xf32>, tensor<9xf64>) {
  %zero = arith.constant 0.0 : f64
  %c = tensor.empty() : tensor<7x9xf32>
  %s = tensor.empty() : tensor<9xf64>
  // CHECK: %[[START:.*]] = linalg.fill
  %start = linalg.fill ins(%zero : f64) outs(%s : tensor<9xf64>) -> tensor<9xf64>
  // CHECK: kernel.product %[[A]], %[[B]] into(%{{.*}}, %[[START]] : tensor<7x9xf32>, tensor<9xf64>)
  // CHECK-SAME: -> tensor<7x9xf32>, tensor<9xf64> {
  // CHECK-NEXT: ^bb0(%{{.*}}: f32, %[[BEFORE:.*]]: f64):
  // CHECK: arith.addf %[[BEFORE]]
  %y:2 = kernel.product %a, %b into (%c, %start : tensor<7x9xf32>, tensor<9xf64>)
      : tensor<7x5xf32>, tensor<5x9xf32> -> tensor<7x9xf32>, tensor<9xf64> {
  ^bb0(%sum: f32, %before: f64):
    %wide = arith.extf %sum : f32 to f64
    %square = arith.mulf %wide, %wide : f64
    %next = arith.addf %before, %square : f64
    kernel.yield %sum, %next : f32, f64
  }
  return %y#0, %y#1 : tensor<7x9xf32>, tensor<9xf64>
}

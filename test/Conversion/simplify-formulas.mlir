// RUN: gradc-opt %s --simplify-formulas | FileCheck %s

// The slope of relu is 0 or 1: smaller than 1/2 where the condition holds, never
// below 0, at least 1 where it does not.
// CHECK-LABEL: func.func @choices
// CHECK-SAME: %[[C:.*]]: i1
func.func @choices(%c: i1) -> (i1, i1, i1) {
  %zero = arith.constant -0.0 : f32
  %one = arith.constant 1.0 : f32
  %half = arith.constant 0.5 : f32
  %slope = arith.select %c, %zero, %one : f32
  %size = math.absf %slope : f32
  %low = arith.cmpf olt, %size, %half : f32
  %never = arith.cmpf olt, %size, %zero : f32
  %high = arith.cmpf oge, %size, %one : f32
  // CHECK-DAG: %[[NEVER:.*]] = arith.constant false
  // CHECK-DAG: %[[TRUE:.*]] = arith.constant true
  // CHECK: %[[HIGH:.*]] = arith.xori %[[C]], %[[TRUE]]
  // CHECK-NEXT: return %[[C]], %[[NEVER]], %[[HIGH]]
  return %low, %never, %high : i1, i1, i1
}

// A product that counts the same elements twice counts them once; the sum of
// others stays.
// CHECK-LABEL: func.func @twice
func.func @twice(%a: tensor<7x5xf32>, %b: tensor<5x9xf32>)
    -> (tensor<7x9xf32>, tensor<9xi32>, tensor<9xi32>, tensor<9xi32>) {
  %c = tensor.empty() : tensor<7x9xf32>
  %empty = tensor.empty() : tensor<9xi32>
  %none = arith.constant 0 : i32
  %one = arith.constant 1 : i32
  %zero = arith.constant 0.0 : f32
  %start = linalg.fill ins(%none : i32) outs(%empty : tensor<9xi32>) -> tensor<9xi32>
  // CHECK: %[[Y:.*]]:3 = kernel.product
  // CHECK-NEXT: ^bb0(%[[SUM:.*]]: f32, %[[LOW:.*]]: i32, %[[HIGH:.*]]: i32):
  // CHECK: %[[NEXT:.*]] = arith.addi %[[LOW]]
  // CHECK: %[[NEXT_HIGH:.*]] = arith.addi %[[HIGH]]
  // CHECK: kernel.yield %[[SUM]], %[[NEXT]], %[[NEXT_HIGH]]
  %y:4 = kernel.product %a, %b into (%c, %start, %start, %start : tensor<7x9xf32>, tensor<9xi32>, tensor<9xi32>, tensor<9xi32>)
      : tensor<7x5xf32>, tensor<5x9xf32> -> tensor<7x9xf32>, tensor<9xi32>, tensor<9xi32>, tensor<9xi32> {
  ^bb0(%sum: f32, %0: i32, %1: i32, %2: i32):
    %low = arith.cmpf olt, %sum, %zero : f32
    %high = arith.cmpf ogt, %sum, %zero : f32
    %of_low = arith.select %low, %one, %none : i32
    %same = arith.select %low, %one, %none : i32
    %of_high = arith.select %high, %one, %none : i32
    %3 = arith.addi %0, %of_low : i32
    %4 = arith.addi %1, %same : i32
    %5 = arith.addi %2, %of_high : i32
    kernel.yield %sum, %3, %4, %5 : f32, i32, i32, i32
  }
  // CHECK: return %[[Y]]#0, %[[Y]]#1, %[[Y]]#1, %[[Y]]#2
  return %y#0, %y#1, %y#2, %y#3 : tensor<7x9xf32>, tensor<9xi32>, tensor<9xi32>, tensor<9xi32>
}

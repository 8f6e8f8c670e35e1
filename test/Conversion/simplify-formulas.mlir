// RUN: gradc-opt %s --simplify-formulas | FileCheck %s

// The slope of relu is 0 or 1: smaller than 1/2 where the condition holds, never
// below 0, at least 1 where it does not.
// CHECK-LABEL: func.func @choices
func.func @choices(%a: tensor<7x5xf32>, %b: tensor<5x9xf32>, %start: tensor<9xi32>) -> (tensor<7x9xf32>, tensor<9xi32>, tensor<9xi32>, tensor<9xi32>) {
  %c = tensor.empty() : tensor<7x9xf32>
  %zero = arith.constant 0.0 : f32
  %negative_zero = arith.constant -0.0 : f32
  %one = arith.constant 1.0 : f32
  %half = arith.constant 0.5 : f32
  // CHECK: ^bb0(%[[SUM:.*]]: f32, %{{.*}}: i32, %[[NONE:.*]]: i32, %{{.*}}: i32):
  // CHECK: %[[IS:.*]] = arith.cmpf ole, %[[SUM]]
  // CHECK-NOT: arith.cmpf
  // CHECK: %[[HIGH:.*]] = arith.xori %[[IS]], %true
  // CHECK: arith.extui %[[IS]]
  // CHECK: arith.extui %[[HIGH]]
  // CHECK: kernel.yield %[[SUM]], %{{.*}}, %[[NONE]], %{{.*}}
  %y:4 = kernel.product %a, %b into (%c, %start, %start, %start : tensor<7x9xf32>, tensor<9xi32>, tensor<9xi32>, tensor<9xi32>)
      : tensor<7x5xf32>, tensor<5x9xf32> -> tensor<7x9xf32>, tensor<9xi32>, tensor<9xi32>, tensor<9xi32> {
  ^bb0(%sum: f32, %0: i32, %1: i32, %2: i32):
    %is = arith.cmpf ole, %sum, %zero : f32
    %slope = arith.select %is, %negative_zero, %one : f32
    %size_of_slope = math.absf %slope : f32
    %low = arith.cmpf olt, %size_of_slope, %half : f32
    %never = arith.cmpf olt, %size_of_slope, %zero : f32
    %high = arith.cmpf oge, %size_of_slope, %one : f32
    %3 = arith.extui %low : i1 to i32
    %4 = arith.extui %never : i1 to i32
    %5 = arith.extui %high : i1 to i32
    %6 = arith.addi %0, %3 : i32
    %7 = arith.addi %1, %4 : i32
    %8 = arith.addi %2, %5 : i32
    kernel.yield %sum, %6, %7, %8 : f32, i32, i32, i32
  }
  return %y#0, %y#1, %y#2, %y#3 : tensor<7x9xf32>, tensor<9xi32>, tensor<9xi32>, tensor<9xi32>
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
  %another = arith.constant 0 : i32
  %again = linalg.fill ins(%another : i32) outs(%empty : tensor<9xi32>) -> tensor<9xi32>
  // CHECK: %[[Y:.*]]:3 = kernel.product
  // CHECK-NEXT: ^bb0(%[[SUM:.*]]: f32, %[[LOW:.*]]: i32, %[[HIGH:.*]]: i32):
  // CHECK: %[[NEXT:.*]] = arith.addi %[[LOW]]
  // CHECK: %[[NEXT_HIGH:.*]] = arith.addi %[[HIGH]]
  // CHECK: kernel.yield %[[SUM]], %[[NEXT]], %[[NEXT_HIGH]]
  %y:4 = kernel.product %a, %b into (%c, %start, %again, %start : tensor<7x9xf32>, tensor<9xi32>, tensor<9xi32>, tensor<9xi32>)
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

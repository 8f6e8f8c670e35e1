// RUN: gradc-opt %s --fuse-elementwise | FileCheck %s

#matrix = affine_map<(d0, d1) -> (d0, d1)>
#vector = affine_map<(d0) -> (d0)>
#column = affine_map<(d0, d1) -> (d1)>

// A producer with one user is computed inside it.
// CHECK-LABEL: func.func @chain
// CHECK-SAME: %[[X:.*]]: tensor<4x3xf32>
func.func @chain(%x: tensor<4x3xf32>) -> tensor<4x3xf32> {
  %empty = tensor.empty() : tensor<4x3xf32>
  // CHECK: linalg.generic {{.*}} ins(%[[X]] :
  // CHECK: %[[Y:.*]] = math.exp
  // CHECK-NEXT: math.absf %[[Y]]
  // CHECK-NOT: linalg.generic
  %0 = linalg.generic {indexing_maps = [#matrix, #matrix], iterator_types = ["parallel", "parallel"]}
    ins(%x : tensor<4x3xf32>) outs(%empty : tensor<4x3xf32>) {
    ^bb0(%in: f32, %out: f32):
      %y = math.exp %in : f32
      linalg.yield %y : f32
  } -> tensor<4x3xf32>
  %1 = linalg.generic {indexing_maps = [#matrix, #matrix], iterator_types = ["parallel", "parallel"]}
    ins(%0 : tensor<4x3xf32>) outs(%empty : tensor<4x3xf32>) {
    ^bb0(%in: f32, %out: f32):
      %y = math.absf %in : f32
      linalg.yield %y : f32
  } -> tensor<4x3xf32>
  return %1 : tensor<4x3xf32>
}

// One with two users is computed once, by itself.
// CHECK-LABEL: func.func @shared
func.func @shared(%x: tensor<4x3xf32>) -> (tensor<4x3xf32>, tensor<4x3xf32>) {
  %empty = tensor.empty() : tensor<4x3xf32>
  // CHECK: linalg.generic
  // CHECK-NEXT: ^bb0
  // CHECK-NEXT: math.exp
  // CHECK-NEXT: linalg.yield
  // CHECK: linalg.generic
  // CHECK-NOT: math.exp
  // CHECK: return
  %0 = linalg.generic {indexing_maps = [#matrix, #matrix], iterator_types = ["parallel", "parallel"]}
    ins(%x : tensor<4x3xf32>) outs(%empty : tensor<4x3xf32>) {
    ^bb0(%in: f32, %out: f32):
      %y = math.exp %in : f32
      linalg.yield %y : f32
  } -> tensor<4x3xf32>
  %1 = linalg.generic {indexing_maps = [#matrix, #matrix], iterator_types = ["parallel", "parallel"]}
    ins(%0 : tensor<4x3xf32>) outs(%empty : tensor<4x3xf32>) {
    ^bb0(%in: f32, %out: f32):
      %y = math.absf %in : f32
      linalg.yield %y : f32
  } -> tensor<4x3xf32>
  return %0, %1 : tensor<4x3xf32>, tensor<4x3xf32>
}

// A tensor of equal elements becomes a number of the formula.
// CHECK-LABEL: func.func @constant
// CHECK-SAME: %[[X:.*]]: tensor<4x3xf32>
func.func @constant(%x: tensor<4x3xf32>) -> tensor<4x3xf32> {
  %half = arith.constant dense<0.5> : tensor<4x3xf32>
  %empty = tensor.empty() : tensor<4x3xf32>
  // CHECK: %[[HALF:.*]] = arith.constant 5.000000e-01 : f32
  // CHECK: linalg.generic {{.*}} ins(%[[X]] : tensor<4x3xf32>)
  // CHECK: arith.mulf %{{.*}}, %[[HALF]]
  %0 = linalg.generic {indexing_maps = [#matrix, #matrix, #matrix], iterator_types = ["parallel", "parallel"]}
    ins(%x, %half : tensor<4x3xf32>, tensor<4x3xf32>) outs(%empty : tensor<4x3xf32>) {
    ^bb0(%in: f32, %factor: f32, %out: f32):
      %y = arith.mulf %in, %factor : f32
      linalg.yield %y : f32
  } -> tensor<4x3xf32>
  return %0 : tensor<4x3xf32>
}

// A sum takes the terms of an element-wise producer, in its own order.
// CHECK-LABEL: func.func @sum
// CHECK-SAME: %[[X:.*]]: tensor<4x3xf32>
func.func @sum(%x: tensor<4x3xf32>, %zeros: tensor<3xf32>) -> tensor<3xf32> {
  %empty = tensor.empty() : tensor<4x3xf32>
  // CHECK: linalg.generic {{.*}} iterator_types = ["reduction", "parallel"]} ins(%[[X]] :
  // CHECK: %[[Y:.*]] = math.exp
  // CHECK-NEXT: arith.addf %{{.*}}, %[[Y]]
  // CHECK-NOT: linalg.generic
  %0 = linalg.generic {indexing_maps = [#matrix, #matrix], iterator_types = ["parallel", "parallel"]}
    ins(%x : tensor<4x3xf32>) outs(%empty : tensor<4x3xf32>) {
    ^bb0(%in: f32, %out: f32):
      %y = math.exp %in : f32
      linalg.yield %y : f32
  } -> tensor<4x3xf32>
  %1 = linalg.generic {indexing_maps = [#matrix, #column], iterator_types = ["reduction", "parallel"]}
    ins(%0 : tensor<4x3xf32>) outs(%zeros : tensor<3xf32>) {
    ^bb0(%in: f32, %out: f32):
      %y = arith.addf %out, %in : f32
      linalg.yield %y : f32
  } -> tensor<3xf32>
  return %1 : tensor<3xf32>
}

// What is computed once for each column is not computed again for each element.
// CHECK-LABEL: func.func @factor_of_a_column
// CHECK: %[[ROOTS:.*]] = linalg.generic
// CHECK: math.sqrt
// CHECK: linalg.generic {{.*}} ins(%{{.*}}, %[[ROOTS]]
func.func @factor_of_a_column(%x: tensor<4x3xf32>, %v: tensor<3xf32>) -> tensor<4x3xf32> {
  %e0 = tensor.empty() : tensor<3xf32>
  %0 = linalg.generic {indexing_maps = [#vector, #vector], iterator_types = ["parallel"]}
    ins(%v : tensor<3xf32>) outs(%e0 : tensor<3xf32>) {
    ^bb0(%in: f32, %out: f32):
      %y = math.sqrt %in : f32
      linalg.yield %y : f32
  } -> tensor<3xf32>
  %e1 = tensor.empty() : tensor<4x3xf32>
  %1 = linalg.generic {indexing_maps = [#matrix, #column, #matrix], iterator_types = ["parallel", "parallel"]}
    ins(%x, %0 : tensor<4x3xf32>, tensor<3xf32>) outs(%e1 : tensor<4x3xf32>) {
    ^bb0(%in: f32, %factor: f32, %out: f32):
      %y = arith.mulf %in, %factor : f32
      linalg.yield %y : f32
  } -> tensor<4x3xf32>
  return %1 : tensor<4x3xf32>
}

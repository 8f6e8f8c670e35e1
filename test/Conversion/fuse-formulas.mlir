// RUN: gradc-opt %s --fuse-formulas | FileCheck %s

#matrix = affine_map<(d0, d1) -> (d0, d1)>
#column = affine_map<(d0, d1) -> (d1)>
#single = affine_map<(d0, d1) -> ()>

// Bias and activation work on the sum; the sum itself, which nothing else uses, is
// not written.
// CHECK-LABEL: func.func @bias_and_activation
// CHECK-SAME: %[[A:.*]]: tensor<7x5xf32>, %[[B:.*]]: tensor<5x9xf32>, %[[BIAS:.*]]: tensor<9xf32>
func.func @bias_and_activation(%a: tensor<7x5xf32>, %b: tensor<5x9xf32>, %bias: tensor<9xf32>)
    -> tensor<7x9xf32> {
  %empty = tensor.empty() : tensor<7x9xf32>
  // CHECK: %[[Y:.*]] = kernel.product %[[A]], %[[B]] with(%[[BIAS]] : tensor<9xf32>)
  // CHECK-SAME: into(%{{[^,]*}} : tensor<7x9xf32>)
  // CHECK-NEXT: ^bb0(%[[SUM:.*]]: f32, %[[SHIFT:.*]]: f32):
  // CHECK-NEXT: %[[Z:.*]] = arith.addf %[[SUM]], %[[SHIFT]]
  // CHECK-NEXT: %[[T:.*]] = math.absf %[[Z]]
  // CHECK-NEXT: kernel.yield %[[T]] : f32
  // CHECK-NOT: linalg.generic
  // CHECK: return %[[Y]]
  %sums = kernel.product %a, %b into (%empty : tensor<7x9xf32>)
      : tensor<7x5xf32>, tensor<5x9xf32> -> tensor<7x9xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  %z = linalg.generic {indexing_maps = [#matrix, #column, #matrix], iterator_types = ["parallel", "parallel"]}
    ins(%sums, %bias : tensor<7x9xf32>, tensor<9xf32>) outs(%empty : tensor<7x9xf32>) {
    ^bb0(%in: f32, %shift: f32, %out: f32):
      %shifted = arith.addf %in, %shift : f32
      linalg.yield %shifted : f32
  } -> tensor<7x9xf32>
  %y = linalg.generic {indexing_maps = [#matrix, #matrix], iterator_types = ["parallel", "parallel"]}
    ins(%z : tensor<7x9xf32>) outs(%empty : tensor<7x9xf32>) {
    ^bb0(%in: f32, %out: f32):
      %t = math.absf %in : f32
      linalg.yield %t : f32
  } -> tensor<7x9xf32>
  return %y : tensor<7x9xf32>
}

// A sum that others use too stays an output.
// CHECK-LABEL: func.func @two_users
func.func @two_users(%a: tensor<7x5xf32>, %b: tensor<5x9xf32>)
    -> (tensor<7x9xf32>, tensor<7x9xf32>) {
  %empty = tensor.empty() : tensor<7x9xf32>
  // CHECK: %[[Y:.*]]:2 = kernel.product {{.*}} -> tensor<7x9xf32>, tensor<7x9xf32> {
  // CHECK-NEXT: ^bb0(%[[SUM:.*]]: f32):
  // CHECK-NEXT: %[[E:.*]] = arith.negf %[[SUM]]
  // CHECK-NEXT: kernel.yield %[[SUM]], %[[E]]
  // CHECK: return %[[Y]]#0, %[[Y]]#1
  %sums = kernel.product %a, %b into (%empty : tensor<7x9xf32>)
      : tensor<7x5xf32>, tensor<5x9xf32> -> tensor<7x9xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  %y = linalg.generic {indexing_maps = [#matrix, #matrix], iterator_types = ["parallel", "parallel"]}
    ins(%sums : tensor<7x9xf32>) outs(%empty : tensor<7x9xf32>) {
    ^bb0(%in: f32, %out: f32):
      %e = arith.negf %in : f32
      linalg.yield %e : f32
  } -> tensor<7x9xf32>
  return %sums, %y : tensor<7x9xf32>, tensor<7x9xf32>
}

// A matrix and a single number are read too; a constant moves into the body. Two
// results become two outputs, each of its own type.
// CHECK-LABEL: func.func @operands
// CHECK-SAME: %[[A:[^:]*]]: tensor<7x5xf32>, %[[B:[^:]*]]: tensor<5x9xf32>, %[[M:[^:]*]]: tensor<7x9xf32>, %[[S:[^:]*]]: tensor<f64>
func.func @operands(%a: tensor<7x5xf32>, %b: tensor<5x9xf32>, %m: tensor<7x9xf32>, %s: tensor<f64>)
    -> (tensor<7x9xf32>, tensor<7x9xf64>) {
  %half = arith.constant 0.5 : f32
  %empty = tensor.empty() : tensor<7x9xf32>
  %wide = tensor.empty() : tensor<7x9xf64>
  // CHECK: kernel.product %[[A]], %[[B]] with(%[[M]], %[[S]] : tensor<7x9xf32>, tensor<f64>)
  // CHECK-SAME: into(%{{.*}}, %{{.*}} : tensor<7x9xf32>, tensor<7x9xf64>)
  // CHECK-NEXT: ^bb0(%[[SUM:.*]]: f32, %[[E:.*]]: f32, %[[FACTOR:.*]]: f64):
  // CHECK-NEXT: %[[HALF:.*]] = arith.constant 5.000000e-01 : f32
  // CHECK-NEXT: %[[P:.*]] = arith.mulf %[[SUM]], %[[E]]
  // CHECK-NEXT: %[[H:.*]] = arith.mulf %[[P]], %[[HALF]]
  // CHECK-NEXT: %[[WIDE:.*]] = arith.extf %[[H]] : f32 to f64
  // CHECK-NEXT: %[[Q:.*]] = arith.mulf %[[WIDE]], %[[FACTOR]]
  // CHECK-NEXT: kernel.yield %[[H]], %[[Q]] : f32, f64
  %sums = kernel.product %a, %b into (%empty : tensor<7x9xf32>)
      : tensor<7x5xf32>, tensor<5x9xf32> -> tensor<7x9xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  %y:2 = linalg.generic {indexing_maps = [#matrix, #matrix, #single, #matrix, #matrix],
                         iterator_types = ["parallel", "parallel"]}
    ins(%sums, %m, %s : tensor<7x9xf32>, tensor<7x9xf32>, tensor<f64>)
    outs(%empty, %wide : tensor<7x9xf32>, tensor<7x9xf64>) {
    ^bb0(%in: f32, %e: f32, %factor: f64, %out0: f32, %out1: f64):
      %p = arith.mulf %in, %e : f32
      %h = arith.mulf %p, %half : f32
      %w = arith.extf %h : f32 to f64
      %q = arith.mulf %w, %factor : f64
      linalg.yield %h, %q : f32, f64
  } -> (tensor<7x9xf32>, tensor<7x9xf64>)
  return %y#0, %y#1 : tensor<7x9xf32>, tensor<7x9xf64>
}

// A function that takes many instructions: a kernel would hold them for each vector
// of its block. A square root before it is applied to the sums.
// CHECK-LABEL: func.func @function
func.func @function(%a: tensor<7x5xf32>, %b: tensor<5x9xf32>) -> tensor<7x9xf32> {
  %empty = tensor.empty() : tensor<7x9xf32>
  // CHECK: kernel.product
  // CHECK-NEXT: ^bb0(%[[SUM:.*]]: f32):
  // CHECK-NEXT: %[[ROOT:.*]] = math.sqrt %[[SUM]]
  // CHECK-NEXT: kernel.yield %[[ROOT]]
  // CHECK: linalg.generic
  // CHECK: math.exp
  %sums = kernel.product %a, %b into (%empty : tensor<7x9xf32>)
      : tensor<7x5xf32>, tensor<5x9xf32> -> tensor<7x9xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  %z = linalg.generic {indexing_maps = [#matrix, #matrix], iterator_types = ["parallel", "parallel"]}
    ins(%sums : tensor<7x9xf32>) outs(%empty : tensor<7x9xf32>) {
    ^bb0(%in: f32, %out: f32):
      %root = math.sqrt %in : f32
      linalg.yield %root : f32
  } -> tensor<7x9xf32>
  %y = linalg.generic {indexing_maps = [#matrix, #matrix], iterator_types = ["parallel", "parallel"]}
    ins(%z : tensor<7x9xf32>) outs(%empty : tensor<7x9xf32>) {
    ^bb0(%in: f32, %out: f32):
      %e = math.exp %in : f32
      linalg.yield %e : f32
  } -> tensor<7x9xf32>
  return %y : tensor<7x9xf32>
}

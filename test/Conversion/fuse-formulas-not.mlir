// RUN: gradc-opt %s --fuse-formulas | FileCheck %s

// What stays a loop of its own. In each function the product keeps its plain body.

#matrix = affine_map<(d0, d1) -> (d0, d1)>
#transposed = affine_map<(d0, d1) -> (d1, d0)>
#row = affine_map<(d0, d1) -> (d0)>
#panels = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#lane = affine_map<(d0, d1, d2) -> (d2)>

// A value from outside that is no constant.
// CHECK-LABEL: func.func @captured
func.func @captured(%a: tensor<7x5xf32>, %b: tensor<5x9xf32>, %rate: f32) -> tensor<7x9xf32> {
  %empty = tensor.empty() : tensor<7x9xf32>
  // CHECK: kernel.product
  // CHECK-NEXT: ^bb0(%[[SUM:.*]]: f32):
  // CHECK-NEXT: kernel.yield %[[SUM]]
  // CHECK: linalg.generic
  %sums = kernel.product %a, %b into (%empty : tensor<7x9xf32>)
      : tensor<7x5xf32>, tensor<5x9xf32> -> tensor<7x9xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  %y = linalg.generic {indexing_maps = [#matrix, #matrix], iterator_types = ["parallel", "parallel"]}
    ins(%sums : tensor<7x9xf32>) outs(%empty : tensor<7x9xf32>) {
    ^bb0(%in: f32, %out: f32):
      %p = arith.mulf %in, %rate : f32
      linalg.yield %p : f32
  } -> tensor<7x9xf32>
  return %y : tensor<7x9xf32>
}

// An operand that is not there yet where the product stands.
// CHECK-LABEL: func.func @later
func.func @later(%a: tensor<7x5xf32>, %b: tensor<5x9xf32>, %m: tensor<7x9xf32>) -> tensor<7x9xf32> {
  %empty = tensor.empty() : tensor<7x9xf32>
  // CHECK: kernel.product
  // CHECK-NEXT: ^bb0(%[[SUM:.*]]: f32):
  // CHECK-NEXT: kernel.yield %[[SUM]]
  // CHECK: math.absf
  // CHECK: linalg.generic
  %sums = kernel.product %a, %b into (%empty : tensor<7x9xf32>)
      : tensor<7x5xf32>, tensor<5x9xf32> -> tensor<7x9xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  %size = math.absf %m : tensor<7x9xf32>
  %y = linalg.generic {indexing_maps = [#matrix, #matrix, #matrix], iterator_types = ["parallel", "parallel"]}
    ins(%sums, %size : tensor<7x9xf32>, tensor<7x9xf32>) outs(%empty : tensor<7x9xf32>) {
    ^bb0(%in: f32, %e: f32, %out: f32):
      %p = arith.mulf %in, %e : f32
      linalg.yield %p : f32
  } -> tensor<7x9xf32>
  return %y : tensor<7x9xf32>
}

// An update of %m with a division, for which many would wait in a kernel.
// CHECK-LABEL: func.func @output_in_use
func.func @output_in_use(%a: tensor<7x5xf32>, %b: tensor<5x9xf32>, %m: tensor<7x9xf32>)
    -> tensor<7x9xf32> {
  %empty = tensor.empty() : tensor<7x9xf32>
  // CHECK: kernel.product
  // CHECK-NEXT: ^bb0(%[[SUM:.*]]: f32):
  // CHECK-NEXT: kernel.yield %[[SUM]]
  // CHECK: linalg.generic
  %sums = kernel.product %a, %b into (%empty : tensor<7x9xf32>)
      : tensor<7x5xf32>, tensor<5x9xf32> -> tensor<7x9xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  %y = linalg.generic {indexing_maps = [#matrix, #matrix], iterator_types = ["parallel", "parallel"]}
    ins(%sums : tensor<7x9xf32>) outs(%m : tensor<7x9xf32>) {
    ^bb0(%in: f32, %out: f32):
      %d = arith.divf %out, %in : f32
      linalg.yield %d : f32
  } -> tensor<7x9xf32>
  return %y : tensor<7x9xf32>
}

// A number for each row, the sums of a row, and a transposed reading.
// CHECK-LABEL: func.func @other_readings
func.func @other_readings(%a: tensor<7x5xf32>, %b: tensor<5x7xf32>, %v: tensor<7xf32>)
    -> (tensor<7x7xf32>, tensor<7xf32>, tensor<7x7xf32>) {
  %empty = tensor.empty() : tensor<7x7xf32>
  // CHECK: kernel.product
  // CHECK-NEXT: ^bb0(%[[SUM:.*]]: f32):
  // CHECK-NEXT: kernel.yield %[[SUM]]
  // CHECK-COUNT-3: linalg.generic
  %sums = kernel.product %a, %b into (%empty : tensor<7x7xf32>)
      : tensor<7x5xf32>, tensor<5x7xf32> -> tensor<7x7xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  %x = linalg.generic {indexing_maps = [#matrix, #row, #matrix], iterator_types = ["parallel", "parallel"]}
    ins(%sums, %v : tensor<7x7xf32>, tensor<7xf32>) outs(%empty : tensor<7x7xf32>) {
    ^bb0(%in: f32, %e: f32, %out: f32):
      %p = arith.mulf %in, %e : f32
      linalg.yield %p : f32
  } -> tensor<7x7xf32>
  %y = linalg.generic {indexing_maps = [#matrix, #row], iterator_types = ["parallel", "reduction"]}
    ins(%sums : tensor<7x7xf32>) outs(%v : tensor<7xf32>) {
    ^bb0(%in: f32, %out: f32):
      %p = arith.addf %out, %in : f32
      linalg.yield %p : f32
  } -> tensor<7xf32>
  %z = linalg.generic {indexing_maps = [#transposed, #matrix], iterator_types = ["parallel", "parallel"]}
    ins(%sums : tensor<7x7xf32>) outs(%empty : tensor<7x7xf32>) {
    ^bb0(%in: f32, %out: f32):
      %p = math.absf %in : f32
      linalg.yield %p : f32
  } -> tensor<7x7xf32>
  return %x, %y, %z : tensor<7x7xf32>, tensor<7xf32>, tensor<7x7xf32>
}

// A number for each column, where the result is in panels.
// CHECK-LABEL: func.func @columns_of_panels
func.func @columns_of_panels(%a: tensor<7x5xf32>, %b: tensor<5x32xf32>, %v: tensor<16xf32>)
    -> tensor<2x7x16xf32> {
  %empty = tensor.empty() : tensor<2x7x16xf32>
  // CHECK: kernel.product
  // CHECK-NEXT: ^bb0(%[[SUM:.*]]: f32):
  // CHECK-NEXT: kernel.yield %[[SUM]]
  // CHECK: linalg.generic
  %sums = kernel.product %a, %b into (%empty : tensor<2x7x16xf32>)
      : tensor<7x5xf32>, tensor<5x32xf32> -> tensor<2x7x16xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  %y = linalg.generic {indexing_maps = [#panels, #lane, #panels],
                       iterator_types = ["parallel", "parallel", "parallel"]}
    ins(%sums, %v : tensor<2x7x16xf32>, tensor<16xf32>) outs(%empty : tensor<2x7x16xf32>) {
    ^bb0(%in: f32, %e: f32, %out: f32):
      %p = arith.mulf %in, %e : f32
      linalg.yield %p : f32
  } -> tensor<2x7x16xf32>
  return %y : tensor<2x7x16xf32>
}

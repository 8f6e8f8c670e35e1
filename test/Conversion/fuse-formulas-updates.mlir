// RUN: gradc-opt %s --fuse-formulas | FileCheck %s

#matrix = affine_map<(d0, d1) -> (d0, d1)>

// A step of gradient descent with momentum: the gradient is never in memory. The
// rate, a number of the step, is brought before the product and becomes an input.
// CHECK-LABEL: func.func @momentum
// CHECK-SAME: %[[X:.*]]: tensor<7x5xf32>, %[[D:.*]]: tensor<7x19xf32>, %[[W:.*]]: tensor<5x19xf32>, %[[M:.*]]: tensor<5x19xf32>, %[[NUMBER:.*]]: f64
// CHECK: %[[RATE:.*]] = arith.truncf %[[NUMBER]]
// CHECK: %[[R:.*]] = tensor.from_elements %[[RATE]] : tensor<f32>
// CHECK: %[[NEXT:.*]]:2 = kernel.product updates transposed %[[X]], %[[D]] with(%[[R]] : tensor<f32>) into(%[[W]], %[[M]] :
// CHECK-NEXT: ^bb0(%[[SUM:.*]]: f32, %[[LR:.*]]: f32, %[[OLD:.*]]: f32, %[[SLOT:.*]]: f32):
// CHECK: %[[NEW:.*]] = arith.addf %[[SLOT]], %[[SUM]]
// CHECK: arith.mulf %[[NEW]], %[[LR]]
// CHECK-NOT: linalg.generic
// CHECK: return %[[NEXT]]#0, %[[NEXT]]#1
func.func @momentum(%x: tensor<7x5xf32>, %d: tensor<7x19xf32>, %w: tensor<5x19xf32>,
                    %m: tensor<5x19xf32>, %number: f64) -> (tensor<5x19xf32>, tensor<5x19xf32>) {
  %empty = tensor.empty() : tensor<5x19xf32>
  %g = kernel.product transposed %x, %d into (%empty : tensor<5x19xf32>)
      : tensor<7x5xf32>, tensor<7x19xf32> -> tensor<5x19xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  %rate = arith.truncf %number : f64 to f32
  %next:2 = linalg.generic {indexing_maps = [#matrix, #matrix, #matrix], iterator_types = ["parallel", "parallel"]}
    ins(%g : tensor<5x19xf32>) outs(%w, %m : tensor<5x19xf32>, tensor<5x19xf32>) {
    ^bb0(%in: f32, %old: f32, %slot: f32):
      %new = arith.addf %slot, %in : f32
      %change = arith.mulf %new, %rate : f32
      %e = arith.subf %old, %change : f32
      linalg.yield %e, %new : f32, f32
  } -> (tensor<5x19xf32>, tensor<5x19xf32>)
  return %next#0, %next#1 : tensor<5x19xf32>, tensor<5x19xf32>
}

// Something behind the product still reads the old weight.
// CHECK-LABEL: func.func @read_later
// CHECK: kernel.product transposed
// CHECK: kernel.product
// CHECK: linalg.generic
func.func @read_later(%x: tensor<7x5xf32>, %d: tensor<7x19xf32>, %w: tensor<5x19xf32>)
    -> (tensor<5x19xf32>, tensor<7x19xf32>) {
  %empty = tensor.empty() : tensor<5x19xf32>
  %g = kernel.product transposed %x, %d into (%empty : tensor<5x19xf32>)
      : tensor<7x5xf32>, tensor<7x19xf32> -> tensor<5x19xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  %0 = tensor.empty() : tensor<7x19xf32>
  %y = kernel.product %x, %w into (%0 : tensor<7x19xf32>)
      : tensor<7x5xf32>, tensor<5x19xf32> -> tensor<7x19xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  %next = linalg.generic {indexing_maps = [#matrix, #matrix], iterator_types = ["parallel", "parallel"]}
    ins(%g : tensor<5x19xf32>) outs(%w : tensor<5x19xf32>) {
    ^bb0(%in: f32, %old: f32):
      %e = arith.subf %old, %in : f32
      linalg.yield %e : f32
  } -> tensor<5x19xf32>
  return %next, %y : tensor<5x19xf32>, tensor<7x19xf32>
}

// A factor that comes from behind the product, as a clip's, and a gradient that
// others read.
// CHECK-LABEL: func.func @clipped
// CHECK: kernel.product transposed
// CHECK: linalg.generic
func.func @clipped(%x: tensor<7x5xf32>, %d: tensor<7x19xf32>, %w: tensor<5x19xf32>, %n: tensor<f32>)
    -> (tensor<5x19xf32>) {
  %empty = tensor.empty() : tensor<5x19xf32>
  %g = kernel.product transposed %x, %d into (%empty : tensor<5x19xf32>)
      : tensor<7x5xf32>, tensor<7x19xf32> -> tensor<5x19xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  %factor = tensor.extract %n[] : tensor<f32>
  %next = linalg.generic {indexing_maps = [#matrix, #matrix], iterator_types = ["parallel", "parallel"]}
    ins(%g : tensor<5x19xf32>) outs(%w : tensor<5x19xf32>) {
    ^bb0(%in: f32, %old: f32):
      %change = arith.mulf %in, %factor : f32
      %e = arith.subf %old, %change : f32
      linalg.yield %e : f32
  } -> tensor<5x19xf32>
  return %next : tensor<5x19xf32>
}

// A row that is no whole vector would wait for the store of the one before it.
// CHECK-LABEL: func.func @narrow
// CHECK: kernel.product transposed
// CHECK: linalg.generic
func.func @narrow(%x: tensor<7x5xf32>, %d: tensor<7x9xf32>, %w: tensor<5x9xf32>) -> tensor<5x9xf32> {
  %empty = tensor.empty() : tensor<5x9xf32>
  %g = kernel.product transposed %x, %d into (%empty : tensor<5x9xf32>)
      : tensor<7x5xf32>, tensor<7x9xf32> -> tensor<5x9xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  %next = linalg.generic {indexing_maps = [#matrix, #matrix], iterator_types = ["parallel", "parallel"]}
    ins(%g : tensor<5x9xf32>) outs(%w : tensor<5x9xf32>) {
    ^bb0(%in: f32, %old: f32):
      %e = arith.subf %old, %in : f32
      linalg.yield %e : f32
  } -> tensor<5x9xf32>
  return %next : tensor<5x9xf32>
}

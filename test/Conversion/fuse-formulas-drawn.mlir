// RUN: gradc-opt %s --fuse-formulas | FileCheck %s

#matrix = affine_map<(d0, d1) -> (d0, d1)>
#list = affine_map<(d0) -> (d0)>

// A mask that is drawn behind a product is drawn before it: it needs nothing but
// numbers. Then the product applies it.
// CHECK-LABEL: func.func @drawn
// CHECK-SAME: %[[A:.*]]: tensor<8x5xf32>, %[[B:.*]]: tensor<5x4xf32>, %[[STEP:.*]]: i64
// CHECK: %[[SEED:.*]] = arith.addi %[[STEP]], %[[STEP]]
// CHECK: %[[LIST:.*]] = linalg.generic {{.*}} outs(%{{.*}} : tensor<32xf32>)
// CHECK: %[[MASK:.*]] = tensor.expand_shape %[[LIST]]
// CHECK: kernel.product %[[A]], %[[B]] with(%[[MASK]] : tensor<8x4xf32>)
// CHECK-NEXT: ^bb0(%[[SUM:.*]]: f32, %[[M:.*]]: f32):
// CHECK-NEXT: %[[KEPT:.*]] = arith.mulf %[[SUM]], %[[M]]
// CHECK-NEXT: kernel.yield %[[KEPT]] : f32
// CHECK-NOT: linalg.generic
// CHECK: return
func.func @drawn(%a: tensor<8x5xf32>, %b: tensor<5x4xf32>, %step: i64) -> tensor<8x4xf32> {
  %empty = tensor.empty() : tensor<8x4xf32>
  %sums = kernel.product %a, %b into (%empty : tensor<8x4xf32>)
      : tensor<8x5xf32>, tensor<5x4xf32> -> tensor<8x4xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  %seed = arith.addi %step, %step : i64
  %0 = tensor.empty() : tensor<32xf32>
  %list = linalg.generic {indexing_maps = [#list], iterator_types = ["parallel"]}
    outs(%0 : tensor<32xf32>) {
    ^bb0(%out: f32):
      %i = linalg.index 0 : index
      %n = arith.index_cast %i : index to i64
      %s = arith.addi %n, %seed : i64
      %e = arith.sitofp %s : i64 to f32
      linalg.yield %e : f32
  } -> tensor<32xf32>
  %mask = tensor.expand_shape %list [[0, 1]] output_shape [8, 4] : tensor<32xf32> into tensor<8x4xf32>
  %y = linalg.generic {indexing_maps = [#matrix, #matrix, #matrix], iterator_types = ["parallel", "parallel"]}
    ins(%sums, %mask : tensor<8x4xf32>, tensor<8x4xf32>) outs(%empty : tensor<8x4xf32>) {
    ^bb0(%in: f32, %m: f32, %out: f32):
      %kept = arith.mulf %in, %m : f32
      linalg.yield %kept : f32
  } -> tensor<8x4xf32>
  return %y : tensor<8x4xf32>
}

// What is computed from a tensor behind the product stays there.
// CHECK-LABEL: func.func @computed
// CHECK: kernel.product
// CHECK: linalg.generic
// CHECK: linalg.generic
func.func @computed(%a: tensor<8x5xf32>, %b: tensor<5x4xf32>, %x: tensor<8x4xf32>) -> tensor<8x4xf32> {
  %empty = tensor.empty() : tensor<8x4xf32>
  %sums = kernel.product %a, %b into (%empty : tensor<8x4xf32>)
      : tensor<8x5xf32>, tensor<5x4xf32> -> tensor<8x4xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  %mask = linalg.generic {indexing_maps = [#matrix, #matrix], iterator_types = ["parallel", "parallel"]}
    ins(%x : tensor<8x4xf32>) outs(%empty : tensor<8x4xf32>) {
    ^bb0(%in: f32, %out: f32):
      %size = math.absf %in : f32
      linalg.yield %size : f32
  } -> tensor<8x4xf32>
  %y = linalg.generic {indexing_maps = [#matrix, #matrix, #matrix], iterator_types = ["parallel", "parallel"]}
    ins(%sums, %mask : tensor<8x4xf32>, tensor<8x4xf32>) outs(%empty : tensor<8x4xf32>) {
    ^bb0(%in: f32, %m: f32, %out: f32):
      %kept = arith.mulf %in, %m : f32
      linalg.yield %kept : f32
  } -> tensor<8x4xf32>
  return %y : tensor<8x4xf32>
}

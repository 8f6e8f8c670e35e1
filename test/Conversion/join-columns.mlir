// RUN: gradc-opt %s --join-columns | FileCheck %s

#matrix = affine_map<(d0, d1) -> (d0, d1)>
#column = affine_map<(d0, d1) -> (d1)>
#row = affine_map<(d0, d1) -> (d0)>
#one = affine_map<(d0, d1) -> ()>

// All squares of a product: by columns inside, then over these.
// CHECK-LABEL: func.func @total
// CHECK-SAME: %[[A:.*]]: tensor<7x5xf32>, %[[B:.*]]: tensor<5x48xf32>
func.func @total(%a: tensor<7x5xf32>, %b: tensor<5x48xf32>) -> (tensor<7x48xf32>, tensor<f64>) {
  %c = tensor.empty() : tensor<7x48xf32>
  // CHECK: %[[ZERO:.*]] = arith.constant 0.000000e+00 : f64
  // CHECK: %[[START:.*]] = linalg.fill ins(%[[ZERO]] : f64) outs(%{{.*}} : tensor<48xf64>)
  // CHECK: %[[Y:.*]]:2 = kernel.product %[[A]], %[[B]] into(%{{.*}}, %[[START]] : tensor<7x48xf32>, tensor<48xf64>)
  // CHECK-NEXT: ^bb0(%[[SUM:.*]]: f32, %[[BEFORE:.*]]: f64):
  // CHECK-NEXT: %[[WIDE:.*]] = arith.extf %[[SUM]]
  // CHECK-NEXT: %[[SQUARE:.*]] = arith.mulf %[[WIDE]], %[[WIDE]]
  // CHECK-NEXT: %[[NEXT:.*]] = arith.addf %[[BEFORE]], %[[SQUARE]]
  // CHECK-NEXT: kernel.yield %[[SUM]], %[[NEXT]] : f32, f64
  %y = kernel.product %a, %b into (%c : tensor<7x48xf32>)
      : tensor<7x5xf32>, tensor<5x48xf32> -> tensor<7x48xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  %zero = arith.constant 0.0 : f64
  %empty = tensor.empty() : tensor<f64>
  %start = linalg.fill ins(%zero : f64) outs(%empty : tensor<f64>) -> tensor<f64>
  // CHECK: %[[TOTAL:.*]] = linalg.generic {{.*}} iterator_types = ["reduction"]} ins(%[[Y]]#1 : tensor<48xf64>)
  // CHECK: return %[[Y]]#0, %[[TOTAL]]
  %t = linalg.generic {indexing_maps = [#matrix, #one], iterator_types = ["reduction", "reduction"]}
    ins(%y : tensor<7x48xf32>) outs(%start : tensor<f64>) {
    ^bb0(%in: f32, %out: f64):
      %wide = arith.extf %in : f32 to f64
      %square = arith.mulf %wide, %wide : f64
      %next = arith.addf %out, %square : f64
      linalg.yield %next : f64
  } -> tensor<f64>
  return %y, %t : tensor<7x48xf32>, tensor<f64>
}

// Columns, of a result that nothing else needs: it is not stored.
// CHECK-LABEL: func.func @columns
func.func @columns(%a: tensor<7x5xf32>, %b: tensor<5x48xf32>) -> (tensor<7x48xf32>, tensor<48xf32>) {
  %c = tensor.empty() : tensor<7x48xf32>
  // CHECK: %[[Y:.*]]:2 = kernel.product {{.*}} into(%{{.*}}, %{{.*}} : tensor<7x48xf32>, tensor<48xf32>)
  // CHECK: ^bb0(%[[SUM:.*]]: f32, %[[BEFORE:.*]]: f32):
  // CHECK: %[[SIZE:.*]] = math.absf %[[SUM]]
  // CHECK: %[[NEXT:.*]] = arith.maximumf %[[BEFORE]], %[[SIZE]]
  // CHECK: kernel.yield %[[SUM]], %[[NEXT]] : f32, f32
  // CHECK-NOT: linalg.generic
  // CHECK: return %[[Y]]#0, %[[Y]]#1
  %y:2 = kernel.product %a, %b into (%c, %c : tensor<7x48xf32>, tensor<7x48xf32>)
      : tensor<7x5xf32>, tensor<5x48xf32> -> tensor<7x48xf32>, tensor<7x48xf32> {
  ^bb0(%sum: f32):
    %size = math.absf %sum : f32
    kernel.yield %sum, %size : f32, f32
  }
  %zero = arith.constant 0.0 : f32
  %empty = tensor.empty() : tensor<48xf32>
  %start = linalg.fill ins(%zero : f32) outs(%empty : tensor<48xf32>) -> tensor<48xf32>
  %t = linalg.generic {indexing_maps = [#matrix, #column], iterator_types = ["reduction", "parallel"]}
    ins(%y#1 : tensor<7x48xf32>) outs(%start : tensor<48xf32>) {
    ^bb0(%in: f32, %out: f32):
      %next = arith.maximumf %out, %in : f32
      linalg.yield %next : f32
  } -> tensor<48xf32>
  return %y#0, %t : tensor<7x48xf32>, tensor<48xf32>
}

// Sums of rows run across the registers of a block, and what has no neutral
// element cannot begin: both stay.
// CHECK-LABEL: func.func @apart
func.func @apart(%a: tensor<7x5xf32>, %b: tensor<5x48xf32>, %r: tensor<7xf32>, %s: tensor<f32>)
    -> (tensor<7xf32>, tensor<f32>) {
  %c = tensor.empty() : tensor<7x48xf32>
  // CHECK: kernel.product {{.*}} into(%{{[0-9]*}} : tensor<7x48xf32>)
  %y = kernel.product %a, %b into (%c : tensor<7x48xf32>)
      : tensor<7x5xf32>, tensor<5x48xf32> -> tensor<7x48xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  // CHECK: linalg.generic
  %rows = linalg.generic {indexing_maps = [#matrix, #row], iterator_types = ["parallel", "reduction"]}
    ins(%y : tensor<7x48xf32>) outs(%r : tensor<7xf32>) {
    ^bb0(%in: f32, %out: f32):
      %next = arith.addf %out, %in : f32
      linalg.yield %next : f32
  } -> tensor<7xf32>
  // CHECK: linalg.generic
  %last = linalg.generic {indexing_maps = [#matrix, #one], iterator_types = ["reduction", "reduction"]}
    ins(%y : tensor<7x48xf32>) outs(%s : tensor<f32>) {
    ^bb0(%in: f32, %out: f32):
      %next = arith.subf %out, %in : f32
      linalg.yield %next : f32
  } -> tensor<f32>
  return %rows, %last : tensor<7xf32>, tensor<f32>
}

// Threads share the rows of windows: what joins them comes behind.
// CHECK-LABEL: func.func @windows
func.func @windows(%x: tensor<2x10x10x4xf32>, %f: tensor<36x16xf32>)
    -> (tensor<128x16xf32>, tensor<16xf32>) {
  %zero = arith.constant 0.0 : f32
  %empty = tensor.empty() : tensor<16xf32>
  %s = linalg.fill ins(%zero : f32) outs(%empty : tensor<16xf32>) -> tensor<16xf32>
  %c = tensor.empty() : tensor<128x16xf32>
  // CHECK: kernel.product {{.*}} into(%{{[^,]*}} : tensor<128x16xf32>)
  %y = kernel.product windows <0 rows [2, 8, 8] by [400, 40, 4] depth [3, 3, 4] by [40, 4, 1]> %x, %f
      into (%c : tensor<128x16xf32>) : tensor<2x10x10x4xf32>, tensor<36x16xf32> -> tensor<128x16xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  // CHECK: linalg.generic
  %t = linalg.generic {indexing_maps = [#matrix, #column], iterator_types = ["reduction", "parallel"]}
    ins(%y : tensor<128x16xf32>) outs(%s : tensor<16xf32>) {
    ^bb0(%in: f32, %out: f32):
      %next = arith.addf %out, %in : f32
      linalg.yield %next : f32
  } -> tensor<16xf32>
  return %y, %t : tensor<128x16xf32>, tensor<16xf32>
}

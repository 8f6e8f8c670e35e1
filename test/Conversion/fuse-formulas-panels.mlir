// RUN: gradc-opt %s --fuse-formulas | FileCheck %s

#panels = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
#single = affine_map<(d0, d1, d2) -> ()>

// Formulas on panels, as decay and clips by value of a gradient are: they read
// panels, a number, or constants.
// CHECK-LABEL: func.func @gradient
// CHECK-SAME: %[[X:[^:]*]]: tensor<5x7xf32>, %[[D:[^:]*]]: tensor<5x32xf32>, %[[W:[^:]*]]: tensor<2x7x16xf32>, %[[S:[^:]*]]: tensor<f32>
func.func @gradient(%x: tensor<5x7xf32>, %d: tensor<5x32xf32>, %w: tensor<2x7x16xf32>,
                    %s: tensor<f32>) -> tensor<2x7x16xf32> {
  %empty = tensor.empty() : tensor<2x7x16xf32>
  // CHECK: kernel.product transposed %[[X]], %[[D]] with(%[[W]], %[[S]] : tensor<2x7x16xf32>, tensor<f32>)
  // CHECK-SAME: into(%{{[^,]*}} : tensor<2x7x16xf32>)
  // CHECK-NEXT: ^bb0(%[[SUM:.*]]: f32, %[[E:.*]]: f32, %[[SCALE:.*]]: f32):
  // CHECK-NEXT: %[[RATE:.*]] = arith.constant 2.500000e-01 : f32
  // CHECK-NEXT: %[[DECAY:.*]] = arith.mulf %[[E]], %[[RATE]]
  // CHECK-NEXT: %[[BOTH:.*]] = arith.addf %[[SUM]], %[[DECAY]]
  // CHECK-NEXT: %[[G:.*]] = arith.mulf %[[BOTH]], %[[SCALE]]
  // CHECK-NEXT: kernel.yield %[[G]] : f32
  // CHECK-NOT: linalg.generic
  %rate = arith.constant 0.25 : f32
  %sums = kernel.product transposed %x, %d into (%empty : tensor<2x7x16xf32>)
      : tensor<5x7xf32>, tensor<5x32xf32> -> tensor<2x7x16xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  %g = linalg.generic {indexing_maps = [#panels, #panels, #single, #panels],
                       iterator_types = ["parallel", "parallel", "parallel"]}
    ins(%sums, %w, %s : tensor<2x7x16xf32>, tensor<2x7x16xf32>, tensor<f32>)
    outs(%empty : tensor<2x7x16xf32>) {
    ^bb0(%in: f32, %e: f32, %scale: f32, %out: f32):
      %decay = arith.mulf %e, %rate : f32
      %both = arith.addf %in, %decay : f32
      %p = arith.mulf %both, %scale : f32
      linalg.yield %p : f32
  } -> tensor<2x7x16xf32>
  return %g : tensor<2x7x16xf32>
}

// RUN: gradc-opt %s --group-pixels | FileCheck %s

// A convolution of 3x3 from 4 to 6 channels on 8x8 images: two pixels make 12
// columns of 16, from windows of 3x4.
// CHECK-LABEL: func.func @forward
// CHECK-SAME: %[[X:[^:]*]]: tensor<2x10x10x4xf32>, %[[F:[^:]*]]: tensor<36x6xf32>, %[[BIAS:[^:]*]]: tensor<6xf32>, %[[M:[^:]*]]: tensor<128x6xf32>
func.func @forward(%x: tensor<2x10x10x4xf32>, %f: tensor<36x6xf32>, %bias: tensor<6xf32>,
                   %m: tensor<128x6xf32>) -> tensor<128x6xf32> {
  // CHECK: %[[APART:.*]] = tensor.expand_shape %[[F]] {{.*}} into tensor<3x3x4x6xf32>
  // CHECK: %[[ZEROS:.*]] = linalg.fill {{.*}} tensor<3x4x4x2x6xf32>
  // CHECK: %[[FIRST:.*]] = tensor.insert_slice %[[APART]] into %[[ZEROS]][0, 0, 0, 0, 0] [3, 3, 4, 1, 6]
  // CHECK: %[[BOTH:.*]] = tensor.insert_slice %[[APART]] into %[[FIRST]][0, 1, 0, 1, 0] [3, 3, 4, 1, 6]
  // CHECK: %[[WIDE:.*]] = tensor.collapse_shape %[[BOTH]] {{.*}} into tensor<48x12xf32>
  // CHECK: %[[TWICE:.*]] = linalg.generic {{.*}} ins(%[[BIAS]] : tensor<6xf32>) outs(%{{.*}} : tensor<2x6xf32>)
  // CHECK: %[[COLUMNS:.*]] = tensor.collapse_shape %[[TWICE]] {{.*}} into tensor<12xf32>
  // CHECK: %[[ROWS:.*]] = tensor.expand_shape %[[M]] {{.*}} into tensor<64x2x6xf32>
  // CHECK: %[[PAIRS:.*]] = tensor.collapse_shape %[[ROWS]] {{.*}} into tensor<64x12xf32>
  // CHECK: %[[Y:.*]] = kernel.product windows <0 rows[2, 8, 4] by[400, 40, 8] depth[3, 4, 4] by[40, 4, 1]> %[[X]], %[[WIDE]]
  // CHECK-SAME: with(%[[COLUMNS]], %[[PAIRS]] : tensor<12xf32>, tensor<64x12xf32>)
  // CHECK: arith.addf
  // CHECK: tensor.collapse_shape {{.*}} into tensor<128x6xf32>
  %empty = tensor.empty() : tensor<128x6xf32>
  %y = kernel.product windows <0 rows [2, 8, 8] by [400, 40, 4] depth [3, 3, 4] by [40, 4, 1]> %x, %f
      with (%bias, %m : tensor<6xf32>, tensor<128x6xf32>) into (%empty : tensor<128x6xf32>)
      : tensor<2x10x10x4xf32>, tensor<36x6xf32> -> tensor<128x6xf32> {
  ^bb0(%sum: f32, %b: f32, %e: f32):
    %0 = arith.addf %sum, %b : f32
    %1 = arith.addf %0, %e : f32
    kernel.yield %1 : f32
  }
  return %y : tensor<128x6xf32>
}

// The gradient of its filters: pairs of pixels give filters for each of the two,
// and those that stand for the same place are added.
// CHECK-LABEL: func.func @filters
// CHECK-SAME: %[[X:[^:]*]]: tensor<2x10x10x4xf32>, %[[G:[^:]*]]: tensor<128x6xf32>
func.func @filters(%x: tensor<2x10x10x4xf32>, %g: tensor<128x6xf32>) -> tensor<36x6xf32> {
  // CHECK: %[[ROWS:.*]] = tensor.expand_shape %[[G]] {{.*}} into tensor<64x2x6xf32>
  // CHECK: %[[PAIRS:.*]] = tensor.collapse_shape %[[ROWS]] {{.*}} into tensor<64x12xf32>
  // CHECK: %[[BOTH:.*]] = kernel.product windows <0 rows[3, 4, 4] by[40, 4, 1] depth[2, 8, 4] by[400, 40, 8]> %[[X]], %[[PAIRS]] into(%{{.*}} : tensor<48x12xf32>)
  // CHECK: %[[APART:.*]] = tensor.expand_shape %[[BOTH]] {{.*}} into tensor<3x4x4x2x6xf32>
  // CHECK: %[[LEFT:.*]] = tensor.extract_slice %[[APART]][0, 0, 0, 0, 0] [3, 3, 4, 1, 6]
  // CHECK: %[[RIGHT:.*]] = tensor.extract_slice %[[APART]][0, 1, 0, 1, 0] [3, 3, 4, 1, 6]
  // CHECK: linalg.generic {{.*}} ins(%[[LEFT]], %[[RIGHT]] : {{.*}}) outs(%{{.*}} : tensor<3x3x4x6xf32>)
  // CHECK-NEXT: ^bb0(%[[A:.*]]: f32, %[[B:.*]]: f32, %{{.*}}: f32):
  // CHECK-NEXT: arith.addf %[[A]], %[[B]]
  %empty = tensor.empty() : tensor<36x6xf32>
  %y = kernel.product windows <0 rows [3, 3, 4] by [40, 4, 1] depth [2, 8, 8] by [400, 40, 4]> %x, %g
      into (%empty : tensor<36x6xf32>)
      : tensor<2x10x10x4xf32>, tensor<128x6xf32> -> tensor<36x6xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  return %y : tensor<36x6xf32>
}

// Sixteen channels fill a vector; seven pixels have no pairs; windows of one place
// would be all zeros for the other pixel.
// CHECK-LABEL: func.func @alone
func.func @alone(%x: tensor<2x10x10x4xf32>, %f: tensor<36x16xf32>, %x7: tensor<2x9x9x4xf32>,
                 %f6: tensor<36x6xf32>, %f1: tensor<4x6xf32>)
    -> (tensor<128x16xf32>, tensor<98x6xf32>, tensor<200x6xf32>) {
  %a = tensor.empty() : tensor<128x16xf32>
  %b = tensor.empty() : tensor<98x6xf32>
  %c = tensor.empty() : tensor<200x6xf32>
  // CHECK: kernel.product windows <0 rows[2, 8, 8]
  %y0 = kernel.product windows <0 rows [2, 8, 8] by [400, 40, 4] depth [3, 3, 4] by [40, 4, 1]> %x, %f
      into (%a : tensor<128x16xf32>) : tensor<2x10x10x4xf32>, tensor<36x16xf32> -> tensor<128x16xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  // CHECK: kernel.product windows <0 rows[2, 7, 7]
  %y1 = kernel.product windows <0 rows [2, 7, 7] by [324, 36, 4] depth [3, 3, 4] by [36, 4, 1]> %x7, %f6
      into (%b : tensor<98x6xf32>) : tensor<2x9x9x4xf32>, tensor<36x6xf32> -> tensor<98x6xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  // CHECK: kernel.product windows <0 rows[2, 10, 10]
  %y2 = kernel.product windows <0 rows [2, 10, 10] by [400, 40, 4] depth [1, 1, 4] by [40, 4, 1]> %x, %f1
      into (%c : tensor<200x6xf32>) : tensor<2x10x10x4xf32>, tensor<4x6xf32> -> tensor<200x6xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  return %y0, %y1, %y2 : tensor<128x16xf32>, tensor<98x6xf32>, tensor<200x6xf32>
}

// RUN: gradc-opt %s | gradc-opt | FileCheck %s

// A left factor whose rows are windows of a tensor.
// CHECK-LABEL: func.func @windows
func.func @windows(%x: tensor<1x4x4x3xf32>, %w: tensor<12x5xf32>, %e: tensor<9x5xf32>) -> tensor<9x5xf32> {
  // CHECK: kernel.product windows <0 rows[3, 3] by[12, 3] depth[2, 6] by[12, 1]> %{{.*}}, %{{.*}} into
  %0 = kernel.product windows <0 rows [3, 3] by [12, 3] depth [2, 6] by [12, 1]> %x, %w
      into (%e : tensor<9x5xf32>) : tensor<1x4x4x3xf32>, tensor<12x5xf32> -> tensor<9x5xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  return %0 : tensor<9x5xf32>
}

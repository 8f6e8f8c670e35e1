// RUN: gradc-opt %s --convert-to-linalg | FileCheck %s

// Element 0, 1 of each window, for samples, channels, rows and columns.
// CHECK-DAG: #[[ALL:.*]] = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3)>
// CHECK-DAG: #[[LEFT:.*]] = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2 * 2, d3 * 2)>
// CHECK-DAG: #[[RIGHT:.*]] = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2 * 2, d3 * 2 + 1)>
// CHECK-DAG: #[[CUT:.*]] = affine_map<(d0, d1, d2, d3) -> (d0, d1, d2, d3 + 1)>
// CHECK-DAG: #[[WINDOW:.*]] = affine_map<(d0, d1, d2, d3, d4, d5) -> (d0, d1, d2 + d4, d3 + d5)>
// CHECK-DAG: #[[KERNEL:.*]] = affine_map<(d0, d1, d2, d3, d4, d5) -> (d4, d5)>
#pair = #nn.window<kernel [1, 2] stride [2, 2] padding [0, 0, 0, 0] dilation [1, 1]>
#overlap = #nn.window<kernel [2, 3] stride [2, 2] padding [0, 0, 1, 1] dilation [1, 1]>
#large = #nn.window<kernel [5, 5] stride [1, 1] padding [0, 0, 0, 0] dilation [1, 1]>

// Each element of a small window is an operand.
// CHECK-LABEL: func.func @maxpool
// CHECK-SAME: %[[X:.*]]: tensor<5x4x3x4xf32>
func.func @maxpool(%x: tensor<5x4x3x4xf32>) -> tensor<5x4x2x2xf32> {
  // CHECK: linalg.generic {indexing_maps = [#[[LEFT]], #[[RIGHT]], #[[ALL]]], iterator_types = ["parallel", "parallel", "parallel", "parallel"]} ins(%[[X]], %[[X]] :
  // CHECK: ^bb0(%[[A:.*]]: f32, %[[B:.*]]: f32, %{{.*}}: f32):
  // CHECK: arith.maximumf %[[A]], %[[B]]
  %0 = nn.maxpool %x window(#pair) : (tensor<5x4x3x4xf32>) -> tensor<5x4x2x2xf32>
  return %0 : tensor<5x4x2x2xf32>
}

// The first of the largest elements is found again, and gets the gradient.
// CHECK-LABEL: func.func @maxpool_grad
// CHECK-SAME: %[[DY:.*]]: tensor<5x4x2x2xf32>, %[[X:.*]]: tensor<5x4x3x4xf32>
func.func @maxpool_grad(%dy: tensor<5x4x2x2xf32>, %x: tensor<5x4x3x4xf32>)
    -> tensor<5x4x3x4xf32> {
  // CHECK: %[[FIRST:.*]] = linalg.generic {{.*}} ins(%[[X]], %[[X]] : {{.*}} outs({{.*}} : tensor<5x4x2x2xi32>)
  // CHECK: ^bb0(%[[A:.*]]: f32, %[[B:.*]]: f32, %{{.*}}: i32):
  // CHECK: %[[LARGER:.*]] = arith.cmpf ogt, %[[B]], %[[A]]
  // CHECK: arith.select %[[LARGER]], %c1_i32, %c0_i32
  // CHECK: %[[ZEROS:.*]] = linalg.fill {{.*}} -> tensor<5x4x3x4xf32>
  // CHECK: %[[PART:.*]] = linalg.generic {indexing_maps = [#[[ALL]], #[[ALL]], #[[LEFT]]]{{.*}} ins(%[[DY]], %[[FIRST]] : {{.*}} outs(%[[ZEROS]]
  // CHECK: arith.cmpi eq
  // CHECK: arith.addf
  // CHECK: linalg.generic {indexing_maps = [#[[ALL]], #[[ALL]], #[[RIGHT]]]{{.*}} ins(%[[DY]], %[[FIRST]] : {{.*}} outs(%[[PART]]
  %0 = nn.maxpool_grad %dy, %x window(#pair) : tensor<5x4x2x2xf32>, tensor<5x4x3x4xf32>
  return %0 : tensor<5x4x3x4xf32>
}

// A mean over what lies inside the image: along each axis, for each place, the
// elements of the window are counted.
// CHECK-LABEL: func.func @avgpool
func.func @avgpool(%x: tensor<5x4x4x7xf32>) -> tensor<5x4x2x4xf32> {
  // CHECK: linalg.fill {{.*}} -> tensor<5x4x4x9xf32>
  // CHECK: %[[SUMS:.*]] = linalg.generic {{.*}} outs({{.*}} : tensor<5x4x2x4xf32>)
  // CHECK: %[[ROWS:.*]] = linalg.generic {{.*}} outs({{.*}} : tensor<2xf32>)
  // CHECK: arith.minsi
  // CHECK: arith.maxsi
  // CHECK: %[[COLUMNS:.*]] = linalg.generic {{.*}} outs({{.*}} : tensor<4xf32>)
  // CHECK: linalg.generic {{.*}} ins(%[[SUMS]], %[[ROWS]], %[[COLUMNS]] :
  // CHECK: arith.mulf
  // CHECK: arith.divf
  %0 = nn.avgpool %x window(#overlap) : (tensor<5x4x4x7xf32>) -> tensor<5x4x2x4xf32>
  return %0 : tensor<5x4x2x4xf32>
}

// Windows that overlap add up; the padding is cut off. All six elements count.
// CHECK-LABEL: func.func @avgpool_grad
func.func @avgpool_grad(%dy: tensor<5x4x2x4xf32>) -> tensor<5x4x4x7xf32> {
  // CHECK: %[[SIX:.*]] = arith.constant 6.000000e+00 : f32
  // CHECK: arith.divf %{{.*}}, %[[SIX]]
  // CHECK-COUNT-6: arith.addf
  // CHECK: linalg.generic {indexing_maps = [#[[CUT]], #[[ALL]]]{{.*}} outs({{.*}} : tensor<5x4x4x7xf32>)
  %0 = nn.avgpool_grad %dy window(#overlap) count_padding
      : (tensor<5x4x2x4xf32>) -> tensor<5x4x4x7xf32>
  return %0 : tensor<5x4x4x7xf32>
}

// A large window is a reduction, and its gradient one over the windows that an
// element lies in.
// CHECK-LABEL: func.func @large
func.func @large(%x: tensor<5x4x7x7xf32>, %dy: tensor<5x4x3x3xf32>)
    -> (tensor<5x4x3x3xf32>, tensor<5x4x7x7xf32>) {
  // CHECK: linalg.generic {indexing_maps = [#[[WINDOW]], #[[KERNEL]], {{.*}}"reduction", "reduction"]}
  // CHECK: arith.maximumf
  %0 = nn.maxpool %x window(#large) : (tensor<5x4x7x7xf32>) -> tensor<5x4x3x3xf32>
  // CHECK: %[[BEST:.*]]:2 = linalg.generic
  // CHECK: linalg.fill {{.*}} -> tensor<5x4x11x11xf32>
  // CHECK: linalg.fill {{.*}} -> tensor<5x4x11x11xi32>
  // CHECK: linalg.generic {indexing_maps = [#[[WINDOW]], #[[WINDOW]], #[[KERNEL]], {{.*}} outs({{.*}} : tensor<5x4x7x7xf32>)
  // CHECK: arith.cmpi eq
  // CHECK: arith.addf
  %1 = nn.maxpool_grad %dy, %x window(#large) : tensor<5x4x3x3xf32>, tensor<5x4x7x7xf32>
  return %0, %1 : tensor<5x4x3x3xf32>, tensor<5x4x7x7xf32>
}

// RUN: gradc-opt %s --convert-to-linalg | FileCheck %s

// CHECK-DAG: #[[MATRIX:.*]] = affine_map<(d0, d1) -> (d0, d1)>
// CHECK-DAG: #[[VECTOR:.*]] = affine_map<(d0) -> (d0)>

// An op with a formula becomes one loop nest over all elements around it.
// CHECK-LABEL: func.func @relu
// CHECK-SAME: %[[X:.*]]: tensor<4x3xf32>
func.func @relu(%x: tensor<4x3xf32>) -> tensor<4x3xf32> {
  // CHECK: %[[EMPTY:.*]] = tensor.empty() : tensor<4x3xf32>
  // CHECK: linalg.generic {indexing_maps = [#[[MATRIX]], #[[MATRIX]]], iterator_types = ["parallel", "parallel"]}
  // CHECK-SAME: ins(%[[X]] : tensor<4x3xf32>) outs(%[[EMPTY]] : tensor<4x3xf32>)
  // CHECK-NEXT: ^bb0(%[[E:.*]]: f32, %{{.*}}: f32):
  // CHECK: %[[ZERO:.*]] = arith.constant 0.000000e+00 : f32
  // CHECK: %[[NEGATIVE:.*]] = arith.cmpf olt, %[[E]], %[[ZERO]]
  // CHECK: %[[Y:.*]] = arith.select %[[NEGATIVE]], %{{.*}}, %[[E]]
  // CHECK: linalg.yield %[[Y]]
  %0 = nn.relu %x : tensor<4x3xf32>
  return %0 : tensor<4x3xf32>
}

// A gradient has two inputs; at 0 the slope of relu is 0.
// CHECK-LABEL: func.func @relu_grad
// CHECK-SAME: %[[DY:.*]]: tensor<4x3xf64>, %[[X:.*]]: tensor<4x3xf64>
func.func @relu_grad(%dy: tensor<4x3xf64>, %x: tensor<4x3xf64>) -> tensor<4x3xf64> {
  // CHECK: linalg.generic {{.*}} ins(%[[DY]], %[[X]] : tensor<4x3xf64>, tensor<4x3xf64>)
  // CHECK-NEXT: ^bb0(%[[D:.*]]: f64, %[[E:.*]]: f64, %{{.*}}: f64):
  // CHECK: %[[OFF:.*]] = arith.cmpf ole, %[[E]]
  // CHECK: arith.select %[[OFF]], %{{.*}}, %[[D]]
  %0 = nn.relu_grad %dy, %x : tensor<4x3xf64>
  return %0 : tensor<4x3xf64>
}

// The slope of a sigmoid is e / (1 + e)^2 with e = e^-|x|, where nothing cancels; in
// f64, from which the product is rounded once.
// CHECK-LABEL: func.func @sigmoid_grad
func.func @sigmoid_grad(%dy: tensor<4x3xf32>, %x: tensor<4x3xf32>) -> tensor<4x3xf32> {
  // CHECK: ^bb0(%[[D:.*]]: f32, %[[X:.*]]: f32, %{{.*}}: f32):
  // CHECK: %[[WIDED:.*]] = arith.extf %[[D]] : f32 to f64
  // CHECK: %[[WIDEX:.*]] = arith.extf %[[X]] : f32 to f64
  // CHECK: %[[SIZE:.*]] = math.absf %[[WIDEX]]
  // CHECK: %[[MINUS:.*]] = arith.negf %[[SIZE]]
  // CHECK: %[[E:.*]] = math.exp %[[MINUS]] {step.for_single}
  // CHECK: %[[SUM:.*]] = arith.addf %{{.*}}, %[[E]]
  // CHECK: %[[PART:.*]] = arith.divf %{{.*}}, %[[SUM]]
  // CHECK: %[[LEFT:.*]] = arith.mulf %[[E]], %[[PART]]
  // CHECK: %[[SLOPE:.*]] = arith.mulf %[[LEFT]], %[[PART]]
  // CHECK: %[[PRODUCT:.*]] = arith.mulf %[[WIDED]], %[[SLOPE]]
  // CHECK: arith.truncf %[[PRODUCT]] : f64 to f32
  %0 = nn.sigmoid_grad %dy, %x : tensor<4x3xf32>
  return %0 : tensor<4x3xf32>
}

// A setting becomes a constant of the element type.
// CHECK-LABEL: func.func @setting
func.func @setting(%x: tensor<4x3xf32>) -> tensor<4x3xf32> {
  // CHECK: arith.constant 2.500000e-01 : f32
  %0 = nn.leaky_relu %x k(0.25) : tensor<4x3xf32>
  return %0 : tensor<4x3xf32>
}

// A number for all elements is no operand of the loops; it is rounded first.
// CHECK-LABEL: func.func @scale
// CHECK-SAME: %[[X:.*]]: tensor<3xf32>, %[[F:.*]]: f64
func.func @scale(%x: tensor<3xf32>, %f: f64) -> tensor<3xf32> {
  // CHECK: linalg.generic {indexing_maps = [#[[VECTOR]], #[[VECTOR]]], {{.*}} ins(%[[X]] : tensor<3xf32>)
  // CHECK-NEXT: ^bb0(%[[E:.*]]: f32, %{{.*}}: f32):
  // CHECK: %[[ROUNDED:.*]] = arith.truncf %[[F]] : f64 to f32
  // CHECK: arith.mulf %[[E]], %[[ROUNDED]]
  %0 = nn.scale %x by %f : tensor<3xf32>
  return %0 : tensor<3xf32>
}

// Clipping keeps NaN: it compares and selects.
// CHECK-LABEL: func.func @clip_by_value
func.func @clip_by_value(%g: tensor<3xf32>) -> tensor<3xf32> {
  // CHECK: ^bb0(%[[E:.*]]: f32, %{{.*}}: f32):
  // CHECK: %[[LOWER:.*]] = arith.constant -5.000000e-01 : f32
  // CHECK: %[[BELOW:.*]] = arith.cmpf olt, %[[E]], %[[LOWER]]
  // CHECK: %[[AT_LEAST:.*]] = arith.select %[[BELOW]], %{{.*}}, %[[E]]
  // CHECK: %[[UPPER:.*]] = arith.constant 5.000000e-01 : f32
  // CHECK: %[[ABOVE:.*]] = arith.cmpf ogt, %[[AT_LEAST]], %[[UPPER]]
  // CHECK: arith.select %[[ABOVE]], %{{.*}}, %[[AT_LEAST]]
  %0 = train.clip_by_value %g threshold(0.5) : tensor<3xf32>
  return %0 : tensor<3xf32>
}

// An update writes parameter and state where they stood: both are outputs, only
// the gradient is an input. The rule has served and is gone.
// CHECK-LABEL: func.func @update
// CHECK-SAME: %[[W:[^:]*]]: tensor<2xf32>, %[[G:[^:]*]]: tensor<2xf32>, %[[V:[^:]*]]: tensor<2xf32>, %[[RATE:[^:]*]]: f32
func.func @update(%w: tensor<2xf32>, %g: tensor<2xf32>, %v: tensor<2xf32>, %rate: f32)
    -> (tensor<2xf32>, tensor<2xf32>) {
  // CHECK-NOT: train.momentum
  %rule = train.momentum rate(0.1) momentum(0.5)
  // CHECK: linalg.generic {{.*}} ins(%[[G]] : tensor<2xf32>) outs(%[[W]], %[[V]] : tensor<2xf32>, tensor<2xf32>)
  // CHECK-NEXT: ^bb0(%[[DW:.*]]: f32, %[[OLDW:.*]]: f32, %[[OLDV:.*]]: f32):
  // CHECK: %[[MOMENTUM:.*]] = arith.constant 5.000000e-01 : f32
  // CHECK: %[[KEPT:.*]] = arith.mulf %[[MOMENTUM]], %[[OLDV]]
  // CHECK: %[[NEXTV:.*]] = arith.addf %[[KEPT]], %[[DW]]
  // CHECK: %[[STEP:.*]] = arith.mulf %[[RATE]], %[[NEXTV]]
  // CHECK: %[[NEXTW:.*]] = arith.subf %[[OLDW]], %[[STEP]]
  // CHECK: linalg.yield %[[NEXTW]], %[[NEXTV]]
  %0, %1 = train.update %w with %g states(%v) scalars(%rate : f32) by %rule
    : tensor<2xf32>, tensor<2xf32> -> tensor<2xf32>, tensor<2xf32>
  return %0, %1 : tensor<2xf32>, tensor<2xf32>
}

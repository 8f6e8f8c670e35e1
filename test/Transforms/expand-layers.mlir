// RUN: gradc-opt %s --pass-pipeline='builtin.module(any(expand-layers))' | FileCheck %s

// A dense layer is a product with its weight plus its bias. Its parameters bear
// its name, only the weight decays, and a tap shows its output.
// CHECK-LABEL: nn.network @dense
// CHECK-SAME: %[[X:.*]]: tensor<4x3xf32>
nn.network @dense(%x: tensor<4x3xf32>) -> tensor<4x2xf32> {
  // CHECK-NEXT: %[[W:.*]] = nn.parameter "hidden.weight" initializer(<he>) fans([3, 2]) decays : tensor<3x2xf32>
  // CHECK-NEXT: %[[PRODUCT:.*]] = nn.matmul %[[X]], %[[W]] : (tensor<4x3xf32>, tensor<3x2xf32>) -> tensor<4x2xf32>
  // CHECK-NEXT: %[[B:.*]] = nn.parameter "hidden.bias" initializer(<zeros>) fans([3, 2]) : tensor<2xf32>
  // CHECK-NEXT: %[[SUM:.*]] = nn.add_bias %[[PRODUCT]], %[[B]]
  // CHECK-NEXT: %[[SEEN:.*]] = nn.tap "hidden" %[[SUM]]
  // CHECK-NEXT: nn.output %[[SEEN]]
  %0 = nn.dense "hidden" %x units(2) weight(<he>) bias(<zeros>)
         : (tensor<4x3xf32>) -> tensor<4x2xf32>
  nn.output %0 : tensor<4x2xf32>
}

// CHECK-LABEL: func.func @without_bias
func.func @without_bias(%x: tensor<4x3xf64>) -> tensor<4x2xf64> {
  // CHECK-NEXT: nn.parameter "plain.weight" {{.*}} : tensor<3x2xf64>
  // CHECK-NEXT: %[[PRODUCT:.*]] = nn.matmul
  // CHECK-NEXT: nn.tap "plain" %[[PRODUCT]]
  %0 = nn.dense "plain" %x units(2) weight(<he>) : (tensor<4x3xf64>) -> tensor<4x2xf64>
  return %0 : tensor<4x2xf64>
}

// Layers that only change the shape become a reshape, or nothing where the shape
// is the same.
// CHECK-LABEL: func.func @shapes
// CHECK-SAME: %[[X:.*]]: tensor<4x2x3xf32>, %[[FLAT:.*]]: tensor<4x6xf32>
func.func @shapes(%x: tensor<4x2x3xf32>, %flat: tensor<4x6xf32>)
    -> (tensor<4x6xf32>, tensor<4x3x2xf32>, tensor<4x6xf32>, tensor<4x6xf32>) {
  // CHECK-NEXT: %[[A:.*]] = nn.reshape %[[X]] : (tensor<4x2x3xf32>) -> tensor<4x6xf32>
  %0 = nn.flatten "a" %x : (tensor<4x2x3xf32>) -> tensor<4x6xf32>
  // CHECK-NEXT: %[[B:.*]] = nn.reshape %[[X]] : (tensor<4x2x3xf32>) -> tensor<4x3x2xf32>
  %1 = nn.reshape_layer "b" %x : (tensor<4x2x3xf32>) -> tensor<4x3x2xf32>
  %2 = nn.flatten "c" %flat : (tensor<4x6xf32>) -> tensor<4x6xf32>
  %3 = nn.identity "d" %flat : tensor<4x6xf32>
  // CHECK-NEXT: return %[[A]], %[[B]], %[[FLAT]], %[[FLAT]]
  return %0, %1, %2, %3 : tensor<4x6xf32>, tensor<4x3x2xf32>, tensor<4x6xf32>, tensor<4x6xf32>
}

// A loss on single outputs is its formula, then their sum: the mean over two
// outputs is a sum scaled by a half.
// CHECK-LABEL: func.func @outputwise
// CHECK-SAME: %[[P:.*]]: tensor<4x2xf32>, %[[T:.*]]: tensor<4x2xf32>
func.func @outputwise(%p: tensor<4x2xf32>, %t: tensor<4x2xf32>)
    -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) {
  // CHECK-NEXT: %[[A:.*]] = nn.squared_error %[[P]], %[[T]]
  // CHECK-NEXT: nn.sum_units %[[A]] scale(1.500000e+00) : (tensor<4x2xf32>) -> tensor<4xf32>
  %0 = nn.mean_squared_error %p, %t outputs(mean) scale(3.0)
         : (tensor<4x2xf32>, tensor<4x2xf32>) -> tensor<4xf32>
  // CHECK-NEXT: %[[B:.*]] = nn.absolute_error %[[P]], %[[T]]
  // CHECK-NEXT: nn.sum_units %[[B]] scale(3.000000e+00)
  %1 = nn.mean_absolute_error %p, %t outputs(sum) scale(3.0)
         : (tensor<4x2xf32>, tensor<4x2xf32>) -> tensor<4xf32>
  // CHECK-NEXT: %[[C:.*]] = nn.huber_error %[[P]], %[[T]] delta(2.000000e+00)
  // CHECK-NEXT: nn.sum_units %[[C]] scale(5.000000e-01)
  %2 = nn.huber %p, %t outputs(mean) scale(1.0) delta(2.0)
         : (tensor<4x2xf32>, tensor<4x2xf32>) -> tensor<4xf32>
  // CHECK-NEXT: %[[D:.*]] = nn.logistic_error %[[P]], %[[T]]
  // CHECK-NEXT: nn.sum_units %[[D]] scale(1.000000e+00)
  %3 = nn.binary_cross_entropy %p, %t outputs(sum) scale(1.0)
         : (tensor<4x2xf32>, tensor<4x2xf32>) -> tensor<4xf32>
  return %0, %1, %2, %3 : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>
}

// All outputs of a sample count, whatever their shape.
// CHECK-LABEL: func.func @loss_on_images
func.func @loss_on_images(%p: tensor<4x2x2xf32>, %t: tensor<4x2x2xf32>) -> tensor<4xf32> {
  // CHECK: %[[E:.*]] = nn.squared_error
  // CHECK-NEXT: %[[FLAT:.*]] = nn.reshape %[[E]] : (tensor<4x2x2xf32>) -> tensor<4x4xf32>
  // CHECK-NEXT: nn.sum_units %[[FLAT]] scale(2.500000e-01)
  %0 = nn.mean_squared_error %p, %t outputs(mean) scale(1.0)
         : (tensor<4x2x2xf32>, tensor<4x2x2xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// What is no layer stays.
// CHECK-LABEL: func.func @mathematics
func.func @mathematics(%x: tensor<4x3xf32>) -> tensor<4x3xf32> {
  // CHECK-NEXT: nn.relu
  %0 = nn.relu %x : tensor<4x3xf32>
  return %0 : tensor<4x3xf32>
}

// A network that is differentiated already is expanded all the same.
// CHECK-LABEL: nn.network @differentiated
nn.network @differentiated(%x: tensor<4x2x3xf32>, %g: tensor<2xf32>, %rate: f32)
    -> tensor<4x6xf32> {
  %b = nn.parameter "b" initializer(<zeros>) fans([3, 2]) : tensor<2xf32>
  %rule = train.sgd rate(0.1)
  // CHECK: %[[NEXT:.*]] = train.update
  %next = train.update %b with %g scalars(%rate : f32) by %rule : tensor<2xf32> -> tensor<2xf32>
  // CHECK-NEXT: nn.assign %{{.*}}, %[[NEXT]]
  nn.assign %b, %next : tensor<2xf32>
  // CHECK-NEXT: %[[FLAT:.*]] = nn.reshape
  %0 = nn.flatten "a" %x : (tensor<4x2x3xf32>) -> tensor<4x6xf32>
  // CHECK-NEXT: nn.output %[[FLAT]]
  nn.output %0 : tensor<4x6xf32>
}

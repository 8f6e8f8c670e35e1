// RUN: gradc-opt %s | gradc-opt | FileCheck %s
// RUN: gradc-opt %s --mlir-print-op-generic | gradc-opt | FileCheck %s

// A loss on single outputs says how those of a sample are joined.
// CHECK-LABEL: func.func @outputwise
// CHECK-SAME: %[[P:.*]]: tensor<4x3xf32>, %[[T:.*]]: tensor<4x3xf32>
func.func @outputwise(%p: tensor<4x3xf32>, %t: tensor<4x3xf32>) {
  // CHECK: nn.mean_squared_error %[[P]], %[[T]] outputs(sum) scale(5.000000e-01)
  // CHECK-SAME: : (tensor<4x3xf32>, tensor<4x3xf32>) -> tensor<4xf32>
  %0 = nn.mean_squared_error %p, %t outputs(sum) scale(0.5)
         : (tensor<4x3xf32>, tensor<4x3xf32>) -> tensor<4xf32>
  // CHECK: nn.mean_absolute_error %[[P]], %[[T]] outputs(mean) scale(1.000000e+00)
  // CHECK-SAME: : (tensor<4x3xf32>, tensor<4x3xf32>) -> tensor<4xf32>
  %1 = nn.mean_absolute_error %p, %t outputs(mean) scale(1.0)
         : (tensor<4x3xf32>, tensor<4x3xf32>) -> tensor<4xf32>
  // CHECK: nn.huber %[[P]], %[[T]] outputs(mean) scale(1.000000e+00) delta(2.000000e+00)
  // CHECK-SAME: : (tensor<4x3xf32>, tensor<4x3xf32>) -> tensor<4xf32>
  %2 = nn.huber %p, %t outputs(mean) scale(1.0) delta(2.0)
         : (tensor<4x3xf32>, tensor<4x3xf32>) -> tensor<4xf32>
  // CHECK: nn.binary_cross_entropy %[[P]], %[[T]] outputs(sum) scale(1.000000e+00)
  // CHECK-SAME: : (tensor<4x3xf32>, tensor<4x3xf32>) -> tensor<4xf32>
  %3 = nn.binary_cross_entropy %p, %t outputs(sum) scale(1.0)
         : (tensor<4x3xf32>, tensor<4x3xf32>) -> tensor<4xf32>
  return
}

// The formula of such a loss, element by element.
// CHECK-LABEL: func.func @errors
// CHECK-SAME: %[[P:.*]]: tensor<4x3xf32>, %[[T:.*]]: tensor<4x3xf32>
func.func @errors(%p: tensor<4x3xf32>, %t: tensor<4x3xf32>) {
  // CHECK: nn.squared_error %[[P]], %[[T]] : tensor<4x3xf32>
  %0 = nn.squared_error %p, %t : tensor<4x3xf32>
  // CHECK: nn.absolute_error %[[P]], %[[T]] : tensor<4x3xf32>
  %1 = nn.absolute_error %p, %t : tensor<4x3xf32>
  // CHECK: nn.huber_error %[[P]], %[[T]] delta(2.000000e+00) : tensor<4x3xf32>
  %2 = nn.huber_error %p, %t delta(2.0) : tensor<4x3xf32>
  // CHECK: nn.logistic_error %[[P]], %[[T]] : tensor<4x3xf32>
  %3 = nn.logistic_error %p, %t : tensor<4x3xf32>
  return
}

// The gradient of the formula: the result's, then prediction and target.
// CHECK-LABEL: func.func @error_gradients
// CHECK-SAME: %[[G:.*]]: tensor<4x3xf32>, %[[P:.*]]: tensor<4x3xf32>, %[[T:.*]]: tensor<4x3xf32>
func.func @error_gradients(%g: tensor<4x3xf32>, %p: tensor<4x3xf32>,
                           %t: tensor<4x3xf32>) {
  // CHECK: nn.squared_error_grad %[[G]], %[[P]], %[[T]] : tensor<4x3xf32>
  %0 = nn.squared_error_grad %g, %p, %t : tensor<4x3xf32>
  // CHECK: nn.absolute_error_grad %[[G]], %[[P]], %[[T]] : tensor<4x3xf32>
  %1 = nn.absolute_error_grad %g, %p, %t : tensor<4x3xf32>
  // CHECK: nn.huber_error_grad %[[G]], %[[P]], %[[T]] delta(2.000000e+00) : tensor<4x3xf32>
  %2 = nn.huber_error_grad %g, %p, %t delta(2.0) : tensor<4x3xf32>
  // CHECK: nn.logistic_error_grad %[[G]], %[[P]], %[[T]] : tensor<4x3xf32>
  %3 = nn.logistic_error_grad %g, %p, %t : tensor<4x3xf32>
  return
}

// Cross entropy compares logits with classes, and its gradient has the type of
// the logits.
// CHECK-LABEL: func.func @cross_entropy
// CHECK-SAME: %[[Z:.*]]: tensor<4x10xf32>, %[[Y:.*]]: tensor<4xi32>
func.func @cross_entropy(%z: tensor<4x10xf32>, %y: tensor<4xi32>) {
  // CHECK: %[[LOSS:.*]] = nn.cross_entropy %[[Z]], %[[Y]] : (tensor<4x10xf32>, tensor<4xi32>) -> tensor<4xf32>
  %0 = nn.cross_entropy %z, %y : (tensor<4x10xf32>, tensor<4xi32>) -> tensor<4xf32>
  // CHECK: nn.cross_entropy_grad %[[LOSS]], %[[Z]], %[[Y]] : tensor<4xf32>, tensor<4x10xf32>, tensor<4xi32>
  %1 = nn.cross_entropy_grad %0, %z, %y
         : tensor<4xf32>, tensor<4x10xf32>, tensor<4xi32>
  return
}

// Accuracy compares with classes or with a target of the prediction's shape.
// CHECK-LABEL: func.func @accuracy
// CHECK-SAME: %[[P:.*]]: tensor<4x10xf32>, %[[Y:.*]]: tensor<4xi32>, %[[T:.*]]: tensor<4x10xf32>
func.func @accuracy(%p: tensor<4x10xf32>, %y: tensor<4xi32>, %t: tensor<4x10xf32>) {
  // CHECK: nn.accuracy %[[P]], %[[Y]] threshold(5.000000e-01) : (tensor<4x10xf32>, tensor<4xi32>) -> tensor<4xf32>
  %0 = nn.accuracy %p, %y threshold(0.5) : (tensor<4x10xf32>, tensor<4xi32>) -> tensor<4xf32>
  // CHECK: nn.accuracy %[[P]], %[[T]] threshold(0.000000e+00) : (tensor<4x10xf32>, tensor<4x10xf32>) -> tensor<4xf32>
  %1 = nn.accuracy %p, %t threshold(0.0) : (tensor<4x10xf32>, tensor<4x10xf32>) -> tensor<4xf32>
  return
}

// RUN: gradc-opt %s | gradc-opt | FileCheck %s
// RUN: gradc-opt %s --pass-pipeline='builtin.module(any(expand-layers))' | FileCheck %s --check-prefix=EXPANDED

// In training the product with a mask, which is drawn by the layer's name.
// CHECK-LABEL: func.func @training
// EXPANDED-LABEL: func.func @training
// EXPANDED-SAME: %[[X:.*]]: tensor<4x3xf32>
func.func @training(%x: tensor<4x3xf32>) -> tensor<4x3xf32> {
  // EXPANDED-NEXT: %[[SEED:.*]] = nn.seed
  // EXPANDED-NEXT: %[[STEP:.*]] = nn.step
  // EXPANDED-NEXT: %[[MASK:.*]] = nn.dropout_mask "thin" seed %[[SEED]] step %[[STEP]] rate(2.000000e-01) : tensor<4x3xf32>
  // EXPANDED-NEXT: nn.mul %[[X]], %[[MASK]]
  // CHECK: nn.dropout "thin" %{{.*}} rate(2.000000e-01) : tensor<4x3xf32>
  %0 = nn.dropout "thin" %x rate(0.2) : tensor<4x3xf32>
  return %0 : tensor<4x3xf32>
}

// Where nothing is left out there is nothing to do.
// EXPANDED-LABEL: func.func @rate_of_zero
// EXPANDED-SAME: %[[X:.*]]: tensor<4x3xf32>
func.func @rate_of_zero(%x: tensor<4x3xf32>) -> tensor<4x3xf32> {
  // EXPANDED-NEXT: return %[[X]]
  %0 = nn.dropout "thin" %x rate(0.0) : tensor<4x3xf32>
  return %0 : tensor<4x3xf32>
}

// Nor in inference.
// EXPANDED-LABEL: nn.network @inference
// EXPANDED-SAME: %[[X:.*]]: tensor<4x3xf32>
nn.network @inference(%x: tensor<4x3xf32>) -> tensor<4x3xf32> attributes {nn.inference} {
  // EXPANDED-NEXT: nn.output %[[X]]
  %0 = nn.dropout "thin" %x rate(0.2) : tensor<4x3xf32>
  nn.output %0 : tensor<4x3xf32>
}

// CHECK-LABEL: func.func @drawn() -> (tensor<3xf32>, tensor<3xf32>)
func.func @drawn() -> (tensor<3xf32>, tensor<3xf32>) {
  // CHECK: %[[SEED:.*]] = nn.seed{{$}}
  %seed = nn.seed
  // CHECK: %[[STEP:.*]] = nn.step{{$}}
  %step = nn.step
  // CHECK: nn.dropout_mask "a" seed %[[SEED]] step %[[STEP]] rate(5.000000e-01) : tensor<3xf32>
  %0 = nn.dropout_mask "a" seed %seed step %step rate(0.5) : tensor<3xf32>
  // CHECK: nn.random "b" seed %[[SEED]] step %[[STEP]] uniform(0.000000e+00, 1.000000e+00) : tensor<3xf32>
  %1 = nn.random "b" seed %seed step %step uniform(0.0, 1.0) : tensor<3xf32>
  return %0, %1 : tensor<3xf32>, tensor<3xf32>
}

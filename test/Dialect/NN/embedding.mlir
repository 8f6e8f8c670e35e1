// RUN: gradc-opt %s | gradc-opt | FileCheck %s
// RUN: gradc-opt %s --pass-pipeline='builtin.module(any(expand-layers))' | FileCheck %s --check-prefix=EXPANDED

// CHECK-LABEL: func.func @layer
// EXPANDED-LABEL: func.func @layer
// EXPANDED-SAME: %[[X:.*]]: tensor<4x7xf32>
func.func @layer(%x: tensor<4x7xf32>) -> tensor<4x7x3xf32> {
  // EXPANDED-NEXT: %[[W:.*]] = nn.parameter "e.weight" initializer(<lecun>) fans([1, 3]) decays : tensor<10x3xf32>
  // EXPANDED-NEXT: %[[Y:.*]] = nn.lookup %[[X]], %[[W]] : (tensor<4x7xf32>, tensor<10x3xf32>) -> tensor<4x7x3xf32>
  // EXPANDED-NEXT: nn.tap "e" %[[Y]]
  // CHECK: nn.embedding "e" %{{.*}} classes(10) weight(<lecun>) : (tensor<4x7xf32>) -> tensor<4x7x3xf32>
  %0 = nn.embedding "e" %x classes(10) weight(<lecun>) : (tensor<4x7xf32>) -> tensor<4x7x3xf32>
  return %0 : tensor<4x7x3xf32>
}

// CHECK-LABEL: func.func @mathematics
func.func @mathematics(%g: tensor<4x7x3xf32>, %x: tensor<4x7xf32>) -> tensor<10x3xf32> {
  // CHECK: nn.lookup_grad %{{.*}}, %{{.*}} : (tensor<4x7x3xf32>, tensor<4x7xf32>) -> tensor<10x3xf32>
  %0 = nn.lookup_grad %g, %x : (tensor<4x7x3xf32>, tensor<4x7xf32>) -> tensor<10x3xf32>
  return %0 : tensor<10x3xf32>
}

// RUN: gradc-opt %s | gradc-opt | FileCheck %s
// RUN: gradc-opt %s --pass-pipeline='builtin.module(any(expand-layers))' | FileCheck %s --check-prefix=EXPANDED

// The end of a residual unit is a sum.
// CHECK-LABEL: func.func @skip
// EXPANDED-LABEL: func.func @skip
// EXPANDED-SAME: %[[X:.*]]: tensor<4x3xf32>, %[[Y:.*]]: tensor<4x3xf32>
func.func @skip(%x: tensor<4x3xf32>, %y: tensor<4x3xf32>) -> tensor<4x3xf32> {
  // CHECK: nn.skip "unit" %{{.*}}, %{{.*}} : tensor<4x3xf32>
  // EXPANDED-NEXT: %[[SUM:.*]] = nn.add %[[X]], %[[Y]]
  // EXPANDED-NEXT: return %[[SUM]]
  %0 = nn.skip "unit" %x, %y : tensor<4x3xf32>
  return %0 : tensor<4x3xf32>
}

// Sums of several values are formed from left to right.
// CHECK-LABEL: func.func @add
// EXPANDED-LABEL: func.func @add
// EXPANDED-SAME: %[[X:.*]]: tensor<4x3xf32>, %[[Y:.*]]: tensor<4x3xf32>
func.func @add(%x: tensor<4x3xf32>, %y: tensor<4x3xf32>) -> tensor<4x3xf32> {
  // CHECK: nn.add_layer "add" %{{.*}}, %{{.*}}, %{{.*}} : tensor<4x3xf32>
  // EXPANDED-NEXT: %[[FIRST:.*]] = nn.add %[[X]], %[[Y]]
  // EXPANDED-NEXT: %[[SUM:.*]] = nn.add %[[FIRST]], %[[Y]]
  // EXPANDED-NEXT: return %[[SUM]]
  %0 = nn.add_layer "add" %x, %y, %y : tensor<4x3xf32>
  return %0 : tensor<4x3xf32>
}

// CHECK-LABEL: func.func @concat
// EXPANDED-LABEL: func.func @concat
func.func @concat(%x: tensor<4x3x2xf32>, %y: tensor<4x3x5xf32>) -> tensor<4x3x7xf32> {
  // CHECK: nn.concat_layer "concat" %{{.*}}, %{{.*}} axis(2) : (tensor<4x3x2xf32>, tensor<4x3x5xf32>) -> tensor<4x3x7xf32>
  // EXPANDED: nn.concat %{{.*}}, %{{.*}} axis(2) : (tensor<4x3x2xf32>, tensor<4x3x5xf32>) -> tensor<4x3x7xf32>
  %0 = nn.concat_layer "concat" %x, %y axis(2)
         : (tensor<4x3x2xf32>, tensor<4x3x5xf32>) -> tensor<4x3x7xf32>
  return %0 : tensor<4x3x7xf32>
}

// To go on from a value is to use it.
// CHECK-LABEL: func.func @from
// EXPANDED-LABEL: func.func @from
// EXPANDED-SAME: %[[X:.*]]: tensor<4x3xf32>
func.func @from(%x: tensor<4x3xf32>) -> tensor<4x3xf32> {
  // CHECK: nn.from "from" %{{.*}} : tensor<4x3xf32>
  // EXPANDED-NEXT: return %[[X]]
  %0 = nn.from "from" %x : tensor<4x3xf32>
  return %0 : tensor<4x3xf32>
}

// CHECK-LABEL: func.func @mathematics
func.func @mathematics(%x: tensor<4x3xf32>, %y: tensor<4x2xf32>) {
  // CHECK: nn.concat %{{.*}}, %{{.*}} : (tensor<4x3xf32>, tensor<4x2xf32>) -> tensor<4x5xf32>
  %0 = nn.concat %x, %y : (tensor<4x3xf32>, tensor<4x2xf32>) -> tensor<4x5xf32>
  // CHECK: nn.slice %{{.*}} offset(3) : (tensor<4x5xf32>) -> tensor<4x2xf32>
  %1 = nn.slice %0 offset(3) : (tensor<4x5xf32>) -> tensor<4x2xf32>
  // CHECK: nn.slice %{{.*}} offset(1) axis(0) : (tensor<4x5xf32>) -> tensor<3x5xf32>
  %2 = nn.slice %0 offset(1) axis(0) : (tensor<4x5xf32>) -> tensor<3x5xf32>
  return
}

// RUN: gradc-opt %s | gradc-opt | FileCheck %s
// RUN: gradc-opt %s --pass-pipeline='builtin.module(any(expand-layers))' | FileCheck %s --check-prefix=EXPANDED

// A slope for each unit: an element of a vector, a channel, a feature. It does not
// decay.
// CHECK-LABEL: func.func @layer
// EXPANDED-LABEL: func.func @layer
// EXPANDED-SAME: %[[X:.*]]: tensor<4x3xf32>
func.func @layer(%x: tensor<4x3xf32>, %i: tensor<4x2x5x5xf32>, %s: tensor<4x7x6xf32>) {
  // EXPANDED-NEXT: %[[SLOPE:.*]] = nn.parameter "p.slope" initializer(<constant, 2.500000e-01>) fans([1, 1]) : tensor<3xf32>
  // EXPANDED-NEXT: nn.parametric_relu %[[X]], %[[SLOPE]] : tensor<4x3xf32>, tensor<3xf32>
  // CHECK: nn.prelu "p" %{{.*}} slope(2.500000e-01) : tensor<4x3xf32>
  %0 = nn.prelu "p" %x slope(0.25) : tensor<4x3xf32>
  // EXPANDED: nn.parametric_relu {{.*}} : tensor<4x2x5x5xf32>, tensor<2xf32>
  %1 = nn.prelu "q" %i slope(0.25) : tensor<4x2x5x5xf32>
  // EXPANDED: nn.parametric_relu {{.*}} axis(2) : tensor<4x7x6xf32>, tensor<6xf32>
  %2 = nn.prelu "r" %s slope(0.25) : tensor<4x7x6xf32>
  return
}

// CHECK-LABEL: func.func @mathematics
func.func @mathematics(%g: tensor<4x3x2xf32>, %x: tensor<4x3x2xf32>, %a: tensor<2xf32>) {
  // CHECK: nn.parametric_relu_grad %{{.*}}, %{{.*}}, %{{.*}} axis(2) : tensor<4x3x2xf32>, tensor<2xf32>
  %dx, %da = nn.parametric_relu_grad %g, %x, %a axis(2) : tensor<4x3x2xf32>, tensor<2xf32>
  return
}

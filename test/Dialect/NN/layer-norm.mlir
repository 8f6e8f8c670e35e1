// RUN: gradc-opt %s | gradc-opt | FileCheck %s
// RUN: gradc-opt %s --pass-pipeline='builtin.module(any(expand-layers))' | FileCheck %s --check-prefix=EXPANDED

// Each vector is normalized, then scaled and moved unit by unit.
// CHECK-LABEL: func.func @vectors
// EXPANDED-LABEL: func.func @vectors
// EXPANDED-SAME: %[[X:.*]]: tensor<4x3xf32>
func.func @vectors(%x: tensor<4x3xf32>) -> tensor<4x3xf32> {
  // EXPANDED-NEXT: %[[Z:.*]], %{{.*}} = nn.normalize_rows %[[X]] eps(1.000000e-05) dimensions(1) : tensor<4x3xf32>, tensor<4xf32>
  // EXPANDED-NEXT: %[[GAMMA:.*]] = nn.parameter "l.gamma" initializer(<constant, 1.000000e+00>) fans([1, 1]) : tensor<3xf32>
  // EXPANDED-NEXT: %[[BETA:.*]] = nn.parameter "l.beta" initializer(<constant, 0.000000e+00>) fans([1, 1]) : tensor<3xf32>
  // EXPANDED-NEXT: %[[SCALED:.*]] = nn.scale_units %[[Z]], %[[GAMMA]]
  // EXPANDED-NEXT: %[[Y:.*]] = nn.add_bias %[[SCALED]], %[[BETA]]
  // EXPANDED-NEXT: nn.tap "l" %[[Y]]
  // CHECK: nn.layer_norm "l" %{{.*}} eps(1.000000e-05) : tensor<4x3xf32>
  %0 = nn.layer_norm "l" %x eps(1.0e-5) : tensor<4x3xf32>
  return %0 : tensor<4x3xf32>
}

// Each step of a sequence by itself; an image as a whole, scaled by channel.
// EXPANDED-LABEL: func.func @images_and_sequences
func.func @images_and_sequences(%x: tensor<4x3x5x5xf32>, %s: tensor<4x7x2xf32>) {
  // EXPANDED: nn.normalize_rows %{{.*}} eps(1.000000e-05) dimensions(3) : tensor<4x3x5x5xf32>, tensor<4xf32>
  // EXPANDED: nn.scale_units {{.*}} : tensor<4x3x5x5xf32>, tensor<3xf32>
  %0 = nn.layer_norm "l" %x eps(1.0e-5) : tensor<4x3x5x5xf32>
  // EXPANDED: nn.normalize_rows %{{.*}} eps(1.000000e-05) dimensions(1) : tensor<4x7x2xf32>, tensor<4x7xf32>
  // EXPANDED: nn.scale_units {{.*}} axis(2) : tensor<4x7x2xf32>, tensor<2xf32>
  %1 = nn.layer_norm "m" %s eps(1.0e-5) : tensor<4x7x2xf32>
  return
}

// CHECK-LABEL: func.func @mathematics
func.func @mathematics(%g: tensor<4x3x2xf32>, %z: tensor<4x3x2xf32>, %d: tensor<4xf32>) {
  // CHECK: nn.normalize_rows_grad %{{.*}}, %{{.*}}, %{{.*}} : tensor<4x3x2xf32>, tensor<4xf32>
  %0 = nn.normalize_rows_grad %g, %z, %d : tensor<4x3x2xf32>, tensor<4xf32>
  return
}

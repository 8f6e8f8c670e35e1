// RUN: gradc-opt %s | gradc-opt | FileCheck %s
// RUN: gradc-opt %s --pass-pipeline='builtin.module(any(expand-layers))' | FileCheck %s --check-prefix=EXPANDED

// In training the statistics of the batch; the running ones follow them, with the
// unbiased variance: 4/3 of that of four values. No parameter decays.
// CHECK-LABEL: func.func @training
// EXPANDED-LABEL: func.func @training
// EXPANDED-SAME: %[[X:.*]]: tensor<4x3xf32>
func.func @training(%x: tensor<4x3xf32>) -> tensor<4x3xf32> {
  // EXPANDED-NEXT: %[[GAMMA:.*]] = nn.parameter "b.gamma" initializer(<constant, 1.000000e+00>) fans([1, 1]) : tensor<3xf32>
  // EXPANDED-NEXT: %[[BETA:.*]] = nn.parameter "b.beta" initializer(<constant, 0.000000e+00>) fans([1, 1]) : tensor<3xf32>
  // EXPANDED-NEXT: %[[RUNNING_MEAN:.*]] = nn.buffer "b.running_mean" initial(0.000000e+00) : tensor<3xf32>
  // EXPANDED-NEXT: %[[RUNNING_VAR:.*]] = nn.buffer "b.running_var" initial(1.000000e+00) : tensor<3xf32>
  // EXPANDED-NEXT: %[[Y:.*]], %[[MEAN:.*]], %[[VAR:.*]] = nn.normalize %[[X]], %[[GAMMA]], %[[BETA]] eps(1.000000e-05) : tensor<4x3xf32>, tensor<3xf32>
  // EXPANDED-NEXT: %[[NEXT_MEAN:.*]] = nn.moving_average %[[RUNNING_MEAN]], %[[MEAN]] share(1.000000e-01) scale(1.000000e+00)
  // EXPANDED-NEXT: nn.assign %[[RUNNING_MEAN]], %[[NEXT_MEAN]]
  // EXPANDED-NEXT: %[[NEXT_VAR:.*]] = nn.moving_average %[[RUNNING_VAR]], %[[VAR]] share(1.000000e-01) scale(1.33333{{[0-9]*}})
  // EXPANDED-NEXT: nn.assign %[[RUNNING_VAR]], %[[NEXT_VAR]]
  // EXPANDED-NEXT: %[[SEEN:.*]] = nn.tap "b" %[[Y]]
  // EXPANDED-NEXT: return %[[SEEN]]
  // CHECK: nn.batch_norm "b" %{{.*}} momentum(1.000000e-01) eps(1.000000e-05) : tensor<4x3xf32>
  %0 = nn.batch_norm "b" %x momentum(0.1) eps(1.0e-5) : tensor<4x3xf32>
  return %0 : tensor<4x3xf32>
}

// In inference one factor and one shift for each unit, from the running ones.
// EXPANDED-LABEL: nn.network @inference
// EXPANDED-SAME: %[[X:.*]]: tensor<4x3xf32>
nn.network @inference(%x: tensor<4x3xf32>) -> tensor<4x3xf32> attributes {nn.inference} {
  // EXPANDED: %[[GAMMA:.*]] = nn.parameter
  // EXPANDED: %[[BETA:.*]] = nn.parameter
  // EXPANDED: %[[MEAN:.*]] = nn.buffer
  // EXPANDED: %[[VAR:.*]] = nn.buffer
  // EXPANDED-NEXT: %[[INVERSE:.*]] = nn.inverse_deviation %[[VAR]] eps(1.000000e-05) : tensor<3xf32>
  // EXPANDED-NEXT: %[[FACTOR:.*]] = nn.mul %[[GAMMA]], %[[INVERSE]]
  // EXPANDED-NEXT: %[[MOVED:.*]] = nn.mul %[[MEAN]], %[[FACTOR]]
  // EXPANDED-NEXT: %[[SHIFT:.*]] = nn.sub %[[BETA]], %[[MOVED]]
  // EXPANDED-NEXT: %[[SCALED:.*]] = nn.scale_units %[[X]], %[[FACTOR]]
  // EXPANDED-NEXT: nn.add_bias %[[SCALED]], %[[SHIFT]]
  // EXPANDED-NOT: nn.assign
  %0 = nn.batch_norm "b" %x momentum(0.1) eps(1.0e-5) : tensor<4x3xf32>
  nn.output %0 : tensor<4x3xf32>
}

// The units of images are channels, those of sequences features.
// EXPANDED-LABEL: func.func @images_and_sequences
func.func @images_and_sequences(%x: tensor<4x3x5x5xf32>, %s: tensor<4x7x2xf32>) {
  // EXPANDED: nn.normalize %{{.*}} eps(1.000000e-05) : tensor<4x3x5x5xf32>, tensor<3xf32>
  %0 = nn.batch_norm "b" %x momentum(0.1) eps(1.0e-5) : tensor<4x3x5x5xf32>
  // EXPANDED: nn.normalize %{{.*}} eps(1.000000e-05) axis(2) : tensor<4x7x2xf32>, tensor<2xf32>
  %1 = nn.batch_norm "c" %s momentum(0.1) eps(1.0e-5) : tensor<4x7x2xf32>
  return
}

// CHECK-LABEL: func.func @mathematics
func.func @mathematics(%g: tensor<4x3x2xf32>, %x: tensor<4x3x2xf32>, %u: tensor<2xf32>) {
  // CHECK: nn.normalize_grad %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}}, %{{.*}} eps(1.000000e-05) axis(2) : tensor<4x3x2xf32>, tensor<2xf32>
  %dx, %df, %ds = nn.normalize_grad %g, %x, %u, %u, %u eps(1.0e-5) axis(2)
      : tensor<4x3x2xf32>, tensor<2xf32>
  return
}

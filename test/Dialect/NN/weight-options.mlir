// RUN: gradc-opt %s | gradc-opt | FileCheck %s
// RUN: gradc-opt %s --pass-pipeline='builtin.module(any(expand-layers))' | FileCheck %s --check-prefix=EXPANDED

// A layer hands its options to all of its parameters; only weights decay.
// CHECK-LABEL: func.func @handed_on
// EXPANDED-LABEL: func.func @handed_on
func.func @handed_on(%x: tensor<4x3xf32>) -> tensor<4x2xf32> {
  // CHECK: nn.dense {{.*}} options(<l1 = 1.000000e-03 : f64, l2 = 0.000000e+00 : f64, clip = 1.000000e+00 : f64, lr_scale = 5.000000e-01 : f64>)
  // EXPANDED: nn.parameter "a.weight" {{.*}} decays options(<l1 = 1.000000e-03 : f64, l2 = 0.000000e+00 : f64, clip = 1.000000e+00 : f64, lr_scale = 5.000000e-01 : f64>)
  // EXPANDED: nn.parameter "a.bias" {{.*}} fans([3, 2]) options(<l1 = 1.000000e-03 : f64, l2 = 0.000000e+00 : f64, clip = 1.000000e+00 : f64, lr_scale = 5.000000e-01 : f64>)
  %0 = nn.dense "a" %x units(2) weight(<he>) bias(<zeros>)
         options(<l1 = 1.0e-3, l2 = 0.0, clip = 1.0, lr_scale = 0.5>)
         : (tensor<4x3xf32>) -> tensor<4x2xf32>
  return %0 : tensor<4x2xf32>
}

// Each may be left out.
// CHECK-LABEL: func.func @one
func.func @one() {
  // CHECK: nn.parameter "w" {{.*}} options(<lr_scale = 0.000000e+00 : f64>)
  %w = nn.parameter "w" initializer(<he>) fans([3, 2]) options(<lr_scale = 0.0>) : tensor<3x2xf32>
  return
}

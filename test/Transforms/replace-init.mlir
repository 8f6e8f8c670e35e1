// RUN: gradc-opt %s --pass-pipeline='builtin.module(any(replace-init))' | FileCheck %s --check-prefixes=CHECK,HE
// RUN: gradc-opt %s --pass-pipeline='builtin.module(any(replace-init{init=normal:0:0.1}))' | FileCheck %s --check-prefixes=CHECK,NORMAL
// RUN: not gradc-opt %s --pass-pipeline='builtin.module(any(replace-init{init=hee}))' 2>&1 | FileCheck %s --check-prefix=WRONG
// WRONG: error: unknown initializer 'hee'; did you mean 'he'?

// The weights of every layer; biases begin as they did.
// CHECK-LABEL: nn.network @weights
nn.network @weights(%x: tensor<4x1x3x3xf32>) -> tensor<4x2xf32> {
  // HE: nn.conv {{.*}} weight(<he>) bias(<constant, 1.000000e+00>)
  // NORMAL: nn.conv {{.*}} weight(<normal, 0.000000e+00, 1.000000e-01>) bias(<constant, 1.000000e+00>)
  %0 = nn.conv "a" %x channels(2) window(<kernel [3, 3] stride [1, 1] padding [0, 0, 0, 0] dilation [1, 1]>)
         weight(<zeros>) bias(<constant, 1.0>) : (tensor<4x1x3x3xf32>) -> tensor<4x2x1x1xf32>
  %1 = nn.flatten "f" %0 : (tensor<4x2x1x1xf32>) -> tensor<4x2xf32>
  // HE: nn.dense {{.*}} weight(<he>) bias(<zeros>)
  // NORMAL: nn.dense {{.*}} weight(<normal, 0.000000e+00, 1.000000e-01>) bias(<zeros>)
  %2 = nn.dense "b" %1 units(2) weight(<xavier>) bias(<zeros>) : (tensor<4x2xf32>) -> tensor<4x2xf32>
  nn.output %2 : tensor<4x2xf32>
}

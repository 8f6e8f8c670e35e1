// RUN: gradc-opt %s --pass-pipeline='builtin.module(any(replace-activation{activation=dropping}))' --verify-diagnostics=only-expected
// RUN: not gradc-opt %s --pass-pipeline='builtin.module(any(replace-activation{activation=elu:a}))' 2>&1 | FileCheck %s --check-prefix=NUMBER
// RUN: not gradc-opt %s --pass-pipeline='builtin.module(any(replace-activation{activation=elu:-1}))' 2>&1 | FileCheck %s --check-prefix=RANGE
// RUN: not gradc-opt %s --pass-pipeline='builtin.module(any(replace-activation{activation=flatten}))' 2>&1 | FileCheck %s --check-prefix=LAYER
// NUMBER: error: expected a number, found 'a' in 'elu:a'
// RANGE: error: 'a' must be greater than 0, found '-1'
// LAYER: error: 'flatten' is no activation

// expected-error @below {{'dropping' is no activation}}
nn.network @hidden(%x: tensor<4x3xf32>) -> tensor<4x3xf32> {
  %0 = nn.sigmoid %x : tensor<4x3xf32>
  %1 = nn.dense "b" %0 units(3) weight(<he>) : (tensor<4x3xf32>) -> tensor<4x3xf32>
  nn.output %1 : tensor<4x3xf32>
}

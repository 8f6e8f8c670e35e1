// RUN: gradc-opt %s --pass-pipeline='builtin.module(any(insert-dropout{rate=0.2}))' | FileCheck %s

// After every hidden activation, named after the weighted layer before it; not
// after the one that the network predicts with.
// CHECK-LABEL: nn.network @hidden
nn.network @hidden(%x: tensor<4x3xf32>) -> tensor<4x2xf32> {
  // CHECK-NEXT: nn.dense "a"
  // CHECK-NEXT: nn.batch_norm
  // CHECK-NEXT: %[[Y:.*]] = nn.relu
  // CHECK-NEXT: %[[D:.*]] = nn.dropout "a.dropout" %[[Y]] rate(2.000000e-01) : tensor<4x5xf32>
  // CHECK-NEXT: %[[T:.*]] = nn.tanh %[[D]]
  // CHECK-NEXT: %[[E:.*]] = nn.dropout "a.dropout_2" %[[T]] rate(2.000000e-01)
  // CHECK-NEXT: nn.dense "b" %[[E]]
  // CHECK-NEXT: nn.sigmoid
  // CHECK-NEXT: nn.output
  %0 = nn.dense "a" %x units(5) weight(<he>) : (tensor<4x3xf32>) -> tensor<4x5xf32>
  %1 = nn.batch_norm "n" %0 momentum(0.1) eps(0.1) : tensor<4x5xf32>
  %2 = nn.relu %1 : tensor<4x5xf32>
  %3 = nn.tanh %2 : tensor<4x5xf32>
  %4 = nn.dense "b" %3 units(2) weight(<he>) : (tensor<4x5xf32>) -> tensor<4x2xf32>
  %5 = nn.sigmoid %4 : tensor<4x2xf32>
  nn.output %5 : tensor<4x2xf32>
}

// An activation of the input, and one that has a dropout.
// CHECK-LABEL: func.func @others
func.func @others(%x: tensor<4x3xf32>) -> tensor<4x3xf32> {
  // CHECK-NEXT: nn.relu
  // CHECK-NEXT: nn.dropout "dropout"
  // CHECK-NEXT: nn.exp
  // CHECK-NEXT: nn.dropout "own"
  // CHECK-NEXT: return
  %0 = nn.relu %x : tensor<4x3xf32>
  %1 = nn.exp %0 : tensor<4x3xf32>
  %2 = nn.dropout "own" %1 rate(0.5) : tensor<4x3xf32>
  return %2 : tensor<4x3xf32>
}

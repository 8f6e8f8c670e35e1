// RUN: gradc-opt %s --pass-pipeline='builtin.module(any(insert-batch-norm))' --verify-diagnostics | FileCheck %s

// What stands between a layer and its activation, without weights, is no
// obstacle: the normalization comes directly behind the layer.
// CHECK-LABEL: func.func @dropout_between
func.func @dropout_between(%x: tensor<4x3xf32>) -> tensor<4x2xf32> {
  // CHECK-NEXT: %[[A:.*]] = nn.dense "a" %{{.*}} weight(<he>) :
  // CHECK-NEXT: %[[Z:.*]] = nn.batch_norm "a.batchnorm" %[[A]]
  // CHECK-NEXT: %[[D:.*]] = nn.dropout "drop" %[[Z]]
  // CHECK-NEXT: %[[Y:.*]] = nn.relu %[[D]]
  // CHECK-NEXT: nn.dense "b" %[[Y]]
  %0 = nn.dense "a" %x units(5) weight(<he>) bias(<zeros>) : (tensor<4x3xf32>) -> tensor<4x5xf32>
  %1 = nn.dropout "drop" %0 rate(0.5) : tensor<4x5xf32>
  %2 = nn.relu %1 : tensor<4x5xf32>
  %3 = nn.dense "b" %2 units(2) weight(<he>) bias(<zeros>) : (tensor<4x5xf32>) -> tensor<4x2xf32>
  return %3 : tensor<4x2xf32>
}

// CHECK-LABEL: func.func @there_behind_dropout
func.func @there_behind_dropout(%x: tensor<4x3xf32>) {
  // CHECK-NEXT: nn.dense
  // CHECK-NEXT: nn.dropout
  // CHECK-NEXT: nn.batch_norm "own"
  // CHECK-NEXT: nn.relu
  // expected-remark @below {{no batch normalization after 'a': one stands there already}}
  %0 = nn.dense "a" %x units(5) weight(<he>) bias(<zeros>) : (tensor<4x3xf32>) -> tensor<4x5xf32>
  %1 = nn.dropout "drop" %0 rate(0.5) : tensor<4x5xf32>
  %2 = nn.batch_norm "own" %1 momentum(0.2) eps(0.1) : tensor<4x5xf32>
  %3 = nn.relu %2 : tensor<4x5xf32>
  return
}

// A sum with others is not the layer's own: left as it is, with a remark.
// CHECK-LABEL: func.func @joined
func.func @joined(%x: tensor<4x3xf32>, %y: tensor<4x3xf32>) {
  // CHECK-NEXT: nn.dense "a" %{{.*}} bias(<zeros>)
  // CHECK-NEXT: nn.skip
  // CHECK-NEXT: nn.relu
  // expected-remark @below {{no batch normalization after 'a': its sums join other values before an activation}}
  %0 = nn.dense "a" %x units(3) weight(<he>) bias(<zeros>) : (tensor<4x3xf32>) -> tensor<4x3xf32>
  %1 = nn.skip "skip" %y, %0 : tensor<4x3xf32>
  %2 = nn.relu %1 : tensor<4x3xf32>
  return
}

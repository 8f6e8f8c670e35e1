// RUN: gradc-opt %s --pass-pipeline='builtin.module(any(insert-batch-norm))' --verify-diagnostics | FileCheck %s
// RUN: gradc-opt %s --pass-pipeline='builtin.module(any(insert-batch-norm{momentum=0.5 eps=0.1}))' 2>/dev/null | FileCheck %s --check-prefix=OPTIONS

// Before every hidden activation; the bias leaves. Before the output a remark says
// why not.
// CHECK-LABEL: nn.network @hidden
// CHECK-SAME: %[[X:.*]]: tensor<4x3xf32>
// OPTIONS-LABEL: nn.network @hidden
nn.network @hidden(%x: tensor<4x3xf32>) -> tensor<4x2xf32> {
  // CHECK-NEXT: %[[A:.*]] = nn.dense "a" %[[X]] units(5) weight(<he>) : (tensor<4x3xf32>) -> tensor<4x5xf32>
  // CHECK-NEXT: %[[Z:.*]] = nn.batch_norm "a.batchnorm" %[[A]] momentum(1.000000e-01) eps(1.000000e-05) : tensor<4x5xf32>
  // CHECK-NEXT: %[[Y:.*]] = nn.relu %[[Z]]
  // OPTIONS: nn.batch_norm "a.batchnorm" %{{.*}} momentum(5.000000e-01) eps(1.000000e-01)
  %0 = nn.dense "a" %x units(5) weight(<he>) bias(<zeros>) : (tensor<4x3xf32>) -> tensor<4x5xf32>
  %1 = nn.relu %0 : tensor<4x5xf32>
  // CHECK-NEXT: %[[B:.*]] = nn.dense "b" %[[Y]] units(2) weight(<he>) bias(<zeros>)
  // expected-remark @below {{no batch normalization after 'b': its activation is what the network predicts}}
  %2 = nn.dense "b" %1 units(2) weight(<he>) bias(<zeros>) : (tensor<4x5xf32>) -> tensor<4x2xf32>
  // CHECK-NEXT: nn.sigmoid %[[B]]
  %3 = nn.sigmoid %2 : tensor<4x2xf32>
  nn.output %3 : tensor<4x2xf32>
}

// What is not followed by an activation stays as it is.
// CHECK-LABEL: func.func @linear
func.func @linear(%x: tensor<4x3xf32>) -> tensor<4x2xf32> {
  // CHECK-NEXT: nn.dense "a"
  // CHECK-NEXT: nn.dense "b"
  // CHECK-NEXT: return
  %0 = nn.dense "a" %x units(5) weight(<he>) bias(<zeros>) : (tensor<4x3xf32>) -> tensor<4x5xf32>
  %1 = nn.dense "b" %0 units(2) weight(<he>) bias(<zeros>) : (tensor<4x5xf32>) -> tensor<4x2xf32>
  return %1 : tensor<4x2xf32>
}

// CHECK-LABEL: func.func @there_already
func.func @there_already(%x: tensor<4x3xf32>) {
  // CHECK-NEXT: nn.dense
  // CHECK-NEXT: nn.batch_norm "own"
  // CHECK-NEXT: nn.relu
  // CHECK-NEXT: return
  // expected-remark @below {{no batch normalization after 'a': one stands there already}}
  %0 = nn.dense "a" %x units(5) weight(<he>) bias(<zeros>) : (tensor<4x3xf32>) -> tensor<4x5xf32>
  %1 = nn.batch_norm "own" %0 momentum(0.2) eps(0.1) : tensor<4x5xf32>
  %2 = nn.relu %1 : tensor<4x5xf32>
  return
}

// Where others use the sums too, they are left as they are, with their bias.
// CHECK-LABEL: func.func @shared
func.func @shared(%x: tensor<4x3xf32>, %y: tensor<4x3xf32>) -> tensor<4x3xf32> {
  // CHECK-NEXT: %[[A:.*]] = nn.dense "a" %{{.*}} bias(<zeros>)
  // CHECK-NEXT: %[[Z:.*]] = nn.batch_norm "a.batchnorm" %[[A]]
  // CHECK-NEXT: %[[Y:.*]] = nn.relu %[[Z]]
  // CHECK-NEXT: nn.add %[[A]], %[[Y]]
  %0 = nn.dense "a" %x units(3) weight(<he>) bias(<zeros>) : (tensor<4x3xf32>) -> tensor<4x3xf32>
  %1 = nn.relu %0 : tensor<4x3xf32>
  %2 = nn.add %0, %1 : tensor<4x3xf32>
  return %2 : tensor<4x3xf32>
}

// RUN: gradc-opt %s --pass-pipeline='builtin.module(any(insert-skip))' --verify-diagnostics | FileCheck %s

// Around the layer, what normalizes it, and its activation.
// CHECK-LABEL: nn.network @around
// CHECK-SAME: %[[X:.*]]: tensor<4x3xf32>
nn.network @around(%x: tensor<4x3xf32>) -> tensor<4x2xf32> {
  // CHECK-NEXT: nn.dense "a"
  %0 = nn.dense "a" %x units(3) weight(<he>) : (tensor<4x3xf32>) -> tensor<4x3xf32>
  // CHECK-NEXT: nn.batch_norm
  %1 = nn.batch_norm "n" %0 momentum(0.1) eps(1.0e-5) : tensor<4x3xf32>
  // CHECK-NEXT: %[[Y:.*]] = nn.relu
  %2 = nn.relu %1 : tensor<4x3xf32>
  // CHECK-NEXT: %[[FIRST:.*]] = nn.skip "a.skip" %[[X]], %[[Y]]
  // CHECK-NEXT: %[[Z:.*]] = nn.dense "b" %[[FIRST]]
  %3 = nn.dense "b" %2 units(3) weight(<he>) : (tensor<4x3xf32>) -> tensor<4x3xf32>
  // A layer without an activation is a run of its own.
  // CHECK-NEXT: %[[SECOND:.*]] = nn.skip "b.skip" %[[FIRST]], %[[Z]]
  // CHECK-NEXT: nn.dense "c" %[[SECOND]]
  // expected-remark @below {{no skip around 'c': what it gives is what the network predicts}}
  %4 = nn.dense "c" %3 units(2) weight(<he>) : (tensor<4x3xf32>) -> tensor<4x2xf32>
  nn.output %4 : tensor<4x2xf32>
}

// Where the shape changes there is nothing to add; one that is there stays.
// CHECK-LABEL: nn.network @not_everywhere
nn.network @not_everywhere(%x: tensor<4x3xf32>) -> tensor<4x5xf32> {
  // CHECK-NEXT: nn.dense "a"
  // CHECK-NEXT: nn.relu
  // CHECK-NEXT: nn.dense "b"
  // CHECK-NEXT: nn.tanh
  // CHECK-NEXT: nn.skip "s"
  // CHECK-NEXT: nn.sigmoid
  // CHECK-NEXT: nn.output
  // expected-remark @below {{no skip around 'a': it gives another shape than it gets}}
  %0 = nn.dense "a" %x units(5) weight(<he>) : (tensor<4x3xf32>) -> tensor<4x5xf32>
  %1 = nn.relu %0 : tensor<4x5xf32>
  // expected-remark @below {{no skip around 'b': one ends there already}}
  %2 = nn.dense "b" %1 units(5) weight(<he>) : (tensor<4x5xf32>) -> tensor<4x5xf32>
  %3 = nn.tanh %2 : tensor<4x5xf32>
  %4 = nn.skip "s" %1, %3 : tensor<4x5xf32>
  %5 = nn.sigmoid %4 : tensor<4x5xf32>
  nn.output %5 : tensor<4x5xf32>
}

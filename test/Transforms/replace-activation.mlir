// RUN: gradc-opt %s --pass-pipeline='builtin.module(any(replace-activation))' | FileCheck %s --check-prefixes=CHECK,RELU
// RUN: gradc-opt %s --pass-pipeline='builtin.module(any(replace-activation{activation=elu:0.5}))' | FileCheck %s --check-prefixes=CHECK,ELU
// RUN: gradc-opt %s --pass-pipeline='builtin.module(any(replace-activation{activation=prelu}))' | FileCheck %s --check-prefixes=CHECK,PRELU

// Every hidden one; what the network predicts with stays.
// CHECK-LABEL: nn.network @hidden
nn.network @hidden(%x: tensor<4x3xf32>) -> tensor<4x3xf32> {
  // CHECK-NEXT: %[[A:.*]] = nn.dense
  %0 = nn.dense "a" %x units(3) weight(<he>) : (tensor<4x3xf32>) -> tensor<4x3xf32>
  // RELU-NEXT: %[[B:.*]] = nn.relu %[[A]]
  // ELU-NEXT: %[[B:.*]] = nn.elu %[[A]] a(5.000000e-01)
  // PRELU-NEXT: %[[B:.*]] = nn.prelu "a.prelu" %[[A]]
  %1 = nn.sigmoid %0 : tensor<4x3xf32>
  // RELU-NEXT: %[[C:.*]] = nn.relu %[[B]]
  // ELU-NEXT: %[[C:.*]] = nn.elu %[[B]] a(5.000000e-01)
  // PRELU-NEXT: %[[C:.*]] = nn.prelu "a.prelu_2" %[[B]]
  %2 = nn.leaky_relu %1 k(0.1) : tensor<4x3xf32>
  // CHECK-NEXT: %[[D:.*]] = nn.dense "b" %[[C]]
  %3 = nn.dense "b" %2 units(3) weight(<he>) : (tensor<4x3xf32>) -> tensor<4x3xf32>
  // CHECK-NEXT: %[[E:.*]] = nn.sigmoid %[[D]]
  // CHECK-NEXT: nn.output %[[E]]
  %4 = nn.sigmoid %3 : tensor<4x3xf32>
  nn.output %4 : tensor<4x3xf32>
}

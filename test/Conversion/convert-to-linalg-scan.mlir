// RUN: gradc-opt %s --convert-to-linalg | FileCheck %s

// A scan is a loop that carries states and stacks. A slice is written as soon as
// it is there, a state that is kept even before the turn; a new state goes into
// the memory of the old one.
// CHECK-LABEL: func.func @forward
// CHECK-SAME: %[[H:.*]]: tensor<4x5xf32>, %[[X:.*]]: tensor<3x4x5xf32>
func.func @forward(%h: tensor<4x5xf32>, %x: tensor<3x4x5xf32>)
    -> (tensor<4x5xf32>, tensor<3x4x5xf32>, tensor<3x4x5xf32>) {
  // CHECK: %[[OLD:.*]] = tensor.empty() : tensor<3x4x5xf32>
  // CHECK: %[[NEW:.*]] = tensor.empty() : tensor<3x4x5xf32>
  // CHECK: scf.for %[[T:.*]] = %{{.*}} to %{{.*}} step %{{.*}} iter_args(%[[STATE:.*]] = %[[H]], %[[OLDS:.*]] = %[[OLD]], %[[NEWS:.*]] = %[[NEW]])
  // CHECK: %[[KEPT:.*]] = tensor.insert_slice %[[STATE]] into %[[OLDS]][%[[T]], 0, 0] [1, 4, 5]
  // CHECK: %[[INPUT:.*]] = tensor.extract_slice %[[X]][%[[T]], 0, 0] [1, 4, 5]
  // CHECK: %[[NEXT:.*]] = linalg.generic {{.*}} ins(%[[STATE]], %[[INPUT]]
  // CHECK: %[[STACK:.*]] = tensor.insert_slice %[[NEXT]] into %[[NEWS]][%[[T]], 0, 0] [1, 4, 5]
  // CHECK: %[[PLACED:.*]] = bufferization.materialize_in_destination %[[NEXT]] in %[[STATE]]
  // CHECK: scf.yield %[[PLACED]], %[[KEPT]], %[[STACK]]
  %0:3 = nn.scan steps(3) from(%h : tensor<4x5xf32>) over(%x : tensor<3x4x5xf32>)
      -> tensor<4x5xf32>, tensor<3x4x5xf32>, tensor<3x4x5xf32> {
  ^bb0(%state: tensor<4x5xf32>, %input: tensor<4x5xf32>):
    %1 = nn.mul %state, %input : tensor<4x5xf32>
    nn.scan_yield %1, %state, %1 : tensor<4x5xf32>, tensor<4x5xf32>, tensor<4x5xf32>
  }
  return %0#0, %0#1, %0#2 : tensor<4x5xf32>, tensor<3x4x5xf32>, tensor<3x4x5xf32>
}

// In reverse the slices are counted from the end.
// CHECK-LABEL: func.func @backward
// CHECK-SAME: %[[H:.*]]: tensor<4xf32>, %[[X:.*]]: tensor<3x4xf32>
func.func @backward(%h: tensor<4xf32>, %x: tensor<3x4xf32>) -> tensor<4xf32> {
  // CHECK: scf.for %[[I:[a-z0-9]*]] = %{{.*}} iter_args(
  // CHECK: %[[LAST:.*]] = arith.constant 2 : index
  // CHECK: %[[T:.*]] = arith.subi %[[LAST]], %[[I]] : index
  // CHECK: tensor.extract_slice %[[X]][%[[T]], 0] [1, 4]
  %0 = nn.scan steps(3) reverse from(%h : tensor<4xf32>) over(%x : tensor<3x4xf32>)
      -> tensor<4xf32> {
  ^bb0(%state: tensor<4xf32>, %input: tensor<4xf32>):
    %1 = nn.add %state, %input : tensor<4xf32>
    nn.scan_yield %1 : tensor<4xf32>
  }
  return %0 : tensor<4xf32>
}

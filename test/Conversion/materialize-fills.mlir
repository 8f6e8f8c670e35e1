// RUN: gradc-opt %s --materialize-fills | FileCheck %s

// A constant of equal elements is not stored: it is filled.
// CHECK-LABEL: func.func @constant
func.func @constant() -> tensor<4x3xf32> {
  // CHECK-NOT: dense
  // CHECK: %[[HALF:.*]] = arith.constant 5.000000e-01 : f32
  // CHECK: %[[EMPTY:.*]] = tensor.empty() : tensor<4x3xf32>
  // CHECK: %[[FILLED:.*]] = linalg.fill ins(%[[HALF]] : f32) outs(%[[EMPTY]] : tensor<4x3xf32>)
  // CHECK: return %[[FILLED]]
  %0 = arith.constant dense<0.5> : tensor<4x3xf32>
  return %0 : tensor<4x3xf32>
}

// Each use has a fill of its own, in memory of its own.
// CHECK-LABEL: func.func @constant_used_twice
func.func @constant_used_twice() -> (tensor<3xf32>, tensor<3xf32>) {
  // CHECK: %[[A:.*]] = tensor.empty()
  // CHECK: linalg.fill {{.*}} outs(%[[A]] :
  // CHECK: %[[B:.*]] = tensor.empty()
  // CHECK: linalg.fill {{.*}} outs(%[[B]] :
  %0 = arith.constant dense<0.5> : tensor<3xf32>
  return %0, %0 : tensor<3xf32>, tensor<3xf32>
}

// So has each use of a fill that stands there already.
// CHECK-LABEL: func.func @fill_used_twice
func.func @fill_used_twice(%x: f32) -> (tensor<3xf32>, tensor<3xf32>) {
  // CHECK-COUNT-2: linalg.fill
  // CHECK-NOT: linalg.fill
  // CHECK: return
  %empty = tensor.empty() : tensor<3xf32>
  %0 = linalg.fill ins(%x : f32) outs(%empty : tensor<3xf32>) -> tensor<3xf32>
  return %0, %0 : tensor<3xf32>, tensor<3xf32>
}

// An empty tensor that two ops write would be copied between them.
// CHECK-LABEL: func.func @empty_used_twice
func.func @empty_used_twice(%x: f32, %y: f32) -> (tensor<3xf32>, tensor<3xf32>) {
  // CHECK-DAG: %[[A:.*]] = tensor.empty()
  // CHECK-DAG: %[[B:.*]] = tensor.empty()
  // CHECK-DAG: linalg.fill {{.*}} outs(%[[A]] :
  // CHECK-DAG: linalg.fill {{.*}} outs(%[[B]] :
  %empty = tensor.empty() : tensor<3xf32>
  %0 = linalg.fill ins(%x : f32) outs(%empty : tensor<3xf32>) -> tensor<3xf32>
  %1 = linalg.fill ins(%y : f32) outs(%empty : tensor<3xf32>) -> tensor<3xf32>
  return %0, %1 : tensor<3xf32>, tensor<3xf32>
}

// A table of different elements, and a number, stay constants.
// CHECK-LABEL: func.func @others
func.func @others() -> (tensor<2xf32>, f32) {
  // CHECK-DAG: arith.constant dense<[1.000000e+00, 2.000000e+00]> : tensor<2xf32>
  // CHECK-DAG: arith.constant 3.000000e+00 : f32
  // CHECK-NOT: linalg.fill
  // CHECK: return
  %0 = arith.constant dense<[1.0, 2.0]> : tensor<2xf32>
  %1 = arith.constant 3.0 : f32
  return %0, %1 : tensor<2xf32>, f32
}

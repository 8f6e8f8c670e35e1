// RUN: gradc-opt %s | gradc-opt | FileCheck %s
// RUN: gradc-opt %s --convert-to-linalg | FileCheck %s --check-prefix=LINALG

// Parts are read where they lie, and put into their places.
// CHECK-LABEL: func.func @parts
// LINALG-LABEL: func.func @parts
func.func @parts(%x: tensor<4x6xf32>) -> tensor<4x6xf32> {
  // CHECK: nn.split %{{.*}} : tensor<4x6xf32> -> tensor<4x2xf32>, tensor<4x2xf32>, tensor<4x2xf32>
  // LINALG: %[[A:.*]] = tensor.extract_slice %{{.*}}[0, 0] [4, 2] [1, 1]
  // LINALG: tensor.extract_slice %{{.*}}[0, 2] [4, 2] [1, 1]
  // LINALG: %[[C:.*]] = tensor.extract_slice %{{.*}}[0, 4] [4, 2] [1, 1]
  %0:3 = nn.split %x : tensor<4x6xf32> -> tensor<4x2xf32>, tensor<4x2xf32>, tensor<4x2xf32>
  // CHECK: nn.join %{{.*}} : tensor<4x2xf32>, tensor<4x2xf32>, tensor<4x2xf32> -> tensor<4x6xf32>
  // LINALG: tensor.insert_slice %[[C]] into %{{.*}}[0, 0] [4, 2] [1, 1]
  // LINALG: tensor.insert_slice %{{.*}} into %{{.*}}[0, 2] [4, 2] [1, 1]
  // LINALG: tensor.insert_slice %[[A]] into %{{.*}}[0, 4] [4, 2] [1, 1]
  %1 = nn.join %0#2, %0#1, %0#0 : tensor<4x2xf32>, tensor<4x2xf32>, tensor<4x2xf32> -> tensor<4x6xf32>
  return %1 : tensor<4x6xf32>
}

// CHECK-LABEL: func.func @exchange
// LINALG-LABEL: func.func @exchange
func.func @exchange(%x: tensor<4x6x3xf32>) -> tensor<6x4x3xf32> {
  // CHECK: nn.exchange %{{.*}} : tensor<4x6x3xf32> -> tensor<6x4x3xf32>
  // LINALG: linalg.generic {{.*}} ins(%{{.*}} : tensor<4x6x3xf32>) outs(%{{.*}} : tensor<6x4x3xf32>)
  %0 = nn.exchange %x : tensor<4x6x3xf32> -> tensor<6x4x3xf32>
  return %0 : tensor<6x4x3xf32>
}

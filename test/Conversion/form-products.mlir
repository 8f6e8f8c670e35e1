// RUN: gradc-opt %s --form-products | FileCheck %s

#lhs = affine_map<(d0, d1, d2) -> (d0, d2)>
#rhs = affine_map<(d0, d1, d2) -> (d2, d1)>
#lhs_t = affine_map<(d0, d1, d2) -> (d2, d0)>
#rhs_t = affine_map<(d0, d1, d2) -> (d1, d2)>
#result = affine_map<(d0, d1, d2) -> (d0, d1)>

// CHECK: #[[FLIPPED:.*]] = affine_map<(d0, d1) -> (d1, d0)>
// CHECK: #[[MATRIX:.*]] = affine_map<(d0, d1) -> (d0, d1)>

// Each element is its sum. The product begins at zero by itself: the zeros serve
// nobody any more.
// CHECK-LABEL: func.func @forward
// CHECK-SAME: %[[X:.*]]: tensor<20x30xf32>, %[[W:.*]]: tensor<30x10xf32>
func.func @forward(%x: tensor<20x30xf32>, %w: tensor<30x10xf32>) -> tensor<20x10xf32> {
  // CHECK: linalg.fill
  // CHECK-NEXT: %[[EMPTY:.*]] = tensor.empty() : tensor<20x10xf32>
  // CHECK-NEXT: %[[Y:.*]] = kernel.product %[[X]], %[[W]] into(%[[EMPTY]] : tensor<20x10xf32>)
  // CHECK-NEXT: ^bb0(%[[SUM:.*]]: f32):
  // CHECK-NEXT: kernel.yield %[[SUM]] : f32
  // CHECK: return %[[Y]]
  %zero = arith.constant 0.0 : f32
  %empty = tensor.empty() : tensor<20x10xf32>
  %zeros = linalg.fill ins(%zero : f32) outs(%empty : tensor<20x10xf32>) -> tensor<20x10xf32>
  %y = linalg.matmul ins(%x, %w : tensor<20x30xf32>, tensor<30x10xf32>)
                     outs(%zeros : tensor<20x10xf32>) -> tensor<20x10xf32>
  return %y : tensor<20x10xf32>
}

// A transposed left factor, as in a weight's gradient, is read where it stands.
// CHECK-LABEL: func.func @weight_gradient
// CHECK-SAME: %[[X:.*]]: tensor<20x30xf32>, %[[D:.*]]: tensor<20x10xf32>
func.func @weight_gradient(%x: tensor<20x30xf32>, %d: tensor<20x10xf32>) -> tensor<30x10xf32> {
  // CHECK-NOT: linalg.generic
  // CHECK: kernel.product transposed %[[X]], %[[D]] into(%{{.*}} : tensor<30x10xf32>)
  %zero = arith.constant 0.0 : f32
  %empty = tensor.empty() : tensor<30x10xf32>
  %zeros = linalg.fill ins(%zero : f32) outs(%empty : tensor<30x10xf32>) -> tensor<30x10xf32>
  %y = linalg.matmul indexing_maps = [#lhs_t, #rhs, #result]
    ins(%x, %d : tensor<20x30xf32>, tensor<20x10xf32>)
    outs(%zeros : tensor<30x10xf32>) -> tensor<30x10xf32>
  return %y : tensor<30x10xf32>
}

// d W^T is (W d^T)^T: the weight is the left factor as it stands, the deltas and
// the result are transposed.
// CHECK-LABEL: func.func @input_gradient
// CHECK-SAME: %[[D:.*]]: tensor<8x10xf32>, %[[W:.*]]: tensor<30x10xf32>
func.func @input_gradient(%d: tensor<8x10xf32>, %w: tensor<30x10xf32>) -> tensor<8x30xf32> {
  // CHECK: %[[DT:.*]] = linalg.generic {indexing_maps = [#[[FLIPPED]], #[[MATRIX]]], {{.*}} ins(%[[D]] : tensor<8x10xf32>) outs(%{{.*}} : tensor<10x8xf32>)
  // CHECK: %[[YT:.*]] = kernel.product %[[W]], %[[DT]] into(%{{.*}} : tensor<30x8xf32>)
  // CHECK: %[[Y:.*]] = linalg.generic {indexing_maps = [#[[FLIPPED]], #[[MATRIX]]], {{.*}} ins(%[[YT]] : tensor<30x8xf32>) outs(%{{.*}} : tensor<8x30xf32>)
  // CHECK: return %[[Y]]
  %zero = arith.constant 0.0 : f32
  %empty = tensor.empty() : tensor<8x30xf32>
  %zeros = linalg.fill ins(%zero : f32) outs(%empty : tensor<8x30xf32>) -> tensor<8x30xf32>
  %y = linalg.matmul indexing_maps = [#lhs, #rhs_t, #result]
    ins(%d, %w : tensor<8x10xf32>, tensor<30x10xf32>)
    outs(%zeros : tensor<8x30xf32>) -> tensor<8x30xf32>
  return %y : tensor<8x30xf32>
}

// Of fewer than eight samples the vectors along them would be mostly empty: the
// weight is transposed.
// CHECK-LABEL: func.func @few_samples
// CHECK-SAME: %[[D:.*]]: tensor<7x10xf32>, %[[W:.*]]: tensor<30x10xf32>
func.func @few_samples(%d: tensor<7x10xf32>, %w: tensor<30x10xf32>) -> tensor<7x30xf32> {
  // CHECK: %[[WT:.*]] = linalg.generic {indexing_maps = [#[[FLIPPED]], #[[MATRIX]]], {{.*}} ins(%[[W]] : tensor<30x10xf32>) outs(%{{.*}} : tensor<10x30xf32>)
  // CHECK: %[[Y:.*]] = kernel.product %[[D]], %[[WT]] into(%{{.*}} : tensor<7x30xf32>)
  // CHECK: return %[[Y]]
  %zero = arith.constant 0.0 : f32
  %empty = tensor.empty() : tensor<7x30xf32>
  %zeros = linalg.fill ins(%zero : f32) outs(%empty : tensor<7x30xf32>) -> tensor<7x30xf32>
  %y = linalg.matmul indexing_maps = [#lhs, #rhs_t, #result]
    ins(%d, %w : tensor<7x10xf32>, tensor<30x10xf32>)
    outs(%zeros : tensor<7x30xf32>) -> tensor<7x30xf32>
  return %y : tensor<7x30xf32>
}

// Both transposed: the left one is read so, the right one is copied.
// CHECK-LABEL: func.func @both
// CHECK-SAME: %[[A:.*]]: tensor<10x20xf64>, %[[B:.*]]: tensor<30x10xf64>
func.func @both(%a: tensor<10x20xf64>, %b: tensor<30x10xf64>) -> tensor<20x30xf64> {
  // CHECK: %[[BT:.*]] = linalg.generic {indexing_maps = [#[[FLIPPED]], #[[MATRIX]]], {{.*}} ins(%[[B]] :
  // CHECK: kernel.product transposed %[[A]], %[[BT]] into(%{{.*}} : tensor<20x30xf64>)
  // CHECK-NEXT: ^bb0(%{{.*}}: f64):
  %zero = arith.constant 0.0 : f64
  %empty = tensor.empty() : tensor<20x30xf64>
  %zeros = linalg.fill ins(%zero : f64) outs(%empty : tensor<20x30xf64>) -> tensor<20x30xf64>
  %y = linalg.matmul indexing_maps = [#lhs_t, #rhs_t, #result]
    ins(%a, %b : tensor<10x20xf64>, tensor<30x10xf64>)
    outs(%zeros : tensor<20x30xf64>) -> tensor<20x30xf64>
  return %y : tensor<20x30xf64>
}

// A matrix of the state whose rows fill panels is read transposed, whatever the
// batch: `keep-transposed` keeps it so. Of thirty rows it is not.
// CHECK-LABEL: func.func @kept
// CHECK-SAME: %[[D:.*]]: tensor<20x10xf32>, %[[W:[^:]*]]: tensor<32x10xf32>
// CHECK: %[[WT:.*]] = linalg.generic {indexing_maps = [#[[FLIPPED]], #[[MATRIX]]], {{.*}} ins(%[[W]] :
// CHECK: kernel.product %[[D]], %[[WT]] into(%{{.*}} : tensor<20x32xf32>)
func.func @kept(%d: tensor<20x10xf32>, %w: tensor<32x10xf32> {step.name = "w", step.role = "variable"})
    -> tensor<20x32xf32> {
  %zero = arith.constant 0.0 : f32
  %empty = tensor.empty() : tensor<20x32xf32>
  %zeros = linalg.fill ins(%zero : f32) outs(%empty : tensor<20x32xf32>) -> tensor<20x32xf32>
  %y = linalg.matmul indexing_maps = [#lhs, #rhs_t, #result]
    ins(%d, %w : tensor<20x10xf32>, tensor<32x10xf32>)
    outs(%zeros : tensor<20x32xf32>) -> tensor<20x32xf32>
  return %y : tensor<20x32xf32>
}

// CHECK-LABEL: func.func @not_kept
// CHECK-SAME: %[[D:.*]]: tensor<20x10xf32>, %[[W:[^:]*]]: tensor<30x10xf32>
// CHECK: %[[DT:.*]] = linalg.generic {{.*}} ins(%[[D]] :
// CHECK: kernel.product %[[W]], %[[DT]]
func.func @not_kept(%d: tensor<20x10xf32>, %w: tensor<30x10xf32> {step.name = "w", step.role = "variable"})
    -> tensor<20x30xf32> {
  %zero = arith.constant 0.0 : f32
  %empty = tensor.empty() : tensor<20x30xf32>
  %zeros = linalg.fill ins(%zero : f32) outs(%empty : tensor<20x30xf32>) -> tensor<20x30xf32>
  %y = linalg.matmul indexing_maps = [#lhs, #rhs_t, #result]
    ins(%d, %w : tensor<20x10xf32>, tensor<30x10xf32>)
    outs(%zeros : tensor<20x30xf32>) -> tensor<20x30xf32>
  return %y : tensor<20x30xf32>
}

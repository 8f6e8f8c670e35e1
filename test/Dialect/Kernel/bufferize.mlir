// RUN: gradc-opt %s --one-shot-bufferize | FileCheck %s

// An output is written and never read: the product takes its memory as it is.
// CHECK-LABEL: func.func @in_place
// CHECK-SAME: %[[A:.*]]: memref<7x5xf32>, %[[B:.*]]: memref<5x32xf32>, %[[BIAS:.*]]: memref<32xf32>, %[[C:.*]]: memref<2x7x16xf32>
func.func @in_place(%a: memref<7x5xf32>, %b: memref<5x32xf32>, %bias: memref<32xf32>,
                    %c: memref<2x7x16xf32>) {
  // CHECK-NOT: memref.alloc
  // CHECK: kernel.product %[[A]], %[[B]] with(%[[BIAS]] : memref<32xf32>) into(%[[C]] : memref<2x7x16xf32>)
  // CHECK-SAME: : memref<7x5xf32>, memref<5x32xf32> {
  // CHECK: arith.addf
  // CHECK: kernel.yield
  %0 = bufferization.to_tensor %a restrict : memref<7x5xf32> to tensor<7x5xf32>
  %1 = bufferization.to_tensor %b restrict : memref<5x32xf32> to tensor<5x32xf32>
  %2 = bufferization.to_tensor %bias restrict : memref<32xf32> to tensor<32xf32>
  %3 = bufferization.to_tensor %c restrict writable : memref<2x7x16xf32> to tensor<2x7x16xf32>
  %y = kernel.product %0, %1 with (%2 : tensor<32xf32>) into (%3 : tensor<2x7x16xf32>)
      : tensor<7x5xf32>, tensor<5x32xf32> -> tensor<2x7x16xf32> {
  ^bb0(%sum: f32, %shift: f32):
    %z = arith.addf %sum, %shift : f32
    kernel.yield %z : f32
  }
  bufferization.materialize_in_destination %y in restrict writable %c
      : (tensor<2x7x16xf32>, memref<2x7x16xf32>) -> ()
  return
}

// What a formula reads is needed until the last block is written: the result gets
// memory of its own, into which nothing is copied before.
// CHECK-LABEL: func.func @reads_its_output
// CHECK-SAME: %[[A:.*]]: memref<7x5xf32>, %[[B:.*]]: memref<5x9xf32>, %[[W:.*]]: memref<7x9xf32>
func.func @reads_its_output(%a: memref<7x5xf32>, %b: memref<5x9xf32>, %w: memref<7x9xf32>) {
  // CHECK: %[[OWN:.*]] = memref.alloc() {{.*}}: memref<7x9xf32>
  // CHECK-NOT: memref.copy
  // CHECK: kernel.product %[[A]], %[[B]] with(%[[W]] : memref<7x9xf32>) into(%[[OWN]] :
  // CHECK: memref.copy %[[OWN]], %[[W]]
  %0 = bufferization.to_tensor %a restrict : memref<7x5xf32> to tensor<7x5xf32>
  %1 = bufferization.to_tensor %b restrict : memref<5x9xf32> to tensor<5x9xf32>
  %2 = bufferization.to_tensor %w restrict writable : memref<7x9xf32> to tensor<7x9xf32>
  %y = kernel.product %0, %1 with (%2 : tensor<7x9xf32>) into (%2 : tensor<7x9xf32>)
      : tensor<7x5xf32>, tensor<5x9xf32> -> tensor<7x9xf32> {
  ^bb0(%sum: f32, %old: f32):
    %z = arith.subf %old, %sum : f32
    kernel.yield %z : f32
  }
  bufferization.materialize_in_destination %y in restrict writable %w
      : (tensor<7x9xf32>, memref<7x9xf32>) -> ()
  return
}

// Nor is a factor overwritten.
// CHECK-LABEL: func.func @writes_a_factor
// CHECK-SAME: %[[A:.*]]: memref<5x5xf32>, %[[B:.*]]: memref<5x5xf32>
func.func @writes_a_factor(%a: memref<5x5xf32>, %b: memref<5x5xf32>) {
  // CHECK: %[[OWN:.*]] = memref.alloc()
  // CHECK-NOT: memref.copy
  // CHECK: kernel.product transposed %[[A]], %[[B]] into(%[[OWN]] :
  // CHECK: memref.copy %[[OWN]], %[[A]]
  %0 = bufferization.to_tensor %a restrict writable : memref<5x5xf32> to tensor<5x5xf32>
  %1 = bufferization.to_tensor %b restrict : memref<5x5xf32> to tensor<5x5xf32>
  %y = kernel.product transposed %0, %1 into (%0 : tensor<5x5xf32>)
      : tensor<5x5xf32>, tensor<5x5xf32> -> tensor<5x5xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  bufferization.materialize_in_destination %y in restrict writable %a
      : (tensor<5x5xf32>, memref<5x5xf32>) -> ()
  return
}

// What joins columns is read: it begins with what its memory holds.
// CHECK-LABEL: func.func @joined
func.func @joined(%a: memref<7x5xf32>, %b: memref<5x9xf32>, %c: memref<7x9xf32>, %s: memref<9xf32>) {
  // CHECK: %[[SUMS:.*]] = memref.alloc() {{.*}}: memref<9xf32>
  // CHECK: linalg.fill ins(%{{.*}} : f32) outs(%[[SUMS]] : memref<9xf32>)
  // CHECK: kernel.product {{.*}} into(%{{.*}}, %[[SUMS]] : memref<7x9xf32>, memref<9xf32>)
  // CHECK: memref.copy %[[SUMS]], %{{.*}} : memref<9xf32> to memref<9xf32>
  %zero = arith.constant 0.0 : f32
  %empty = tensor.empty() : tensor<9xf32>
  %start = linalg.fill ins(%zero : f32) outs(%empty : tensor<9xf32>) -> tensor<9xf32>
  %0 = bufferization.to_tensor %a restrict : memref<7x5xf32> to tensor<7x5xf32>
  %1 = bufferization.to_tensor %b restrict : memref<5x9xf32> to tensor<5x9xf32>
  %2 = bufferization.to_tensor %c restrict writable : memref<7x9xf32> to tensor<7x9xf32>
  %y:2 = kernel.product %0, %1 into (%2, %start : tensor<7x9xf32>, tensor<9xf32>)
      : tensor<7x5xf32>, tensor<5x9xf32> -> tensor<7x9xf32>, tensor<9xf32> {
  ^bb0(%sum: f32, %before: f32):
    %next = arith.addf %before, %sum : f32
    kernel.yield %sum, %next : f32, f32
  }
  bufferization.materialize_in_destination %y#0 in restrict writable %c
      : (tensor<7x9xf32>, memref<7x9xf32>) -> ()
  bufferization.materialize_in_destination %y#1 in restrict writable %s
      : (tensor<9xf32>, memref<9xf32>) -> ()
  return
}

// What is updated is read: where the old value is needed afterwards, the new one
// begins as a copy.
// CHECK-LABEL: func.func @updated
// CHECK-SAME: %[[W:[^:]*]]: memref<5x9xf32>, %[[SEEN:.*]]: memref<5x9xf32>)
// CHECK: %[[NEW:.*]] = memref.alloc() {{.*}} : memref<5x9xf32>
// CHECK: memref.copy %[[W]], %[[NEW]]
// CHECK: kernel.product updates transposed {{.*}} into(%[[NEW]] : memref<5x9xf32>)
// CHECK: memref.copy %[[W]], %[[SEEN]]
func.func @updated(%x: memref<7x5xf32>, %d: memref<7x9xf32>, %w: memref<5x9xf32>, %seen: memref<5x9xf32>) {
  %0 = bufferization.to_tensor %x restrict : memref<7x5xf32> to tensor<7x5xf32>
  %1 = bufferization.to_tensor %d restrict : memref<7x9xf32> to tensor<7x9xf32>
  %2 = bufferization.to_tensor %w restrict writable : memref<5x9xf32> to tensor<5x9xf32>
  %y = kernel.product updates transposed %0, %1 into (%2 : tensor<5x9xf32>)
      : tensor<7x5xf32>, tensor<7x9xf32> -> tensor<5x9xf32> {
  ^bb0(%sum: f32, %old: f32):
    %new = arith.subf %old, %sum : f32
    kernel.yield %new : f32
  }
  bufferization.materialize_in_destination %2 in restrict writable %seen
      : (tensor<5x9xf32>, memref<5x9xf32>) -> ()
  bufferization.materialize_in_destination %y in restrict writable %w
      : (tensor<5x9xf32>, memref<5x9xf32>) -> ()
  return
}

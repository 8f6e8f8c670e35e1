// RUN: gradc-opt %s --bufferize-functions --cse --canonicalize | FileCheck %s

// What is computed for a place is computed there, through all that writes one
// after the other; nothing is allocated or copied.
// CHECK-LABEL: func.func @stored
// CHECK-SAME: %[[X:.*]]: memref<4xf32>, %[[STATE:.*]]: memref<64xi8>)
// CHECK-NOT: memref.alloc
// CHECK: %[[PLACE:.*]] = memref.view %[[STATE]]
// CHECK: linalg.fill {{.*}} outs(%[[PLACE]] : memref<4xf32>)
// CHECK: linalg.add {{.*}} outs(%[[PLACE]] : memref<4xf32>)
// CHECK-NOT: memref.copy
// CHECK: return
func.func @stored(%x: memref<4xf32>, %state: memref<64xi8>) {
  %zero = arith.constant 0.0 : f32
  %in = bufferization.to_tensor %x restrict : memref<4xf32> to tensor<4xf32>
  %empty = tensor.empty() : tensor<4xf32>
  %begin = linalg.fill ins(%zero : f32) outs(%empty : tensor<4xf32>) -> tensor<4xf32>
  %sum = linalg.add ins(%in, %in : tensor<4xf32>, tensor<4xf32>)
    outs(%begin : tensor<4xf32>) -> tensor<4xf32>
  %offset = arith.constant 16 : index
  %place = memref.view %state[%offset][] : memref<64xi8> to memref<4xf32>
  bufferization.materialize_in_destination %sum in restrict writable %place
    : (tensor<4xf32>, memref<4xf32>) -> ()
  return
}

// An old value that is still read is not overwritten: the next one gets memory of
// its own, and is copied at the end.
// CHECK-LABEL: func.func @read_later
// CHECK-SAME: %[[X:.*]]: memref<4xf32>, %[[Y:.*]]: memref<4xf32>)
// CHECK: %[[NEXT:.*]] = memref.alloc()
// CHECK: linalg.exp ins(%[[X]] : memref<4xf32>) outs(%[[NEXT]] : memref<4xf32>)
// CHECK: linalg.exp ins(%[[X]] : memref<4xf32>) outs(%[[Y]] : memref<4xf32>)
// CHECK: memref.copy %[[NEXT]], %[[X]]
func.func @read_later(%x: memref<4xf32>, %y: memref<4xf32>) {
  %old = bufferization.to_tensor %x restrict writable : memref<4xf32> to tensor<4xf32>
  %empty = tensor.empty() : tensor<4xf32>
  %next = linalg.exp ins(%old : tensor<4xf32>) outs(%empty : tensor<4xf32>) -> tensor<4xf32>
  %other = tensor.empty() : tensor<4xf32>
  %more = linalg.exp ins(%old : tensor<4xf32>) outs(%other : tensor<4xf32>) -> tensor<4xf32>
  bufferization.materialize_in_destination %more in restrict writable %y
    : (tensor<4xf32>, memref<4xf32>) -> ()
  %new = bufferization.materialize_in_destination %next in %old
    : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
  bufferization.materialize_in_destination %new in restrict writable %x
    : (tensor<4xf32>, memref<4xf32>) -> ()
  return
}

// Parts of a slice of a stack are computed in the stack.
// CHECK-LABEL: func.func @parts
// CHECK-SAME: %[[X:.*]]: memref<4xf32>, %[[STACK:.*]]: memref<5x8xf32>)
// CHECK-NOT: memref.alloc
// CHECK: scf.for %[[I:.*]] =
// CHECK: %[[SLICE:.*]] = memref.subview %[[STACK]][%[[I]], 0] [1, 8] [1, 1]
// CHECK: %[[LEFT:.*]] = memref.subview %[[SLICE]][0] [4] [1]
// CHECK: linalg.exp {{.*}} outs(%[[LEFT]] :
// CHECK: %[[RIGHT:.*]] = memref.subview %[[SLICE]][4] [4] [1]
// CHECK: linalg.log {{.*}} outs(%[[RIGHT]] :
// CHECK-NOT: memref.copy
// CHECK: return
func.func @parts(%x: memref<4xf32>, %memory: memref<5x8xf32>) {
  %zero = arith.constant 0 : index
  %one = arith.constant 1 : index
  %five = arith.constant 5 : index
  %in = bufferization.to_tensor %x restrict : memref<4xf32> to tensor<4xf32>
  %begin = bufferization.to_tensor %memory restrict writable
    : memref<5x8xf32> to tensor<5x8xf32>
  %stack = scf.for %i = %zero to %five step %one iter_args(%rows = %begin) -> tensor<5x8xf32> {
    %empty = tensor.empty() : tensor<4xf32>
    %left = linalg.exp ins(%in : tensor<4xf32>) outs(%empty : tensor<4xf32>) -> tensor<4xf32>
    %right = linalg.log ins(%in : tensor<4xf32>) outs(%empty : tensor<4xf32>) -> tensor<4xf32>
    %both = tensor.empty() : tensor<8xf32>
    %half = tensor.insert_slice %left into %both[0] [4] [1] : tensor<4xf32> into tensor<8xf32>
    %row = tensor.insert_slice %right into %half[4] [4] [1] : tensor<4xf32> into tensor<8xf32>
    %next = tensor.insert_slice %row into %rows[%i, 0] [1, 8] [1, 1]
      : tensor<8xf32> into tensor<5x8xf32>
    scf.yield %next : tensor<5x8xf32>
  }
  bufferization.materialize_in_destination %stack in restrict writable %memory
    : (tensor<5x8xf32>, memref<5x8xf32>) -> ()
  return
}

// What is stored in another shape than it is computed in is computed there, too.
// CHECK-LABEL: func.func @shaped
// CHECK-SAME: %[[X:.*]]: memref<2x3xf32>, %[[Y:.*]]: memref<6xf32>)
// CHECK-NOT: memref.alloc
// CHECK: %[[PLACE:.*]] = memref.expand_shape %[[Y]] {{\[}}[0, 1]] output_shape [2, 3]
// CHECK: linalg.exp ins(%[[X]] : memref<2x3xf32>) outs(%[[PLACE]] :
// CHECK-NOT: memref.copy
// CHECK: return
func.func @shaped(%x: memref<2x3xf32>, %y: memref<6xf32>) {
  %in = bufferization.to_tensor %x restrict : memref<2x3xf32> to tensor<2x3xf32>
  %empty = tensor.empty() : tensor<2x3xf32>
  %e = linalg.exp ins(%in : tensor<2x3xf32>) outs(%empty : tensor<2x3xf32>) -> tensor<2x3xf32>
  %list = tensor.collapse_shape %e [[0, 1]] : tensor<2x3xf32> into tensor<6xf32>
  bufferization.materialize_in_destination %list in restrict writable %y
    : (tensor<6xf32>, memref<6xf32>) -> ()
  return
}

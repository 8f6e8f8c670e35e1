// RUN: gradc-opt %s --convert-to-linalg | FileCheck %s

// Softmax subtracts the largest element of its row before the exponential, which
// is computed once.
// CHECK-LABEL: func.func @softmax
// CHECK-SAME: %[[X:.*]]: tensor<4x3xf32>
func.func @softmax(%x: tensor<4x3xf32>) -> tensor<4x3xf32> {
  // CHECK: %[[LOWEST:.*]] = arith.constant 0xFF800000 : f32
  // CHECK: %[[START:.*]] = linalg.fill ins(%[[LOWEST]] : f32)
  // CHECK: %[[MAX:.*]] = linalg.generic {{.*}} iterator_types = ["parallel", "reduction"]} ins(%[[X]] : {{.*}}) outs(%[[START]] : tensor<4xf32>)
  // CHECK: arith.maximumf
  // CHECK: %[[POWERS:.*]] = linalg.generic {{.*}} iterator_types = ["parallel", "parallel"]} ins(%[[X]], %[[MAX]] :
  // CHECK: %[[DISTANCE:.*]] = arith.subf
  // CHECK: math.exp %[[DISTANCE]]
  // CHECK: %[[SUM:.*]] = linalg.generic {{.*}} iterator_types = ["parallel", "reduction"]} ins(%[[POWERS]] :
  // CHECK: arith.addf
  // CHECK: linalg.generic {{.*}} iterator_types = ["parallel", "parallel"]} ins(%[[POWERS]], %[[SUM]] :
  // CHECK-NOT: math.exp
  // CHECK: arith.divf
  %0 = nn.softmax %x : tensor<4x3xf32>
  return %0 : tensor<4x3xf32>
}

// The last dimension is the one that is reduced, whatever stands before.
// CHECK-LABEL: func.func @rank_three
func.func @rank_three(%x: tensor<4x5x3xf32>) -> tensor<4x5x3xf32> {
  // CHECK: iterator_types = ["parallel", "parallel", "reduction"]} {{.*}} outs(%{{.*}} : tensor<4x5xf32>)
  %0 = nn.softmax %x : tensor<4x5x3xf32>
  return %0 : tensor<4x5x3xf32>
}

// y (g - sum(g y)).
// CHECK-LABEL: func.func @softmax_grad
// CHECK-SAME: %[[G:.*]]: tensor<4x3xf32>, %[[Y:.*]]: tensor<4x3xf32>
func.func @softmax_grad(%g: tensor<4x3xf32>, %y: tensor<4x3xf32>) -> tensor<4x3xf32> {
  // CHECK: %[[INNER:.*]] = linalg.generic {{.*}} "reduction"]} ins(%[[G]], %[[Y]] :
  // CHECK: linalg.generic {{.*}} ins(%[[G]], %[[Y]], %[[INNER]] :
  // CHECK-NEXT: ^bb0(%[[DY:.*]]: f32, %[[E:.*]]: f32, %[[I:.*]]: f32, %{{.*}}: f32):
  // CHECK: %[[DIFFERENCE:.*]] = arith.subf %[[DY]], %[[I]]
  // CHECK: arith.mulf %[[E]], %[[DIFFERENCE]]
  %0 = nn.softmax_grad %g, %y : tensor<4x3xf32>
  return %0 : tensor<4x3xf32>
}

// log sum e^(x - max) + (max - x of the label): no logarithm of 0.
// CHECK-LABEL: func.func @cross_entropy
// CHECK-SAME: %[[Z:.*]]: tensor<4x3xf32>, %[[Y:.*]]: tensor<4xi32>
func.func @cross_entropy(%z: tensor<4x3xf32>, %y: tensor<4xi32>) -> tensor<4xf32> {
  // CHECK: %[[MAX:.*]] = linalg.generic
  // CHECK: arith.maximumf
  // CHECK: %[[POWERS:.*]] = linalg.generic
  // CHECK: math.exp
  // CHECK: %[[SUM:.*]] = linalg.generic {{.*}} ins(%[[POWERS]] :
  // CHECK: %[[LABELLED:.*]] = linalg.generic {{.*}} ins(%[[Z]], %[[Y]] :
  // CHECK: %[[CLASS:.*]] = linalg.index 1
  // CHECK: arith.cmpi eq
  // CHECK: linalg.generic {{.*}} ins(%[[SUM]], %[[MAX]], %[[LABELLED]] :
  // CHECK-NEXT: ^bb0(%[[S:.*]]: f32, %[[M:.*]]: f32, %[[X:.*]]: f32, %{{.*}}: f32):
  // CHECK: %[[LOG:.*]] = math.log %[[S]]
  // CHECK: %[[GAP:.*]] = arith.subf %[[M]], %[[X]]
  // CHECK: arith.addf %[[LOG]], %[[GAP]]
  %0 = nn.cross_entropy %z, %y : (tensor<4x3xf32>, tensor<4xi32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// The gradient of each sample times (softmax - one-hot).
// CHECK-LABEL: func.func @cross_entropy_grad
// CHECK-SAME: %[[G:.*]]: tensor<4xf32>, %[[Z:.*]]: tensor<4x3xf32>, %[[Y:.*]]: tensor<4xi32>
func.func @cross_entropy_grad(%g: tensor<4xf32>, %z: tensor<4x3xf32>, %y: tensor<4xi32>)
    -> tensor<4x3xf32> {
  // CHECK: math.exp
  // CHECK: linalg.generic {{.*}} ins(%[[G]], %{{.*}}, %{{.*}}, %[[Y]] :
  // CHECK-NEXT: ^bb0(%[[DY:[^:]*]]: f32, %{{[^:]*}}: f32, %{{[^:]*}}: f32, %[[LABEL:[^:]*]]: i32,
  // CHECK: %[[SHARE:.*]] = arith.divf
  // CHECK: %[[IS_LABEL:.*]] = arith.cmpi eq, %{{.*}}, %[[LABEL]]
  // CHECK: %[[ONE_HOT:.*]] = arith.select %[[IS_LABEL]]
  // CHECK: %[[ERROR:.*]] = arith.subf %[[SHARE]], %[[ONE_HOT]]
  // CHECK: arith.mulf %[[DY]], %[[ERROR]]
  %0 = nn.cross_entropy_grad %g, %z, %y : tensor<4xf32>, tensor<4x3xf32>, tensor<4xi32>
  return %0 : tensor<4x3xf32>
}

// The first of equal largest outputs is compared with the class.
// CHECK-LABEL: func.func @accuracy
// CHECK-SAME: %[[P:.*]]: tensor<4x3xf32>, %[[Y:.*]]: tensor<4xi32>
func.func @accuracy(%p: tensor<4x3xf32>, %y: tensor<4xi32>) -> tensor<4xf32> {
  // CHECK: %[[FIRST:.*]] = linalg.generic {{.*}} outs(%{{.*}} : tensor<4xi32>)
  // CHECK: arith.cmpf oeq
  // CHECK: arith.minsi
  // CHECK: linalg.generic {{.*}} ins(%[[FIRST]], %[[Y]] :
  // CHECK: arith.cmpi eq
  %0 = nn.accuracy %p, %y threshold(0.5) : (tensor<4x3xf32>, tensor<4xi32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// A one-hot target has a largest element too.
// CHECK-LABEL: func.func @accuracy_one_hot
func.func @accuracy_one_hot(%p: tensor<4x3xf32>, %t: tensor<4x3xf32>) -> tensor<4xf32> {
  // CHECK-COUNT-2: arith.minsi
  %0 = nn.accuracy %p, %t threshold(0.5) : (tensor<4x3xf32>, tensor<4x3xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// One output is right on the side of the threshold that the target is of 1/2.
// CHECK-LABEL: func.func @accuracy_binary
func.func @accuracy_binary(%p: tensor<4x1xf32>, %t: tensor<4x1xf32>) -> tensor<4xf32> {
  // CHECK-NOT: arith.minsi
  // CHECK: ^bb0(%[[X:.*]]: f32, %[[T:.*]]: f32, %{{.*}}: f32):
  // CHECK: %[[ZERO:.*]] = arith.constant 0.000000e+00
  // CHECK: %[[A:.*]] = arith.cmpf ogt, %[[X]], %[[ZERO]]
  // CHECK: %[[HALF:.*]] = arith.constant 5.000000e-01
  // CHECK: %[[B:.*]] = arith.cmpf ogt, %[[T]], %[[HALF]]
  // CHECK: arith.cmpi eq, %[[A]], %[[B]]
  %0 = nn.accuracy %p, %t threshold(0.0) : (tensor<4x1xf32>, tensor<4x1xf32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

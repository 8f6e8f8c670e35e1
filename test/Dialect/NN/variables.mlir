// RUN: gradc-opt %s | gradc-opt | FileCheck %s
// RUN: gradc-opt %s --mlir-print-op-generic | gradc-opt | FileCheck %s

// A network is a function of a batch; its type says what it predicts, and its
// arguments can carry roles.
// CHECK: nn.network @mnist(%[[X:.*]]: tensor<4x3xf32> {step.role = "inputs"}, %{{.*}}: tensor<4xi32>)
// CHECK-SAME: -> tensor<4x3xf32> {
nn.network @mnist(%x: tensor<4x3xf32> {step.role = "inputs"}, %y: tensor<4xi32>)
    -> tensor<4x3xf32> {
  // CHECK: nn.output %[[X]] : tensor<4x3xf32>
  nn.output %x : tensor<4x3xf32>
}

// The inference form is marked by an attribute; a network can predict nothing.
// CHECK: nn.network @mnist_inference(%{{.*}}: tensor<4x3xf32>) attributes {nn.inference} {
nn.network @mnist_inference(%x: tensor<4x3xf32>) attributes {nn.inference} {
  // CHECK: nn.output{{$}}
  nn.output
}

// A parameter says how it begins; a weight is marked as one that decays.
// CHECK-LABEL: func.func @parameters
func.func @parameters() {
  // CHECK: nn.parameter "dense.weight" initializer(<he>) fans([784, 30]) decays : tensor<784x30xf32>
  %w = nn.parameter "dense.weight" initializer(<he>) fans([784, 30]) decays : tensor<784x30xf32>
  // CHECK: nn.parameter "dense.bias" initializer(<zeros>) fans([784, 30]) : tensor<30xf32>
  %b = nn.parameter "dense.bias" initializer(<zeros>) fans([784, 30]) : tensor<30xf32>
  return
}

// A buffer begins with one number; those of an optimizer are marked.
// CHECK-LABEL: func.func @buffers
// CHECK-SAME: %[[NEXT:.*]]: tensor<30xf32>
func.func @buffers(%next: tensor<30xf32>) {
  // CHECK: %[[MEAN:.*]] = nn.buffer "norm.running_mean" initial(0.000000e+00) : tensor<30xf32>
  %0 = nn.buffer "norm.running_mean" initial(0.0) : tensor<30xf32>
  // CHECK: nn.buffer "dense.bias.velocity" initial(0.000000e+00) optimizer : tensor<30xf32>
  %1 = nn.buffer "dense.bias.velocity" initial(0.0) optimizer : tensor<30xf32>
  // CHECK: nn.assign %[[MEAN]], %[[NEXT]] : tensor<30xf32>
  nn.assign %0, %next : tensor<30xf32>
  return
}

// A tap and the gradient with respect to what it sees bear a layer's name.
// CHECK-LABEL: func.func @taps
// CHECK-SAME: %[[X:.*]]: tensor<4x3xf32>
func.func @taps(%x: tensor<4x3xf32>) {
  // CHECK: %[[SEEN:.*]] = nn.tap "dense" %[[X]] : tensor<4x3xf32>
  %0 = nn.tap "dense" %x : tensor<4x3xf32>
  // CHECK: nn.tap_gradient "dense" %[[SEEN]] : tensor<4x3xf32>
  %1 = nn.tap_gradient "dense" %0 : tensor<4x3xf32>
  return
}

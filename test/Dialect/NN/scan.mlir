// RUN: gradc-opt %s | gradc-opt | FileCheck %s
// RUN: gradc-opt %s --canonicalize | FileCheck %s --check-prefix=CANON

// CHECK-LABEL: func.func @forms
func.func @forms(%h: tensor<4x5xf32>, %x: tensor<3x4x5xf32>, %w: tensor<5x5xf32>)
    -> (tensor<4x5xf32>, tensor<3x4x5xf32>) {
  // CHECK: nn.scan steps(3) reverse tap("layer") from(%{{.*}} : tensor<4x5xf32>) over(%{{.*}} : tensor<3x4x5xf32>) with(%{{.*}} : tensor<5x5xf32>) -> tensor<4x5xf32>, tensor<3x4x5xf32> {
  %0:2 = nn.scan steps(3) reverse tap("layer") from(%h : tensor<4x5xf32>)
      over(%x : tensor<3x4x5xf32>) with(%w : tensor<5x5xf32>)
      -> tensor<4x5xf32>, tensor<3x4x5xf32> {
  ^bb0(%state: tensor<4x5xf32>, %input: tensor<4x5xf32>, %weight: tensor<5x5xf32>):
    %1 = nn.matmul %state, %weight : (tensor<4x5xf32>, tensor<5x5xf32>) -> tensor<4x5xf32>
    %2 = nn.add %1, %input : tensor<4x5xf32>
    // CHECK: nn.scan_yield %{{.*}}, %{{.*}} : tensor<4x5xf32>, tensor<4x5xf32>
    nn.scan_yield %2, %2 : tensor<4x5xf32>, tensor<4x5xf32>
  }
  return %0#0, %0#1 : tensor<4x5xf32>, tensor<3x4x5xf32>
}

// An output that nobody reads is not kept, nor what only it needs: the second
// state, which serves itself alone, its sequence and its constant.
// CANON-LABEL: func.func @unused
// CANON-SAME: %[[H:[a-z0-9]*]]: tensor<4xf32>, %[[X:[a-z0-9]*]]: tensor<3x4xf32>
func.func @unused(%h: tensor<4xf32>, %x: tensor<3x4xf32>, %w: tensor<4xf32>)
    -> tensor<4xf32> {
  // CANON: nn.scan steps(3) from(%[[H]] : tensor<4xf32>) over(%[[X]] : tensor<3x4xf32>) -> tensor<4xf32> {
  %0:3 = nn.scan steps(3) from(%h, %h : tensor<4xf32>, tensor<4xf32>)
      over(%x, %x : tensor<3x4xf32>, tensor<3x4xf32>) with(%w : tensor<4xf32>)
      -> tensor<4xf32>, tensor<4xf32>, tensor<3x4xf32> {
  ^bb0(%a: tensor<4xf32>, %b: tensor<4xf32>, %u: tensor<4xf32>, %v: tensor<4xf32>,
       %c: tensor<4xf32>):
    %1 = nn.add %a, %u : tensor<4xf32>
    // CANON-NOT: nn.mul
    %2 = nn.mul %b, %v : tensor<4xf32>
    %3 = nn.mul %2, %c : tensor<4xf32>
    // CANON: nn.scan_yield %{{.*}} : tensor<4xf32>
    nn.scan_yield %1, %3, %2 : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>
  }
  return %0#0 : tensor<4xf32>
}

// A state that another result needs stays.
// CANON-LABEL: func.func @needed
func.func @needed(%h: tensor<4xf32>, %x: tensor<3x4xf32>) -> tensor<4xf32> {
  // CANON: nn.scan steps(3) from(%{{.*}}, %{{.*}} : tensor<4xf32>, tensor<4xf32>)
  %0:2 = nn.scan steps(3) from(%h, %h : tensor<4xf32>, tensor<4xf32>)
      over(%x : tensor<3x4xf32>) -> tensor<4xf32>, tensor<4xf32> {
  ^bb0(%a: tensor<4xf32>, %b: tensor<4xf32>, %u: tensor<4xf32>):
    %1 = nn.add %a, %b : tensor<4xf32>
    %2 = nn.add %b, %u : tensor<4xf32>
    nn.scan_yield %1, %2 : tensor<4xf32>, tensor<4xf32>
  }
  return %0#0 : tensor<4xf32>
}

// CHECK-LABEL: func.func @watched
func.func @watched(%g: tensor<3x4x5xf32>) {
  // CHECK: nn.state_gradients "layer" %{{.*}} : tensor<3x4x5xf32>
  nn.state_gradients "layer" %g : tensor<3x4x5xf32>
  return
}

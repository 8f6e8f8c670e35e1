// RUN: gradc-opt %s --split-input-file --verify-diagnostics

func.func @steps(%x: tensor<2x4xf32>) {
  // expected-error @below {{'nn.scan' op needs sequences of 3 steps, not 'tensor<2x4xf32>'}}
  %0 = nn.scan steps(3) over(%x : tensor<2x4xf32>) -> tensor<3x4xf32> {
  ^bb0(%u: tensor<4xf32>):
    nn.scan_yield %u : tensor<4xf32>
  }
  return
}

// -----

func.func @outputs(%x: tensor<3x4xf32>) {
  // expected-error @below {{'nn.scan' op needs outputs of 3 steps, not 'tensor<2x4xf32>'}}
  %0 = nn.scan steps(3) over(%x : tensor<3x4xf32>) -> tensor<2x4xf32> {
  ^bb0(%u: tensor<4xf32>):
    nn.scan_yield %u : tensor<4xf32>
  }
  return
}

// -----

func.func @finals(%h: tensor<4xf32>) {
  // expected-error @below {{'nn.scan' op must first give a final value of each state}}
  %0 = nn.scan steps(3) from(%h : tensor<4xf32>) -> tensor<5xf32> {
  ^bb0(%a: tensor<4xf32>):
    nn.scan_yield %a : tensor<4xf32>
  }
  return
}

// -----

func.func @taken(%h: tensor<4xf32>, %x: tensor<3x4xf32>) {
  // expected-error @below {{'nn.scan' op has a body that takes 1 values, not 2}}
  %0 = nn.scan steps(3) from(%h : tensor<4xf32>) over(%x : tensor<3x4xf32>) -> tensor<4xf32> {
  ^bb0(%a: tensor<4xf32>):
    nn.scan_yield %a : tensor<4xf32>
  }
  return
}

// -----

func.func @given(%h: tensor<4xf32>, %x: tensor<3x5xf32>) {
  // expected-error @below {{'nn.scan' op has a body that gives 'tensor<5xf32>' as value 0, not 'tensor<4xf32>'}}
  %0 = nn.scan steps(3) from(%h : tensor<4xf32>) over(%x : tensor<3x5xf32>) -> tensor<4xf32> {
  ^bb0(%a: tensor<4xf32>, %u: tensor<5xf32>):
    nn.scan_yield %u : tensor<5xf32>
  }
  return
}

// -----

func.func @tap(%x: tensor<3x4xf32>) {
  // expected-error @below {{'nn.scan' op has no state to watch}}
  %0 = nn.scan steps(3) tap("layer") over(%x : tensor<3x4xf32>) -> tensor<3x4xf32> {
  ^bb0(%u: tensor<4xf32>):
    nn.scan_yield %u : tensor<4xf32>
  }
  return
}

// -----

func.func @ending(%x: tensor<3x4xf32>) {
  // expected-error @below {{'nn.scan' op needs a body that ends with 'nn.scan_yield'}}
  %0 = "nn.scan"(%x) <{steps = 3 : i64, operandSegmentSizes = array<i32: 0, 1, 0>}> ({
  ^bb0(%u: tensor<4xf32>):
    llvm.unreachable
  }) : (tensor<3x4xf32>) -> tensor<3x4xf32>
  return
}

// -----

func.func @norms(%x: tensor<3x4xf32>) {
  // expected-error @below {{'nn.step_norms' op gives 'tensor<3xf64>'}}
  %0 = nn.step_norms %x : tensor<3x4xf32> -> tensor<4xf64>
  return
}

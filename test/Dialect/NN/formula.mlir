// RUN: gradc-opt %s | gradc-opt | FileCheck %s
// RUN: gradc-opt %s --convert-to-linalg --canonicalize | FileCheck %s --check-prefix=LINALG

// The value, and what its derivative computes: s(x) + x s'(x).
// CHECK-LABEL: func.func @swish
// LINALG-LABEL: func.func @swish
func.func @swish(%dy: tensor<4xf64>, %x: tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>) {
  // CHECK: nn.formula "x * sigmoid(x)" %{{.*}} : tensor<4xf64>
  // LINALG: linalg.generic
  // LINALG: %[[E:.*]] = math.exp
  // LINALG: %[[S:.*]] = arith.divf
  // LINALG: arith.mulf %{{.*}}, %[[S]]
  %0 = nn.formula "x * sigmoid(x)" %x : tensor<4xf64>
  // CHECK: nn.formula_grad "x * sigmoid(x)" %{{.*}}, %{{.*}} : tensor<4xf64>
  // LINALG: linalg.generic
  // LINALG: math.exp
  // LINALG: math.absf
  // LINALG: math.exp
  %1 = nn.formula_grad "x * sigmoid(x)" %dy, %x : tensor<4xf64>
  return %0, %1 : tensor<4xf64>, tensor<4xf64>
}

// Whole powers are products; what a number changes nothing of is left out.
// LINALG-LABEL: func.func @power
func.func @power(%dy: tensor<4xf64>, %x: tensor<4xf64>) -> tensor<4xf64> {
  // LINALG: %[[THREE:.*]] = arith.constant 3.000000e+00 : f64
  // LINALG-NOT: math
  // LINALG: %[[SQUARE:.*]] = arith.mulf %[[X:.*]], %[[X]]
  // LINALG: arith.mulf
  %1 = nn.formula_grad "pow(x, 3)" %dy, %x : tensor<4xf64>
  return %1 : tensor<4xf64>
}

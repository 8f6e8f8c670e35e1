// RUN: gradc-opt %s --place-state | FileCheck %s

// A copy of a variable has its place in the state, of which the host is not told:
// it is neither saved nor set.

// CHECK: module attributes {step.state_bytes = 128 : i64, step.variables = [{kind = "parameter", name = "w", offset = 0 : i64, type = tensor<2x3xf32>}]}

// CHECK-LABEL: func.func @read(
// CHECK-SAME: %[[STATE:[^:]*]]: memref<128xi8>
// CHECK: %[[PLACE:.*]] = arith.constant 64 : index
// CHECK: memref.view %[[STATE]][%[[PLACE]]][] : memref<128xi8> to memref<3x2xf32>
func.func @read(%copy: tensor<3x2xf32> {step.kind = "copy", step.name = "w.transposed", step.original = "w", step.role = "variable"})
    -> (tensor<3x2xf32> {step.name = "seen", step.role = "output"}) {
  return %copy : tensor<3x2xf32>
}

func.func @initialize(%w: tensor<2x3xf32> {step.role = "inputs"}, %copy: tensor<3x2xf32> {step.role = "targets"})
    -> (tensor<2x3xf32> {step.kind = "parameter", step.name = "w", step.role = "variable"},
        tensor<3x2xf32> {step.kind = "copy", step.name = "w.transposed", step.original = "w", step.role = "variable"}) {
  return %w, %copy : tensor<2x3xf32>, tensor<3x2xf32>
}

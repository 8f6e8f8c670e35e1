// RUN: gradc-opt %s --place-state | FileCheck %s

// A variable as files have it lies in a block like the state, at the place of the
// variable, which the host passes where other functions have their outputs.

// CHECK: step.variables = [{{{.*}} name = "b", offset = 0 : i64, type = tensor<20xf32>}, {{{.*}} name = "w", offset = 128 : i64, type = tensor<2x3xf32>}]

// CHECK-LABEL: func.func @pack_state(
// CHECK-SAME: %[[STATE:[^:]*]]: memref<192xi8>
// CHECK-SAME: %[[BLOCK:[^: ]*]]: memref<{{[0-9]+}}xi8>) attributes {
// CHECK-SAME: step.reports = []
func.func @pack_state(%w: tensor<3x2xf32> {step.kind = "parameter", step.name = "w", step.role = "natural"})
    -> (tensor<2x3xf32> {step.kind = "parameter", step.name = "w", step.role = "variable"}) {
  // CHECK: %[[PLACE:.*]] = arith.constant 128 : index
  // CHECK: %[[FROM:.*]] = memref.view %[[BLOCK]][%[[PLACE]]][] {{.*}} to memref<3x2xf32>
  // CHECK: %[[W:.*]] = bufferization.to_tensor %[[FROM]]
  // CHECK: %[[OTHER:.*]] = linalg.transpose ins(%[[W]] :
  %0 = tensor.empty() : tensor<2x3xf32>
  %other = linalg.transpose ins(%w : tensor<3x2xf32>) outs(%0 : tensor<2x3xf32>) permutation = [1, 0]
  // CHECK: %[[AT:.*]] = arith.constant 128 : index
  // CHECK: %[[TO:.*]] = memref.view %[[STATE]][%[[AT]]][] : memref<192xi8> to memref<2x3xf32>
  // CHECK: materialize_in_destination %[[OTHER]] in restrict writable %[[TO]]
  return %other : tensor<2x3xf32>
}

// The other way the same place is written, and described for the host.
// CHECK-LABEL: func.func @unpack_state(
// CHECK-SAME: %[[BLOCK:[^: ]*]]: memref<{{[0-9]+}}xi8>) attributes {
// CHECK-SAME: step.output_bytes = 192 : i64
// CHECK-SAME: step.outputs = [{{{.*}} name = "w", offset = 128 : i64, type = tensor<3x2xf32>}]
func.func @unpack_state(%w: tensor<2x3xf32> {step.kind = "parameter", step.name = "w", step.role = "variable"})
    -> (tensor<3x2xf32> {step.kind = "parameter", step.name = "w", step.role = "natural"}) {
  %0 = tensor.empty() : tensor<3x2xf32>
  // CHECK: %[[W:.*]] = linalg.transpose
  // CHECK: %[[AT:.*]] = arith.constant 128 : index
  // CHECK: %[[TO:.*]] = memref.view %[[BLOCK]][%[[AT]]][] {{.*}} to memref<3x2xf32>
  // CHECK: materialize_in_destination %[[W]] in restrict writable %[[TO]]
  %natural = linalg.transpose ins(%w : tensor<2x3xf32>) outs(%0 : tensor<3x2xf32>) permutation = [1, 0]
  return %natural : tensor<3x2xf32>
}

func.func @initialize(%b: tensor<20xf32> {step.role = "inputs"}, %w: tensor<2x3xf32> {step.role = "targets"})
    -> (tensor<20xf32> {step.kind = "parameter", step.name = "b", step.role = "variable"},
        tensor<2x3xf32> {step.kind = "parameter", step.name = "w", step.role = "variable"}) {
  return %b, %w : tensor<20xf32>, tensor<2x3xf32>
}

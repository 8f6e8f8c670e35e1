// RUN: gradc-opt %s --place-state | FileCheck %s

// Outputs lie in their order, each in a place of its own, even where two have one
// name.
// CHECK-LABEL: func.func @same_name(
// CHECK-SAME: %[[X:[^:]*]]: memref<4x4xf32>
// CHECK-SAME: %[[OUTPUTS:[^:]*]]: memref<128xi8>) attributes {
// CHECK-SAME: {kind = "", name = "a", offset = 0 : i64, type = tensor<4x4xf32>}, {kind = "", name = "a", offset = 64 : i64
func.func @same_name(%x: tensor<4x4xf32> {step.role = "inputs"})
    -> (tensor<4x4xf32> {step.name = "a", step.role = "output"},
        tensor<4x4xf32> {step.name = "a", step.role = "output"}) {
  // CHECK: %[[BATCH:.*]] = bufferization.to_tensor %[[X]]
  // CHECK: %[[SIZE:.*]] = math.absf %[[BATCH]]
  %size = math.absf %x : tensor<4x4xf32>
  // CHECK: %[[ZERO:.*]] = arith.constant 0 : index
  // CHECK: %[[FIRST:.*]] = memref.view %[[OUTPUTS]][%[[ZERO]]]
  // CHECK: materialize_in_destination %[[BATCH]] in restrict writable %[[FIRST]]
  // CHECK: %[[NEXT:.*]] = arith.constant 64 : index
  // CHECK: %[[SECOND:.*]] = memref.view %[[OUTPUTS]][%[[NEXT]]]
  // CHECK: materialize_in_destination %[[SIZE]] in restrict writable %[[SECOND]]
  return %x, %size : tensor<4x4xf32>, tensor<4x4xf32>
}

// Several numbers for the host stand side by side among the reports.
// CHECK-LABEL: func.func @lists_of_reports(
// CHECK-SAME: %[[REPORTS:[^:]*]]: memref<4xf64>
// CHECK-SAME: step.reports = ["loss", "norms/0", "norms/1", "norms/2"]
func.func @lists_of_reports(%x: tensor<3xf64> {step.role = "inputs"}, %rate: f64 {step.role = "rate"})
    -> (f64 {step.name = "loss", step.role = "report"},
        tensor<3xf64> {step.name = "norms", step.role = "report"}) {
  // CHECK: memref.store
  // CHECK: %[[PLACE:.*]] = memref.subview %[[REPORTS]][1] [3] [1]
  // CHECK: materialize_in_destination %{{.*}} in restrict writable %[[PLACE]]
  return %rate, %x : f64, tensor<3xf64>
}

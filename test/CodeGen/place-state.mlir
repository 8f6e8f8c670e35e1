// RUN: gradc-opt %s --place-state | FileCheck %s

// The state is what @initialize returns, in that order; each tensor begins at a
// multiple of 64 bytes. The module tells the host where.
// CHECK: module attributes {step.state_bytes = 192 : i64, step.variables = [
// CHECK-SAME: {kind = "parameter", name = "w", offset = 0 : i64, type = tensor<3x2xf32>},
// CHECK-SAME: {kind = "state", name = "v", offset = 64 : i64, type = tensor<20xf32>}]}

// CHECK-LABEL: func.func @initialize(
// CHECK-SAME: %[[STATE:[^:]*]]: memref<192xi8>
// CHECK-SAME: %[[SEED:[^:,]*]]: i64, %{{[^:]*}}: memref<0xf64>, %{{[^:]*}}: memref<0xi8>)
func.func @initialize(%seed: i64 {step.role = "seed"})
    -> (tensor<3x2xf32> {step.kind = "parameter", step.name = "w", step.role = "variable"},
        tensor<20xf32> {step.kind = "state", step.name = "v", step.role = "variable"}) {
  // CHECK: %[[REAL:.*]] = arith.sitofp %[[SEED]] : i64 to f32
  // CHECK: %[[W:.*]] = tensor.splat %[[REAL]] : tensor<3x2xf32>
  // CHECK: %[[V:.*]] = tensor.splat %[[REAL]] : tensor<20xf32>
  %x = arith.sitofp %seed : i64 to f32
  %w = tensor.splat %x : tensor<3x2xf32>
  %v = tensor.splat %x : tensor<20xf32>
  // CHECK: %[[AT_W:.*]] = arith.constant 0 : index
  // CHECK: %[[W_PLACE:.*]] = memref.view %[[STATE]][%[[AT_W]]][] : memref<192xi8> to memref<3x2xf32>
  // CHECK: %[[AT_V:.*]] = arith.constant 64 : index
  // CHECK: %[[V_PLACE:.*]] = memref.view %[[STATE]][%[[AT_V]]][] : memref<192xi8> to memref<20xf32>
  // CHECK: materialize_in_destination %[[W]] in restrict writable %[[W_PLACE]]
  // CHECK: materialize_in_destination %[[V]] in restrict writable %[[V_PLACE]]
  // CHECK: return{{$}}
  return %w, %v : tensor<3x2xf32>, tensor<20xf32>
}

// Every function takes state, arena, inputs, targets, number, rate, seed, reports
// and outputs, and gives nothing.
// CHECK-LABEL: func.func @train_step(
// CHECK-SAME: %[[STATE:[^:]*]]: memref<192xi8>, %{{[^:]*}}: memref<0xi8>,
// CHECK-SAME: %[[X:[^:]*]]: memref<4x3xf32>, %{{[^:]*}}: memref<4xi32>,
// CHECK-SAME: %[[NUMBER:[^:]*]]: i64, %[[RATE:[^:]*]]: f64, %{{[^:]*}}: i64,
// CHECK-SAME: %[[REPORTS:[^:]*]]: memref<2xf64>, %[[OUTPUTS:[^:]*]]: memref<128xi8>) attributes {
// CHECK-SAME: step.output_bytes = 128 : i64
// CHECK-SAME: step.outputs = [{kind = "", name = "a", offset = 0 : i64, type = tensor<4x3xf32>}, {kind = "", name = "b", offset = 64 : i64, type = tensor<4x3xf32>}]
// CHECK-SAME: step.reports = ["loss", "norm"]}
func.func @train_step(%x: tensor<4x3xf32> {step.role = "inputs"},
                      %y: tensor<4xi32> {step.role = "targets"},
                      %w: tensor<3x2xf32> {step.name = "w", step.role = "variable"},
                      %v: tensor<20xf32> {step.name = "v", step.role = "variable"},
                      %number: i64 {step.role = "step"}, %rate: f64 {step.role = "rate"},
                      %seed: i64 {step.role = "seed"})
    -> (f64 {step.name = "loss", step.role = "report"},
        tensor<4x3xf32> {step.name = "a", step.role = "output"},
        f64 {step.name = "norm", step.role = "report"},
        tensor<4x3xf32> {step.name = "b", step.role = "output"},
        tensor<3x2xf32> {step.name = "w", step.role = "variable"},
        tensor<20xf32> {step.name = "v", step.role = "variable"}) {
  // A report is stored as soon as it is known.
  // CHECK: %[[ONE:.*]] = arith.constant 1 : index
  // CHECK: memref.store %[[RATE]], %[[REPORTS]][%[[ONE]]]
  // CHECK: %[[BATCH:.*]] = bufferization.to_tensor %[[X]] restrict writable
  // CHECK: %[[W_PLACE:.*]] = memref.view %[[STATE]]
  // CHECK: %[[W:.*]] = bufferization.to_tensor %[[W_PLACE]]
  // CHECK: %[[REAL:.*]] = arith.sitofp %[[NUMBER]]
  // CHECK: memref.store %[[REAL]], %[[REPORTS]][%{{.*}}]
  %real = arith.sitofp %number : i64 to f64
  // CHECK: %[[NEXT:.*]] = math.absf %[[W]]
  %next = math.absf %w : tensor<3x2xf32>
  // CHECK: %[[A_PLACE:.*]] = memref.view %[[OUTPUTS]]
  // CHECK: materialize_in_destination %[[BATCH]] in restrict writable %[[A_PLACE]]
  // CHECK: %[[AT:.*]] = arith.constant 64 : index
  // CHECK: %[[B_PLACE:.*]] = memref.view %[[OUTPUTS]][%[[AT]]]
  // CHECK: materialize_in_destination %[[BATCH]] in restrict writable %[[B_PLACE]]
  // The next value passes through the old one's tensor; the variable that nothing
  // changed is not written.
  // CHECK: %[[DONE:.*]] = bufferization.materialize_in_destination %[[NEXT]] in %[[W]]
  // CHECK: materialize_in_destination %[[DONE]] in restrict writable %[[W_PLACE]]
  // CHECK-NOT: materialize_in_destination
  // CHECK: return{{$}}
  return %real, %x, %rate, %x, %next, %v
    : f64, tensor<4x3xf32>, f64, tensor<4x3xf32>, tensor<3x2xf32>, tensor<20xf32>
}

// The count of samples takes the place of the step's number.
// CHECK-LABEL: func.func @evaluate(
// CHECK-SAME: %[[COUNT:[^:,]*]]: i64, %{{[^:]*}}: f64, %{{[^:]*}}: i64, %[[REPORTS:[^:]*]]: memref<1xf64>
func.func @evaluate(%x: tensor<4x3xf32> {step.role = "inputs"}, %count: i64 {step.role = "count"})
    -> (f64 {step.name = "loss", step.role = "report"}) {
  // CHECK: arith.sitofp %[[COUNT]]
  %real = arith.sitofp %count : i64 to f64
  return %real : f64
}

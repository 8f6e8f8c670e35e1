// RUN: gradc-opt %s --place-state --split-input-file --verify-diagnostics

// expected-error @below {{'func.func' op argument 1 has no role}}
func.func @f(%number: i64 {step.role = "step"}, %x: tensor<4x3xf32>) {
  return
}

// -----

// expected-error @below {{'func.func' op argument 0 names no variable of '@initialize'}}
func.func @f(%w: tensor<4x3xf32> {step.name = "w", step.role = "variable"}) {
  return
}

// -----

// expected-error @below {{'func.func' op result 1 has no role}}
func.func @f(%rate: f64 {step.role = "rate"})
    -> (f64 {step.name = "loss", step.role = "report"}, f64) {
  return %rate, %rate : f64, f64
}

// -----

// expected-error @below {{'func.func' op result 0 has no role}}
func.func @f(%x: tensor<4x3xf32> {step.role = "inputs"}) -> tensor<4x3xf32> {
  return %x : tensor<4x3xf32>
}

// -----

// expected-error @below {{'func.func' op result 0 is no list of reports}}
func.func @f(%x: tensor<4x3xf64> {step.role = "inputs"})
    -> (tensor<4x3xf64> {step.name = "norms", step.role = "report"}) {
  return %x : tensor<4x3xf64>
}

// RUN: gradc-opt %s --call-math-library | FileCheck %s

// The functions of libm have no side effect.
// CHECK-DAG: func.func private @exp(f64) -> f64 attributes {llvm.readnone}
// CHECK-DAG: func.func private @expm1(f64) -> f64 attributes {llvm.readnone}
// CHECK-DAG: func.func private @log(f64) -> f64 attributes {llvm.readnone}
// CHECK-DAG: func.func private @log1p(f64) -> f64 attributes {llvm.readnone}
// CHECK-DAG: func.func private @tanh(f64) -> f64 attributes {llvm.readnone}
// CHECK-DAG: func.func private @erf(f64) -> f64 attributes {llvm.readnone}
// CHECK-DAG: func.func private @erfc(f64) -> f64 attributes {llvm.readnone}
// CHECK-DAG: func.func private @cos(f64) -> f64 attributes {llvm.readnone}
// CHECK-DAG: func.func private @expf(f32) -> f32 attributes {llvm.readnone}

// CHECK-LABEL: func.func @scalars
func.func @scalars(%x: f64) -> f64 {
  // CHECK: call @exp(
  %0 = math.exp %x : f64
  // CHECK: call @expm1(
  %1 = math.expm1 %0 : f64
  // CHECK: call @log(
  %2 = math.log %1 : f64
  // CHECK: call @log1p(
  %3 = math.log1p %2 : f64
  // CHECK: call @tanh(
  %4 = math.tanh %3 : f64
  // CHECK: call @erf(
  %5 = math.erf %4 : f64
  // CHECK: call @erfc(
  %6 = math.erfc %5 : f64
  // CHECK: call @cos(
  %7 = math.cos %6 : f64
  return %7 : f64
}

// f32 has functions of its own.
// CHECK-LABEL: func.func @narrow
func.func @narrow(%x: f32) -> f32 {
  // CHECK: call @expf(%{{.*}}) : (f32) -> f32
  %0 = math.exp %x : f32
  return %0 : f32
}

// A vector is taken apart: one call for each lane.
// CHECK-LABEL: func.func @vector
func.func @vector(%x: vector<2xf64>) -> vector<2xf64> {
  // CHECK-COUNT-2: call @exp(
  // CHECK-NOT: {{call|math[.]}}
  // CHECK: return
  %0 = math.exp %x : vector<2xf64>
  return %0 : vector<2xf64>
}

// Instructions stay.
// CHECK-LABEL: func.func @instructions
func.func @instructions(%x: f64) -> f64 {
  // CHECK: math.sqrt
  // CHECK: math.absf
  // CHECK: math.fma
  %0 = math.sqrt %x : f64
  %1 = math.absf %0 : f64
  %2 = math.fma %1, %1, %0 : f64
  return %2 : f64
}

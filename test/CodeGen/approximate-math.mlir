// RUN: gradc-opt %s --approximate-math | FileCheck %s

// Functions of f32 become polynomials: of all math only fused multiply-adds, and
// what is an instruction, are left.
// CHECK-LABEL: func.func @exponential
func.func @exponential(%x: vector<16xf32>) -> vector<16xf32> {
  // CHECK-NOT: math.exp
  // CHECK: math.fma {{.*}} : vector<16xf32>
  // CHECK-NOT: math.exp
  // CHECK: return
  %0 = math.exp %x : vector<16xf32>
  return %0 : vector<16xf32>
}

// CHECK-LABEL: func.func @others
// CHECK-NOT: {{math[.](exp|expm1|log|log1p|tanh|erf|erfc|cos) }}
// CHECK: return
func.func @others(%x: vector<16xf32>) -> (vector<16xf32>, vector<16xf32>) {
  %0 = math.expm1 %x : vector<16xf32>
  %1 = math.log %0 : vector<16xf32>
  %2 = math.log1p %1 : vector<16xf32>
  %3 = math.tanh %2 : vector<16xf32>
  %4 = math.erfc %3 : vector<16xf32>
  %5 = math.cos %4 : vector<16xf32>
  %6 = math.erf %5 : vector<16xf32>
  return %5, %6 : vector<16xf32>, vector<16xf32>
}

// An instruction stays.
// CHECK-LABEL: func.func @instructions
func.func @instructions(%x: vector<16xf32>) -> vector<16xf32> {
  // CHECK: math.sqrt
  // CHECK: math.absf
  %0 = math.sqrt %x : vector<16xf32>
  %1 = math.absf %0 : vector<16xf32>
  return %1 : vector<16xf32>
}

// Functions of f64 are for checks: they wait for libm.
// CHECK-LABEL: func.func @wide
func.func @wide(%x: vector<16xf64>) -> vector<16xf64> {
  // CHECK: math.exp %{{.*}} : vector<16xf64>
  // CHECK: math.tanh %{{.*}} : vector<16xf64>
  %0 = math.exp %x : vector<16xf64>
  %1 = math.tanh %0 : vector<16xf64>
  return %1 : vector<16xf64>
}

// RUN: gradc-opt %s --approximate-math | FileCheck %s

// A function of f32 is computed in f64 and rounded once: a polynomial in fused
// multiply-adds, and 2^n made of bits.
// CHECK-LABEL: func.func @exponential
// CHECK-SAME: %[[X:.*]]: vector<16xf32>
func.func @exponential(%x: vector<16xf32>) -> vector<16xf32> {
  // CHECK-NEXT: %[[WIDE:.*]] = arith.extf %[[X]] : vector<16xf32> to vector<16xf64>
  // CHECK-NOT: math.
  // CHECK-COUNT-11: vector.fma {{.*}} : vector<16xf64>
  // CHECK-NOT: math.
  // CHECK: arith.shli
  // CHECK-NOT: math.
  // CHECK: arith.truncf %{{.*}} : vector<16xf64> to vector<16xf32>
  // CHECK-NEXT: return
  %0 = math.exp %x : vector<16xf32>
  return %0 : vector<16xf32>
}

// Of all others no call is left, and few divisions.
// CHECK-LABEL: func.func @others
// CHECK-NOT: {{math[.](exp|expm1|log|log1p|tanh|erf|erfc) }}
// CHECK-COUNT-3: arith.divf
// CHECK-NOT: arith.divf
// CHECK: return
func.func @others(%x: vector<16xf32>) -> vector<16xf32> {
  %0 = math.expm1 %x : vector<16xf32>
  %1 = math.log %0 : vector<16xf32>
  %2 = math.log1p %1 : vector<16xf32>
  %3 = math.erf %2 : vector<16xf32>
  %4 = math.tanh %3 : vector<16xf32>
  %5 = math.erfc %4 : vector<16xf32>
  %6 = math.erfc %5 : vector<16xf32>
  return %6 : vector<16xf32>
}

// The same for a single number.
// CHECK-LABEL: func.func @scalar
func.func @scalar(%x: f32) -> f32 {
  // CHECK-NOT: math.log
  // CHECK: math.fma {{.*}} : f64
  // CHECK-NOT: math.log
  // CHECK: return
  %0 = math.log %x : f32
  return %0 : f32
}

// A function of f64 whose result serves an f32 needs no more digits.
// CHECK-LABEL: func.func @for_single
func.func @for_single(%x: vector<16xf64>) -> vector<16xf64> {
  // CHECK-NOT: math.exp
  // CHECK: vector.fma
  // CHECK-NOT: math.exp
  // CHECK: return
  %0 = math.exp %x {step.for_single} : vector<16xf64>
  return %0 : vector<16xf64>
}

// Instructions stay, and so does what no net computes in f32.
// CHECK-LABEL: func.func @instructions
func.func @instructions(%x: vector<16xf32>) -> vector<16xf32> {
  // CHECK: math.sqrt
  // CHECK: math.absf
  // CHECK: math.cos
  %0 = math.sqrt %x : vector<16xf32>
  %1 = math.absf %0 : vector<16xf32>
  %2 = math.cos %1 : vector<16xf32>
  return %2 : vector<16xf32>
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

// RUN: gradc-opt %s --convert-to-linalg | FileCheck %s

// The key of Philox 4x32-10 is the seed and the hash of the name, FNV-1a; its
// counter is the element's index in row-major order. Ten rounds of two products.
// CHECK-LABEL: func.func @uniform
// CHECK-SAME: %[[SEED:.*]]: i64
func.func @uniform(%seed: i64) -> tensor<4x3xf32> {
  // CHECK: %[[LOW:.*]] = arith.trunci %[[SEED]] : i64 to i32
  // CHECK: %[[HIGH:.*]] = arith.trunci %{{.*}} : i64 to i32
  // CHECK: %[[HASH:.*]] = arith.constant -234078410 : i32
  // CHECK: arith.xori %[[HASH]], %[[HIGH]]
  // CHECK: linalg.generic {{.*}} iterator_types = ["parallel", "parallel"]} outs(%{{.*}} : tensor<4x3xf32>)
  // CHECK: %[[I:.*]] = linalg.index 0
  // CHECK: %[[ROW:.*]] = arith.index_cast %[[I]] : index to i64
  // CHECK: %[[J:.*]] = linalg.index 1
  // CHECK: %[[COLUMN:.*]] = arith.index_cast %[[J]] : index to i64
  // CHECK: %[[COLUMNS:.*]] = arith.constant 3 : i64
  // CHECK: %[[START:.*]] = arith.muli %[[ROW]], %[[COLUMNS]]
  // CHECK: arith.addi %[[START]], %[[COLUMN]]
  // CHECK-COUNT-20: arith.mului_extended
  // CHECK-NOT: arith.mului_extended

  // 2^26 a + b with 27 and 26 bits, over 2^53: a number of [0, 1). Then -1 + 2 u.
  // CHECK: arith.constant 5 : i32
  // CHECK: arith.uitofp
  // CHECK: arith.constant 6 : i32
  // CHECK: arith.uitofp
  // CHECK: %[[SCALE:.*]] = arith.constant 1.1102230246251565E-16 : f64
  // CHECK: %[[U:.*]] = arith.mulf %{{.*}}, %[[SCALE]]
  // CHECK: %[[WIDTH:.*]] = arith.constant 2.000000e+00 : f64
  // CHECK: %[[PRODUCT:.*]] = arith.mulf %[[WIDTH]], %[[U]]
  // CHECK: %[[LOWER:.*]] = arith.constant -1.000000e+00 : f64
  // CHECK: %[[VALUE:.*]] = arith.addf %[[LOWER]], %[[PRODUCT]]
  // CHECK: %[[ROUNDED:.*]] = arith.truncf %[[VALUE]] : f64 to f32
  // CHECK: linalg.yield %[[ROUNDED]]
  %0 = nn.random "w" seed %seed uniform(-1.0, 1.0) : tensor<4x3xf32>
  return %0 : tensor<4x3xf32>
}

// Box and Muller in f64, of 1 - u so that the logarithm is finite; in f64 nothing
// is rounded.
// CHECK-LABEL: func.func @normal
func.func @normal(%seed: i64) -> tensor<3xf64> {
  // CHECK: %[[ONE:.*]] = arith.constant 1.000000e+00 : f64
  // CHECK: %[[REST:.*]] = arith.subf %[[ONE]]
  // CHECK: %[[LOG:.*]] = math.log %[[REST]] : f64
  // CHECK: %[[MINUS_TWO:.*]] = arith.constant -2.000000e+00 : f64
  // CHECK: %[[DOUBLE:.*]] = arith.mulf %[[MINUS_TWO]], %[[LOG]]
  // CHECK: %[[RADIUS:.*]] = math.sqrt %[[DOUBLE]] : f64
  // CHECK: %[[COS:.*]] = math.cos
  // CHECK: %[[DRAWN:.*]] = arith.mulf %[[RADIUS]], %[[COS]]
  // CHECK: %[[DEVIATION:.*]] = arith.constant 1.000000e-01 : f64
  // CHECK: %[[SPREAD:.*]] = arith.mulf %[[DEVIATION]], %[[DRAWN]]
  // CHECK: %[[MEAN:.*]] = arith.constant 2.000000e+00 : f64
  // CHECK: arith.addf %[[MEAN]], %[[SPREAD]]
  // CHECK-NOT: arith.truncf
  %0 = nn.random "w" seed %seed normal(2.0, 0.1) : tensor<3xf64>
  return %0 : tensor<3xf64>
}

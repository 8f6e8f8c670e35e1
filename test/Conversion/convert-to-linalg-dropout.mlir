// RUN: gradc-opt %s --convert-to-linalg | FileCheck %s

// One word of Philox 4x32-10 for each element, whatever the shape: its counter is
// the element's index and the step. Below 0.25 2^32 it gives 0, else 1 / (1 - 0.25).
// CHECK-LABEL: func.func @mask
// CHECK-SAME: %[[SEED:.*]]: i64, %[[STEP:.*]]: i64
func.func @mask(%seed: i64, %step: i64) -> tensor<5x3xf32> {
  // CHECK: %[[LOW:.*]] = arith.trunci %[[SEED]] : i64 to i32
  // CHECK: %[[HASH:.*]] = arith.constant -234078410 : i32
  // CHECK: %[[STEP_LOW:.*]] = arith.trunci %[[STEP]] : i64 to i32
  // CHECK: %[[FLAT:.*]] = linalg.generic {{.*}} iterator_types = ["parallel"]} outs(%{{.*}} : tensor<15xf32>)
  // CHECK: %[[I:.*]] = linalg.index 0
  // CHECK: arith.index_cast %[[I]] : index to i32
  // CHECK-COUNT-20: arith.mului_extended
  // CHECK-NOT: arith.mului_extended
  // CHECK: %[[BOUND:.*]] = arith.constant 1073741824 : i32
  // CHECK: %[[DROPPED:.*]] = arith.cmpi ult, %{{.*}}, %[[BOUND]] : i32
  // CHECK: %[[ZERO:.*]] = arith.constant 0.000000e+00 : f32
  // CHECK: %[[KEPT:.*]] = arith.constant 1.33333337 : f32
  // CHECK: arith.select %[[DROPPED]], %[[ZERO]], %[[KEPT]]
  // CHECK: tensor.expand_shape %[[FLAT]] {{\[}}[0, 1]] output_shape [5, 3]
  %0 = nn.dropout_mask "w" seed %seed step %step rate(0.25) : tensor<5x3xf32>
  return %0 : tensor<5x3xf32>
}

// A random tensor with a step has it in the upper words of the counter.
// CHECK-LABEL: func.func @with_step
// CHECK-SAME: %[[SEED:.*]]: i64, %[[STEP:.*]]: i64
func.func @with_step(%seed: i64, %step: i64) -> tensor<3xf64> {
  // CHECK: arith.trunci %[[STEP]] : i64 to i32
  // CHECK: linalg.generic
  // CHECK-COUNT-20: arith.mului_extended
  %0 = nn.random "w" seed %seed step %step uniform(0.0, 1.0) : tensor<3xf64>
  return %0 : tensor<3xf64>
}

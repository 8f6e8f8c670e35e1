// RUN: gradc-opt %s --pass-pipeline='builtin.module(any(expand-layers))' | FileCheck %s

// Gates in the order i, f, g, o; the bias of f begins at 1.
// CHECK-LABEL: func.func @lstm
func.func @lstm(%x: tensor<8x7x3xf32>) -> tensor<8x5xf32> {
  // CHECK: nn.parameter "memory.weight_input" {{.*}} decays : tensor<3x20xf32>
  // CHECK: nn.parameter "memory.bias" initializer(<constants, 0.000000e+00, 1.000000e+00, 0.000000e+00, 0.000000e+00>) fans([3, 5]) : tensor<20xf32>
  // CHECK: nn.parameter "memory.weight_hidden" {{.*}} decays : tensor<5x20xf32>
  // CHECK: nn.scan steps(7) tap("memory") from({{.*}} : tensor<8x5xf32>, tensor<8x5xf32>)
  // CHECK: ^bb0(%[[H:.*]]: tensor<8x5xf32>, %[[C:.*]]: tensor<8x5xf32>, %[[X:.*]]: tensor<8x20xf32>, %[[R:.*]]: tensor<5x20xf32>):
  // CHECK: %[[HR:.*]] = nn.matmul %[[H]], %[[R]]
  // CHECK: %[[Z:.*]] = nn.add %[[HR]], %[[X]]
  // CHECK: %[[GATES:.*]]:4 = nn.split %[[Z]]
  // CHECK: %[[I:.*]] = nn.sigmoid %[[GATES]]#0
  // CHECK: %[[F:.*]] = nn.sigmoid %[[GATES]]#1
  // CHECK: %[[G:.*]] = nn.tanh %[[GATES]]#2
  // CHECK: %[[O:.*]] = nn.sigmoid %[[GATES]]#3
  // CHECK-DAG: %[[FC:.*]] = nn.mul %[[F]], %[[C]]
  // CHECK-DAG: %[[IG:.*]] = nn.mul %[[I]], %[[G]]
  // CHECK: %[[CELL:.*]] = nn.add %[[FC]], %[[IG]]
  // CHECK: %[[T:.*]] = nn.tanh %[[CELL]]
  // CHECK: %[[NEXT:.*]] = nn.mul %[[O]], %[[T]]
  // CHECK: nn.scan_yield %[[NEXT]], %[[CELL]]
  %0 = nn.lstm "memory" %x units(5) return(last) weight(<he>) hidden(<he>)
      bias(<constants, 0.0, 1.0, 0.0, 0.0>) : (tensor<8x7x3xf32>) -> tensor<8x5xf32>
  return %0 : tensor<8x5xf32>
}

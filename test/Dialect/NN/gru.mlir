// RUN: gradc-opt %s --pass-pipeline='builtin.module(any(expand-layers))' | FileCheck %s

// Gates in the order r, z, n; the reset comes after the product and its bias.
// CHECK-LABEL: func.func @gru
func.func @gru(%x: tensor<8x7x3xf32>) -> tensor<8x5xf32> {
  // CHECK: nn.parameter "memory.weight_input" {{.*}} decays : tensor<3x15xf32>
  // CHECK: nn.parameter "memory.bias" {{.*}} : tensor<15xf32>
  // CHECK: nn.parameter "memory.weight_hidden" {{.*}} decays : tensor<5x15xf32>
  // CHECK: nn.parameter "memory.bias_hidden" {{.*}} fans([5, 5]) : tensor<5xf32>
  // CHECK: ^bb0(%[[H:.*]]: tensor<8x5xf32>, %[[X:.*]]: tensor<8x15xf32>, %[[R:.*]]: tensor<5x15xf32>, %[[D:.*]]: tensor<5xf32>):
  // CHECK: %[[HR:.*]] = nn.matmul %[[H]], %[[R]]
  // CHECK: %[[INPUTS:.*]]:3 = nn.split %[[X]]
  // CHECK: %[[STATES:.*]]:3 = nn.split %[[HR]]
  // CHECK: %[[HN:.*]] = nn.add_bias %[[STATES]]#2, %[[D]]
  // CHECK: %[[ZR:.*]] = nn.add %[[INPUTS]]#0, %[[STATES]]#0
  // CHECK: %[[RESET:.*]] = nn.sigmoid %[[ZR]]
  // CHECK: %[[ZU:.*]] = nn.add %[[INPUTS]]#1, %[[STATES]]#1
  // CHECK: %[[UPDATE:.*]] = nn.sigmoid %[[ZU]]
  // CHECK: %[[KEPT:.*]] = nn.mul %[[RESET]], %[[HN]]
  // CHECK: %[[ZN:.*]] = nn.add %[[INPUTS]]#2, %[[KEPT]]
  // CHECK: %[[N:.*]] = nn.tanh %[[ZN]]
  // CHECK: %[[CHANGE:.*]] = nn.sub %[[H]], %[[N]]
  // CHECK: %[[SHARE:.*]] = nn.mul %[[UPDATE]], %[[CHANGE]]
  // CHECK: nn.add %[[N]], %[[SHARE]]
  %0 = nn.gru "memory" %x units(5) return(last) weight(<he>) hidden(<he>)
      bias(<zeros>) : (tensor<8x7x3xf32>) -> tensor<8x5xf32>
  return %0 : tensor<8x5xf32>
}

// Without biases there is none inside either.
// CHECK-LABEL: func.func @no_bias
func.func @no_bias(%x: tensor<8x7x3xf32>) -> tensor<8x7x5xf32> {
  // CHECK-NOT: bias
  // CHECK: return
  %0 = nn.gru "memory" %x units(5) return(all) weight(<he>) hidden(<he>)
      : (tensor<8x7x3xf32>) -> tensor<8x7x5xf32>
  return %0 : tensor<8x7x5xf32>
}

// RUN: gradc-opt %s --pass-pipeline='builtin.module(any(expand-layers))' | FileCheck %s

// The inputs of all steps are one product before the loop; in it is only what
// needs the state.
// CHECK-LABEL: func.func @rnn
// CHECK-SAME: %[[X:.*]]: tensor<8x7x3xf32>
func.func @rnn(%x: tensor<8x7x3xf32>) -> tensor<8x5xf32> {
  // CHECK: %[[SEQUENCE:.*]] = nn.exchange %[[X]] : tensor<8x7x3xf32> -> tensor<7x8x3xf32>
  // CHECK: %[[ROWS:.*]] = nn.reshape %[[SEQUENCE]]
  // CHECK: %[[W:.*]] = nn.parameter "memory.weight_input" initializer(<he>) fans([3, 5]) decays : tensor<3x5xf32>
  // CHECK: %[[PRODUCT:.*]] = nn.matmul %[[ROWS]], %[[W]]
  // CHECK: %[[B:.*]] = nn.parameter "memory.bias" initializer(<zeros>) fans([3, 5]) : tensor<5xf32>
  // CHECK: %[[SUM:.*]] = nn.add_bias %[[PRODUCT]], %[[B]]
  // CHECK: %[[INPUTS:.*]] = nn.reshape %[[SUM]] : (tensor<56x5xf32>) -> tensor<7x8x5xf32>
  // CHECK: %[[R:.*]] = nn.parameter "memory.weight_hidden" initializer(<xavier_uniform>) fans([5, 5]) decays : tensor<5x5xf32>
  // CHECK: %[[LAST:.*]] = nn.scan steps(7) tap("memory") from({{.*}}) over(%[[INPUTS]] : {{.*}}) with(%[[R]] : tensor<5x5xf32>) -> tensor<8x5xf32> {
  // CHECK: ^bb0(%[[H:.*]]: tensor<8x5xf32>, %[[Z:.*]]: tensor<8x5xf32>, %[[WEIGHT:.*]]: tensor<5x5xf32>):
  // CHECK: %[[HR:.*]] = nn.matmul %[[H]], %[[WEIGHT]]
  // CHECK: %[[ALL:.*]] = nn.add %[[HR]], %[[Z]]
  // CHECK: %[[NEXT:.*]] = nn.tanh %[[ALL]]
  // CHECK: nn.scan_yield %[[NEXT]]
  // CHECK: nn.tap "memory" %[[LAST]]
  %0 = nn.rnn "memory" %x units(5) return(last) activation(tanh) weight(<he>)
      hidden(<xavier_uniform>) bias(<zeros>) : (tensor<8x7x3xf32>) -> tensor<8x5xf32>
  return %0 : tensor<8x5xf32>
}

// All states are one more output, with the samples first again.
// CHECK-LABEL: func.func @all_states
func.func @all_states(%x: tensor<8x7x3xf32>) -> tensor<8x7x5xf32> {
  // CHECK-NOT: nn.add_bias
  // CHECK: %[[SCAN:.*]]:2 = nn.scan {{.*}} -> tensor<8x5xf32>, tensor<7x8x5xf32>
  // CHECK: %[[NEXT:.*]] = nn.relu
  // CHECK: nn.scan_yield %[[NEXT]], %[[NEXT]]
  // CHECK: nn.exchange %[[SCAN]]#1 : tensor<7x8x5xf32> -> tensor<8x7x5xf32>
  %0 = nn.rnn "memory" %x units(5) return(all) activation(relu) weight(<he>)
      hidden(<he>) : (tensor<8x7x3xf32>) -> tensor<8x7x5xf32>
  return %0 : tensor<8x7x5xf32>
}

// RUN: gradc-opt %s | gradc-opt | FileCheck %s
// RUN: gradc-opt %s --mlir-print-op-generic | gradc-opt | FileCheck %s

// A dense layer names its units and how its variables begin; a bias may be left
// out.
// CHECK-LABEL: func.func @dense
// CHECK-SAME: %[[X:.*]]: tensor<10x784xf32>
func.func @dense(%x: tensor<10x784xf32>) {
  // CHECK: nn.dense "hidden" %[[X]] units(30) weight(<he>) bias(<zeros>)
  // CHECK-SAME: : (tensor<10x784xf32>) -> tensor<10x30xf32>
  %0 = nn.dense "hidden" %x units(30) weight(#nn.initializer<he>)
         bias(#nn.initializer<zeros>) : (tensor<10x784xf32>) -> tensor<10x30xf32>
  // CHECK: nn.dense "plain" %[[X]] units(1) weight(<lecun>)
  // CHECK-SAME: : (tensor<10x784xf32>) -> tensor<10x1xf32>
  %1 = nn.dense "plain" %x units(1) weight(<lecun>)
         : (tensor<10x784xf32>) -> tensor<10x1xf32>
  return
}

// CHECK-LABEL: func.func @every_initializer
func.func @every_initializer(%x: tensor<2x3xf32>) {
  // CHECK: weight(<zeros>) bias(<constant, 1.000000e-01>)
  %0 = nn.dense "a" %x units(1) weight(<zeros>) bias(<constant, 0.1>)
         : (tensor<2x3xf32>) -> tensor<2x1xf32>
  // CHECK: weight(<normal, 0.000000e+00, 1.000000e-02>) bias(<uniform, -1.000000e+00, 1.000000e+00>)
  %1 = nn.dense "b" %x units(1) weight(<normal, 0.0, 0.01>)
         bias(<uniform, -1.0, 1.0>) : (tensor<2x3xf32>) -> tensor<2x1xf32>
  // CHECK: weight(<lecun>) bias(<lecun_uniform>)
  %2 = nn.dense "c" %x units(1) weight(<lecun>) bias(<lecun_uniform>)
         : (tensor<2x3xf32>) -> tensor<2x1xf32>
  // CHECK: weight(<xavier>) bias(<xavier_uniform>)
  %3 = nn.dense "d" %x units(1) weight(<xavier>) bias(<xavier_uniform>)
         : (tensor<2x3xf32>) -> tensor<2x1xf32>
  // CHECK: weight(<he>) bias(<he_uniform>)
  %4 = nn.dense "e" %x units(1) weight(<he>) bias(<he_uniform>)
         : (tensor<2x3xf32>) -> tensor<2x1xf32>
  return
}

// Layers that give the samples another shape state both.
// CHECK-LABEL: func.func @shapes
// CHECK-SAME: %[[X:.*]]: tensor<2x1x28x28xf32>
func.func @shapes(%x: tensor<2x1x28x28xf32>) {
  // CHECK: nn.flatten "flat" %[[X]] : (tensor<2x1x28x28xf32>) -> tensor<2x784xf32>
  %0 = nn.flatten "flat" %x : (tensor<2x1x28x28xf32>) -> tensor<2x784xf32>
  // CHECK: nn.reshape_layer "rows" %[[X]] : (tensor<2x1x28x28xf32>) -> tensor<2x14x56xf32>
  %1 = nn.reshape_layer "rows" %x : (tensor<2x1x28x28xf32>) -> tensor<2x14x56xf32>
  // CHECK: nn.identity "same" %[[X]] : tensor<2x1x28x28xf32>
  %2 = nn.identity "same" %x : tensor<2x1x28x28xf32>
  return
}

// RUN: gradc-opt %s | gradc-opt | FileCheck %s
// RUN: gradc-opt %s --mlir-print-op-generic | gradc-opt | FileCheck %s

#window = #nn.window<kernel [3, 2] stride [2, 1] padding [1, 1, 0, 1] dilation [1, 1]>

// A convolution as written, in groups and without a bias or with one.
// CHECK-LABEL: func.func @conv
// CHECK-SAME: %[[X:.*]]: tensor<5x4x7x6xf32>
func.func @conv(%x: tensor<5x4x7x6xf32>) {
  // CHECK: nn.conv "a" %[[X]] channels(6) window(<kernel[3, 2] stride[2, 1] padding[1, 1, 0, 1] dilation[1, 1]>)
  // CHECK-SAME: weight(<he>) bias(<zeros>)
  // CHECK-SAME: : (tensor<5x4x7x6xf32>) -> tensor<5x6x4x6xf32>
  %0 = nn.conv "a" %x channels(6) window(#window) weight(<he>) bias(<zeros>)
      : (tensor<5x4x7x6xf32>) -> tensor<5x6x4x6xf32>
  // CHECK: nn.conv "b" %[[X]] channels(6) window({{.*}}) groups(2) weight(<lecun>)
  // CHECK-SAME: : (tensor<5x4x7x6xf32>) -> tensor<5x6x4x6xf32>
  %1 = nn.conv "b" %x channels(6) window(#window) groups(2) weight(<lecun>)
      : (tensor<5x4x7x6xf32>) -> tensor<5x6x4x6xf32>
  return
}

// CHECK-LABEL: func.func @convolution
// CHECK-SAME: %[[X:.*]]: tensor<5x4x7x6xf32>, %[[W:.*]]: tensor<6x2x3x2xf32>, %[[DY:.*]]: tensor<5x6x4x6xf32>
func.func @convolution(%x: tensor<5x4x7x6xf32>, %w: tensor<6x2x3x2xf32>,
                       %dy: tensor<5x6x4x6xf32>) {
  // CHECK: nn.convolution %[[X]], %[[W]] window({{.*}}) groups(2)
  %0 = nn.convolution %x, %w window(#window) groups(2)
      : (tensor<5x4x7x6xf32>, tensor<6x2x3x2xf32>) -> tensor<5x6x4x6xf32>
  // CHECK: nn.convolution_input_gradient %[[DY]], %[[W]] window({{.*}}) groups(2)
  %1 = nn.convolution_input_gradient %dy, %w window(#window) groups(2)
      : (tensor<5x6x4x6xf32>, tensor<6x2x3x2xf32>) -> tensor<5x4x7x6xf32>
  // CHECK: nn.convolution_filter_gradient %[[X]], %[[DY]] window({{.*}}) groups(2)
  %2 = nn.convolution_filter_gradient %x, %dy window(#window) groups(2)
      : (tensor<5x4x7x6xf32>, tensor<5x6x4x6xf32>) -> tensor<6x2x3x2xf32>
  return
}

// CHECK-LABEL: func.func @pooling
// CHECK-SAME: %[[X:.*]]: tensor<5x4x7x6xf32>, %[[DY:.*]]: tensor<5x4x4x6xf32>
func.func @pooling(%x: tensor<5x4x7x6xf32>, %dy: tensor<5x4x4x6xf32>) {
  // CHECK: nn.maxpool %[[X]] window({{.*}}) : (tensor<5x4x7x6xf32>) -> tensor<5x4x4x6xf32>
  %0 = nn.maxpool %x window(#window) : (tensor<5x4x7x6xf32>) -> tensor<5x4x4x6xf32>
  // CHECK: nn.maxpool_grad %[[DY]], %[[X]] window({{.*}}) : tensor<5x4x4x6xf32>, tensor<5x4x7x6xf32>
  %1 = nn.maxpool_grad %dy, %x window(#window) : tensor<5x4x4x6xf32>, tensor<5x4x7x6xf32>
  // CHECK: nn.avgpool %[[X]] window({{.*}}) : (tensor<5x4x7x6xf32>) -> tensor<5x4x4x6xf32>
  %2 = nn.avgpool %x window(#window) : (tensor<5x4x7x6xf32>) -> tensor<5x4x4x6xf32>
  // CHECK: nn.avgpool_grad %[[DY]] window({{.*}}) count_padding : (tensor<5x4x4x6xf32>) -> tensor<5x4x7x6xf32>
  %3 = nn.avgpool_grad %dy window(#window) count_padding
      : (tensor<5x4x4x6xf32>) -> tensor<5x4x7x6xf32>
  // CHECK: nn.global_average %[[X]] : (tensor<5x4x7x6xf32>) -> tensor<5x4xf32>
  %4 = nn.global_average %x : (tensor<5x4x7x6xf32>) -> tensor<5x4xf32>
  return
}

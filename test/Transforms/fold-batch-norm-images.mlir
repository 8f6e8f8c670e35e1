// RUN: gradc-opt %s --pass-pipeline='builtin.module(any(fold-batch-norm))' | FileCheck %s

#window = #nn.window<kernel [3, 3] stride [1, 1] padding [1, 1, 1, 1] dilation [1, 1]>

// All filters that a channel is made with take in its factor, in groups too.
// CHECK-LABEL: nn.network @convolution
// CHECK-SAME: %[[X:.*]]: tensor<8x4x7x7xf32>
nn.network @convolution(%x: tensor<8x4x7x7xf32>) -> tensor<8x6x7x7xf32> attributes {nn.inference} {
  // CHECK: %[[W:.*]] = nn.parameter "w"
  %w = nn.parameter "w" initializer(<he>) fans([18, 54]) decays : tensor<6x2x3x3xf32>
  // CHECK: %[[F:.*]] = nn.parameter "f"
  %f = nn.parameter "f" initializer(<he>) fans([1, 1]) : tensor<6xf32>
  // CHECK-NEXT: %[[SCALED:.*]] = nn.scale_units %[[W]], %[[F]] axis(0) : tensor<6x2x3x3xf32>, tensor<6xf32>
  // CHECK-NEXT: %[[SUMS:.*]] = nn.convolution %[[X]], %[[SCALED]] window({{.*}}) groups(2)
  // CHECK-NEXT: nn.output %[[SUMS]]
  %0 = nn.convolution %x, %w window(#window) groups(2)
      : (tensor<8x4x7x7xf32>, tensor<6x2x3x3xf32>) -> tensor<8x6x7x7xf32>
  %1 = nn.scale_units %0, %f : tensor<8x6x7x7xf32>, tensor<6xf32>
  nn.output %1 : tensor<8x6x7x7xf32>
}

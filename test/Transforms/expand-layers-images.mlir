// RUN: gradc-opt %s --pass-pipeline='builtin.module(any(expand-layers))' | FileCheck %s

#window = #nn.window<kernel [3, 2] stride [1, 1] padding [1, 1, 0, 1] dilation [1, 1]>

// A convolution with a filter for each channel that it gives. Its fans are what
// a pixel is made of, and what a pixel goes into.
// CHECK-LABEL: func.func @conv
// CHECK-SAME: %[[X:.*]]: tensor<5x4x7x6xf32>
func.func @conv(%x: tensor<5x4x7x6xf32>) -> tensor<5x6x7x6xf32> {
  // CHECK-NEXT: %[[W:.*]] = nn.parameter "a.weight" initializer(<he>) fans([24, 36]) decays options(<l2 = 1.000000e-01 : f64>) : tensor<6x4x3x2xf32>
  // CHECK-NEXT: %[[SUMS:.*]] = nn.convolution %[[X]], %[[W]] window({{.*}}) :
  // CHECK-NEXT: %[[B:.*]] = nn.parameter "a.bias" initializer(<zeros>) fans([24, 36]) options(<l2 = 1.000000e-01 : f64>) : tensor<6xf32>
  // CHECK-NEXT: %[[Y:.*]] = nn.add_bias %[[SUMS]], %[[B]]
  // CHECK-NEXT: nn.tap "a" %[[Y]]
  %0 = nn.conv "a" %x channels(6) window(#window) weight(<he>) bias(<zeros>)
      options(<l2 = 0.1>) : (tensor<5x4x7x6xf32>) -> tensor<5x6x7x6xf32>
  return %0 : tensor<5x6x7x6xf32>
}

// In two groups half as many channels go into a pixel.
// CHECK-LABEL: func.func @groups
func.func @groups(%x: tensor<5x4x7x6xf64>) -> tensor<5x6x7x6xf64> {
  // CHECK-NEXT: nn.parameter "a.weight" initializer(<he>) fans([12, 36]) decays : tensor<6x2x3x2xf64>
  // CHECK-NEXT: %[[SUMS:.*]] = nn.convolution {{.*}} groups(2)
  // CHECK-NEXT: nn.tap "a" %[[SUMS]]
  %0 = nn.conv "a" %x channels(6) window(#window) groups(2) weight(<he>)
      : (tensor<5x4x7x6xf64>) -> tensor<5x6x7x6xf64>
  return %0 : tensor<5x6x7x6xf64>
}

// The mean of an image is that of a vector with its pixels.
// CHECK-LABEL: func.func @global_average
// CHECK-SAME: %[[X:.*]]: tensor<5x4x2x5xf32>
func.func @global_average(%x: tensor<5x4x2x5xf32>) -> tensor<5x4xf32> {
  // CHECK-NEXT: %[[ROWS:.*]] = nn.reshape %[[X]] : (tensor<5x4x2x5xf32>) -> tensor<20x10xf32>
  // CHECK-NEXT: %[[MEANS:.*]] = nn.sum_units %[[ROWS]] scale(1.000000e-01) : (tensor<20x10xf32>) -> tensor<20xf32>
  // CHECK-NEXT: nn.reshape %[[MEANS]] : (tensor<20xf32>) -> tensor<5x4xf32>
  %0 = nn.global_average %x : (tensor<5x4x2x5xf32>) -> tensor<5x4xf32>
  return %0 : tensor<5x4xf32>
}

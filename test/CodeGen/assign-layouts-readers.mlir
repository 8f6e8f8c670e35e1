// RUN: gradc-opt %s --assign-layouts | FileCheck %s

// Who else reads a weight that is in panels.

#matrix = affine_map<(d0, d1) -> (d0, d1)>
#transposed = affine_map<(d0, d1) -> (d1, d0)>
#column = affine_map<(d0, d1) -> (d1)>

// CHECK-DAG: #[[OTHER:.*]] = affine_map<(d0, d1, d2) -> (d1, d0, d2)>
// CHECK-DAG: #[[PANELS:.*]] = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
// CHECK-DAG: #[[TRANSPOSED:.*]] = affine_map<(d0, d1) -> (d1, d0)>

// The products of both directions: the weight is the right factor of the one and
// the left factor of the other.
// CHECK-LABEL: func.func @both_directions(
// CHECK-SAME: %[[X:[^:]*]]: tensor<48x32xf32> {{{.*}}}, %[[W:[^:]*]]: tensor<2x48x16xf32>
func.func @both_directions(%x: tensor<48x32xf32> {step.role = "inputs"},
                           %w: tensor<48x32xf32> {step.name = "w", step.role = "variable"})
    -> (tensor<32x32xf32> {step.name = "y", step.role = "output"},
        tensor<48x8xf32> {step.name = "d", step.role = "output"}) {
  %0 = tensor.empty() : tensor<32x32xf32>
  // CHECK-NOT: linalg.generic
  // CHECK: kernel.product transposed %[[X]], %[[W]] {{.*}} : tensor<48x32xf32>, tensor<2x48x16xf32> -> tensor<32x32xf32>
  %y = kernel.product transposed %x, %w into (%0 : tensor<32x32xf32>)
      : tensor<48x32xf32>, tensor<48x32xf32> -> tensor<32x32xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  %dt = tensor.extract_slice %y [0, 0] [32, 8] [1, 1] : tensor<32x32xf32> to tensor<32x8xf32>
  %1 = tensor.empty() : tensor<48x8xf32>
  // CHECK: kernel.product %[[W]], %{{.*}} : tensor<2x48x16xf32>, tensor<32x8xf32> -> tensor<48x8xf32>
  // CHECK-NOT: linalg.generic
  // CHECK: return
  %d = kernel.product %w, %dt into (%1 : tensor<48x8xf32>)
      : tensor<48x32xf32>, tensor<32x8xf32> -> tensor<48x8xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  return %y, %d : tensor<32x32xf32>, tensor<48x8xf32>
}

// A formula on whole matrices runs over panels where nothing is copied for it: over
// the weight and a number, here. One that also reads a matrix of the batch, or a
// number for each column, gets a copy of the weight as it was, and so does one that
// transposes it.
// CHECK-LABEL: func.func @formulas(
// CHECK-SAME: %[[X:[^:]*]]: tensor<5x32xf32> {{{.*}}}, %[[V:[^:]*]]: tensor<32xf32> {{{.*}}}, %[[W:[^:]*]]: tensor<2x5x16xf32>
func.func @formulas(%x: tensor<5x32xf32> {step.role = "inputs"},
                    %v: tensor<32xf32> {step.name = "v", step.role = "variable"},
                    %w: tensor<5x32xf32> {step.name = "w", step.role = "variable"})
    -> (tensor<5x32xf32> {step.name = "u", step.role = "variable"},
        tensor<5x32xf32> {step.name = "b", step.role = "output"},
        tensor<32x5xf32> {step.name = "t", step.role = "output"}) {
  // CHECK: %[[COPY:.*]] = linalg.generic {indexing_maps = [#[[OTHER]], #[[PANELS]]], {{.*}} ins(%[[W]] :
  // CHECK: %[[NATURAL:.*]] = tensor.collapse_shape %[[COPY]]
  %empty = tensor.empty() : tensor<5x32xf32>
  %0 = tensor.empty() : tensor<32x32xf32>
  %y = kernel.product transposed %x, %w into (%0 : tensor<32x32xf32>)
      : tensor<5x32xf32>, tensor<5x32xf32> -> tensor<32x32xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  // CHECK: %[[HALF:.*]] = linalg.generic {indexing_maps = [#[[PANELS]], #[[PANELS]]], {{.*}} ins(%[[W]] : {{.*}} outs(%{{.*}} : tensor<2x5x16xf32>)
  // CHECK: linalg.generic {indexing_maps = [#[[OTHER]], #[[PANELS]]], {{.*}} ins(%[[HALF]] :
  %half = linalg.generic {indexing_maps = [#matrix, #matrix], iterator_types = ["parallel", "parallel"]}
    ins(%w : tensor<5x32xf32>) outs(%empty : tensor<5x32xf32>) {
    ^bb0(%in: f32, %out: f32):
      %two = arith.constant 2.0 : f32
      %e = arith.divf %in, %two : f32
      linalg.yield %e : f32
  } -> tensor<5x32xf32>
  // CHECK: linalg.generic {{.*}} ins(%[[NATURAL]], %[[X]], %[[V]] :
  %b = linalg.generic {indexing_maps = [#matrix, #matrix, #column, #matrix],
                       iterator_types = ["parallel", "parallel"]}
    ins(%w, %x, %v : tensor<5x32xf32>, tensor<5x32xf32>, tensor<32xf32>)
    outs(%empty : tensor<5x32xf32>) {
    ^bb0(%in: f32, %factor: f32, %shift: f32, %out: f32):
      %scaled = arith.mulf %in, %factor : f32
      %e = arith.addf %scaled, %shift : f32
      linalg.yield %e : f32
  } -> tensor<5x32xf32>
  // CHECK: linalg.generic {indexing_maps = [#[[TRANSPOSED]], {{.*}} ins(%[[NATURAL]] :
  %1 = tensor.empty() : tensor<32x5xf32>
  %t = linalg.generic {indexing_maps = [#transposed, #matrix], iterator_types = ["parallel", "parallel"]}
    ins(%w : tensor<5x32xf32>) outs(%1 : tensor<32x5xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
  } -> tensor<32x5xf32>
  return %half, %b, %t : tensor<5x32xf32>, tensor<5x32xf32>, tensor<32x5xf32>
}

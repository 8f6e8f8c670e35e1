// RUN: gradc-opt %s --assign-layouts | FileCheck %s

#matrix = affine_map<(d0, d1) -> (d0, d1)>
#single = affine_map<(d0, d1) -> ()>

// CHECK-DAG: #[[OTHER:.*]] = affine_map<(d0, d1, d2) -> (d1, d0, d2)>
// CHECK-DAG: #[[PANELS:.*]] = affine_map<(d0, d1, d2) -> (d0, d1, d2)>
// CHECK-DAG: #[[ALL:.*]] = affine_map<(d0, d1, d2) -> ()>

// Variables that are in panels come from files as they are there, and are copied:
// columns by sixteens.
// CHECK-LABEL: func.func @pack_state(
// CHECK-SAME: %[[W:[^:]*]]: tensor<5x32xf32> {step.kind = "parameter", step.name = "w", step.role = "natural"}
// CHECK-SAME: %[[V:[^:]*]]: tensor<5x32xf32> {step.kind = "state", step.name = "v", step.role = "natural"})
// CHECK-SAME: -> (tensor<2x5x16xf32> {step.kind = "parameter", step.name = "w", step.role = "variable"}, tensor<2x5x16xf32> {step.kind = "state", step.name = "v", step.role = "variable"})
// CHECK: %[[SPLIT_V:.*]] = tensor.expand_shape %[[V]] {{\[}}[0], [1, 2]] output_shape [5, 2, 16]
// CHECK: %[[PACKED_V:.*]] = linalg.generic {indexing_maps = [#[[OTHER]], #[[PANELS]]], {{.*}} ins(%[[SPLIT_V]] : {{.*}} outs(%{{.*}} : tensor<2x5x16xf32>)
// CHECK: %[[SPLIT_W:.*]] = tensor.expand_shape %[[W]]
// CHECK: %[[PACKED_W:.*]] = linalg.generic {{.*}} ins(%[[SPLIT_W]] :
// CHECK: return %[[PACKED_W]], %[[PACKED_V]]

// And back.
// CHECK-LABEL: func.func @unpack_state(
// CHECK-SAME: %[[W:[^:]*]]: tensor<2x5x16xf32> {{{.*}} step.name = "w", step.role = "variable"}, %{{.*}}: tensor<2x5x16xf32> {{{.*}} step.name = "v", step.role = "variable"})
// CHECK-SAME: -> (tensor<5x32xf32> {step.kind = "parameter", step.name = "w", step.role = "natural"}, tensor<5x32xf32> {step.kind = "state", step.name = "v", step.role = "natural"})
// CHECK: %[[SPLIT_W:.*]] = linalg.generic {indexing_maps = [#[[OTHER]], #[[PANELS]]], {{.*}} ins(%[[W]] : {{.*}} outs(%{{.*}} : tensor<5x2x16xf32>)
// CHECK: tensor.collapse_shape %[[SPLIT_W]] {{\[}}[0], [1, 2]] : tensor<5x2x16xf32> into tensor<5x32xf32>

// What is drawn by the index is copied into panels; what is zero is zero there.
// CHECK-LABEL: func.func @initialize(
// CHECK-SAME: -> (tensor<2x5x16xf32> {{{.*}} step.name = "w", {{.*}}}, tensor<2x5x16xf32> {{{.*}} step.name = "v",
func.func @initialize(%seed: i64 {step.role = "seed"})
    -> (tensor<5x32xf32> {step.kind = "parameter", step.name = "w", step.role = "variable"},
        tensor<5x32xf32> {step.kind = "state", step.name = "v", step.role = "variable"}) {
  %zero = arith.constant 0.0 : f32
  %empty = tensor.empty() : tensor<5x32xf32>
  // CHECK: %[[DRAWN:.*]] = linalg.generic
  // CHECK: %[[SPLIT:.*]] = tensor.expand_shape %[[DRAWN]]
  // CHECK: %[[W:.*]] = linalg.generic {indexing_maps = [#[[OTHER]], #[[PANELS]]], {{.*}} ins(%[[SPLIT]] :
  %w = linalg.generic {indexing_maps = [#matrix], iterator_types = ["parallel", "parallel"]}
    outs(%empty : tensor<5x32xf32>) {
    ^bb0(%out: f32):
      %j = linalg.index 1 : index
      %n = arith.index_cast %j : index to i64
      %sum = arith.addi %n, %seed : i64
      %e = arith.sitofp %sum : i64 to f32
      linalg.yield %e : f32
  } -> tensor<5x32xf32>
  // CHECK: %[[V:.*]] = linalg.fill {{.*}} -> tensor<2x5x16xf32>
  %v = linalg.fill ins(%zero : f32) outs(%empty : tensor<5x32xf32>) -> tensor<5x32xf32>
  // CHECK: return %[[W]], %[[V]]
  return %w, %v : tensor<5x32xf32>, tensor<5x32xf32>
}

// A step copies nothing: the product reads the panels, the gradient is computed
// into panels, its norm and the update run over them. The slot, no factor itself,
// follows its weight.
// CHECK-LABEL: func.func @train_step(
// CHECK-SAME: %[[X:[^:]*]]: tensor<7x5xf32> {{{.*}}}, %[[W:[^:]*]]: tensor<2x5x16xf32> {{{.*}}}, %[[V:[^:]*]]: tensor<2x5x16xf32>
func.func @train_step(%x: tensor<7x5xf32> {step.role = "inputs"},
                      %w: tensor<5x32xf32> {step.name = "w", step.role = "variable"},
                      %v: tensor<5x32xf32> {step.name = "v", step.role = "variable"})
    -> (f64 {step.name = "norm", step.role = "report"},
        tensor<5x32xf32> {step.name = "w", step.role = "variable"},
        tensor<5x32xf32> {step.name = "v", step.role = "variable"}) {
  %0 = tensor.empty() : tensor<7x32xf32>
  // CHECK-NOT: tensor.expand_shape
  // CHECK: %[[Y:.*]] = kernel.product %[[X]], %[[W]] {{.*}} : tensor<7x5xf32>, tensor<2x5x16xf32> -> tensor<7x32xf32>
  %y = kernel.product %x, %w into (%0 : tensor<7x32xf32>)
      : tensor<7x5xf32>, tensor<5x32xf32> -> tensor<7x32xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  // CHECK: %[[G:.*]] = kernel.product transposed %[[X]], %[[Y]] {{.*}} -> tensor<2x5x16xf32>
  %1 = tensor.empty() : tensor<5x32xf32>
  %g = kernel.product transposed %x, %y into (%1 : tensor<5x32xf32>)
      : tensor<7x5xf32>, tensor<7x32xf32> -> tensor<5x32xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  %none = arith.constant dense<0.0> : tensor<f64>
  // CHECK: linalg.generic {indexing_maps = [#[[PANELS]], #[[ALL]]], iterator_types = ["reduction", "reduction", "reduction"]} ins(%[[G]] :
  %norm = linalg.generic {indexing_maps = [#matrix, #single], iterator_types = ["reduction", "reduction"]}
    ins(%g : tensor<5x32xf32>) outs(%none : tensor<f64>) {
    ^bb0(%in: f32, %out: f64):
      %wide = arith.extf %in : f32 to f64
      %square = arith.mulf %wide, %wide : f64
      %sum = arith.addf %out, %square : f64
      linalg.yield %sum : f64
  } -> tensor<f64>
  %number = tensor.extract %norm[] : tensor<f64>
  // CHECK: %[[NEXT:.*]]:2 = linalg.generic {indexing_maps = [#[[PANELS]], #[[PANELS]], #[[PANELS]]], {{.*}} ins(%[[G]] : {{.*}} outs(%[[W]], %[[V]] :
  %next:2 = linalg.generic {indexing_maps = [#matrix, #matrix, #matrix], iterator_types = ["parallel", "parallel"]}
    ins(%g : tensor<5x32xf32>) outs(%w, %v : tensor<5x32xf32>, tensor<5x32xf32>) {
    ^bb0(%in: f32, %old: f32, %slot: f32):
      %sum = arith.addf %slot, %in : f32
      %e = arith.subf %old, %sum : f32
      linalg.yield %e, %sum : f32, f32
  } -> (tensor<5x32xf32>, tensor<5x32xf32>)
  // CHECK: return %{{.*}}, %[[NEXT]]#0, %[[NEXT]]#1
  return %number, %next#0, %next#1 : f64, tensor<5x32xf32>, tensor<5x32xf32>
}

// A gradient for the host has the form of files.
// CHECK-LABEL: func.func @gradients(
// CHECK-SAME: -> (tensor<5x32xf32> {step.name = "w", step.role = "output"})
func.func @gradients(%x: tensor<7x5xf32> {step.role = "inputs"},
                     %w: tensor<5x32xf32> {step.name = "w", step.role = "variable"})
    -> (tensor<5x32xf32> {step.name = "w", step.role = "output"}) {
  %0 = tensor.empty() : tensor<7x32xf32>
  // CHECK: kernel.product %{{.*}} : tensor<7x5xf32>, tensor<2x5x16xf32> -> tensor<7x32xf32>
  %y = kernel.product %x, %w into (%0 : tensor<7x32xf32>)
      : tensor<7x5xf32>, tensor<5x32xf32> -> tensor<7x32xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  // CHECK: kernel.product transposed {{.*}} -> tensor<5x32xf32>
  %1 = tensor.empty() : tensor<5x32xf32>
  %g = kernel.product transposed %x, %y into (%1 : tensor<5x32xf32>)
      : tensor<7x5xf32>, tensor<7x32xf32> -> tensor<5x32xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  return %g : tensor<5x32xf32>
}

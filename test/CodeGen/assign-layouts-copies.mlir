// RUN: gradc-opt %s --assign-layouts | FileCheck %s

#across = affine_map<(d0, d1) -> (d1, d0)>
#matrix = affine_map<(d0, d1) -> (d0, d1)>

// CHECK-DAG: #[[ROWS:.*]] = affine_map<(d0, d1, d2) -> (d0, d2, d1)>
// CHECK-DAG: #[[SQUARES:.*]] = affine_map<(d0, d1, d2, d3) -> (d1, d0, d3, d2)>

// A transposed copy is made anew from what files have, whether the variable is in
// panels (`w`) or stays a matrix (`narrow`).
// CHECK-LABEL: func.func @pack_state(
// CHECK-SAME: %[[W:[^:]*]]: tensor<48x32xf32> {{{.*}} step.role = "natural"}, %[[N:[^:]*]]: tensor<48x10xf32> {{{.*}} step.role = "natural"})
// CHECK-DAG: %[[NROWS:.*]] = tensor.expand_shape %[[N]] {{.*}} : tensor<48x10xf32> into tensor<3x16x10xf32>
// CHECK-DAG: %[[NCOPY:.*]] = linalg.generic {indexing_maps = [#[[ROWS]], {{.*}} ins(%[[NROWS]] :
// CHECK-DAG: %[[WROWS:.*]] = tensor.expand_shape %[[W]] {{.*}} : tensor<48x32xf32> into tensor<3x16x32xf32>
// CHECK-DAG: %[[WCOPY:.*]] = linalg.generic {indexing_maps = [#[[ROWS]], {{.*}} ins(%[[WROWS]] :
// CHECK: return %{{.*}}, %[[N]], %[[WCOPY]], %[[NCOPY]] : tensor<2x48x16xf32>, tensor<48x10xf32>, tensor<3x32x16xf32>, tensor<3x10x16xf32>

// Files have no copies, and what is no other form needs no conversion.
// CHECK-LABEL: func.func @unpack_state(
// CHECK-SAME: %{{[^:]*}}: tensor<2x48x16xf32> {{{[^}]*}}}) -> (tensor<48x32xf32> {{{[^}]*}}})

// CHECK-LABEL: func.func @initialize(
func.func @initialize(%seed: i64 {step.role = "seed"})
    -> (tensor<48x32xf32> {step.kind = "parameter", step.name = "w", step.role = "variable"},
        tensor<48x10xf32> {step.kind = "parameter", step.name = "narrow", step.role = "variable"},
        tensor<32x48xf32> {step.kind = "copy", step.name = "w.transposed", step.original = "w", step.role = "variable"},
        tensor<10x48xf32> {step.kind = "copy", step.name = "narrow.transposed", step.original = "narrow", step.role = "variable"}) {
  %one = arith.constant 1.0 : f32
  %0 = tensor.empty() : tensor<48x32xf32>
  %1 = tensor.empty() : tensor<48x10xf32>
  %2 = tensor.empty() : tensor<32x48xf32>
  %3 = tensor.empty() : tensor<10x48xf32>
  %w = linalg.fill ins(%one : f32) outs(%0 : tensor<48x32xf32>) -> tensor<48x32xf32>
  %narrow = linalg.fill ins(%one : f32) outs(%1 : tensor<48x10xf32>) -> tensor<48x10xf32>
  %w_copy = linalg.fill ins(%one : f32) outs(%2 : tensor<32x48xf32>) -> tensor<32x48xf32>
  %narrow_copy = linalg.fill ins(%one : f32) outs(%3 : tensor<10x48xf32>) -> tensor<10x48xf32>
  return %w, %narrow, %w_copy, %narrow_copy
      : tensor<48x32xf32>, tensor<48x10xf32>, tensor<32x48xf32>, tensor<10x48xf32>
}

// From panels to the panels of the transposed matrix: squares, each transposed.
// CHECK-LABEL: func.func @train_step(
// CHECK-SAME: %[[D:[^:]*]]: tensor<8x32xf32> {{{.*}}}, %[[W:[^:]*]]: tensor<2x48x16xf32> {{{.*}}}, %[[COPY:[^:]*]]: tensor<3x32x16xf32>
func.func @train_step(%x: tensor<8x48xf32> {step.role = "inputs"},
                      %d: tensor<8x32xf32> {step.role = "targets"},
                      %w: tensor<48x32xf32> {step.name = "w", step.role = "variable"},
                      %copy: tensor<32x48xf32> {step.kind = "copy", step.name = "w.transposed", step.original = "w", step.role = "variable"})
    -> (tensor<8x32xf32> {step.name = "y", step.role = "output"},
        tensor<8x48xf32> {step.name = "dx", step.role = "output"},
        tensor<48x32xf32> {step.name = "w", step.role = "variable"},
        tensor<32x48xf32> {step.kind = "copy", step.name = "w.transposed", step.original = "w", step.role = "variable"}) {
  // CHECK: kernel.product %{{.*}}, %[[W]] {{.*}} : tensor<8x48xf32>, tensor<2x48x16xf32>
  %0 = tensor.empty() : tensor<8x32xf32>
  %y = kernel.product %x, %w into (%0 : tensor<8x32xf32>)
      : tensor<8x48xf32>, tensor<48x32xf32> -> tensor<8x32xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  // CHECK: kernel.product %[[D]], %[[COPY]] {{.*}} : tensor<8x32xf32>, tensor<3x32x16xf32>
  %1 = tensor.empty() : tensor<8x48xf32>
  %dx = kernel.product %d, %copy into (%1 : tensor<8x48xf32>)
      : tensor<8x32xf32>, tensor<32x48xf32> -> tensor<8x48xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  // CHECK: %[[NEXT:.*]] = linalg.generic {{.*}} outs(%[[W]] : tensor<2x48x16xf32>)
  %next = linalg.generic {indexing_maps = [#matrix], iterator_types = ["parallel", "parallel"]}
    outs(%w : tensor<48x32xf32>) {
    ^bb0(%old: f32):
      %twice = arith.addf %old, %old : f32
      linalg.yield %twice : f32
  } -> tensor<48x32xf32>
  // CHECK-DAG: %[[FROM:.*]] = tensor.expand_shape %[[NEXT]] {{.*}} : tensor<2x48x16xf32> into tensor<2x3x16x16xf32>
  // CHECK-DAG: %[[TO:.*]] = tensor.expand_shape %[[COPY]] {{.*}} : tensor<3x32x16xf32> into tensor<3x2x16x16xf32>
  // CHECK: %[[NEW:.*]] = linalg.generic {indexing_maps = [#[[SQUARES]], {{.*}} ins(%[[FROM]] : {{.*}} outs(%[[TO]] :
  // CHECK: %[[JOINED:.*]] = tensor.collapse_shape %[[NEW]] {{.*}} into tensor<3x32x16xf32>
  %new = linalg.generic {indexing_maps = [#across, #matrix], iterator_types = ["parallel", "parallel"]}
    ins(%next : tensor<48x32xf32>) outs(%copy : tensor<32x48xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
  } -> tensor<32x48xf32>
  // CHECK: return %{{.*}}, %{{.*}}, %[[NEXT]], %[[JOINED]]
  return %y, %dx, %next, %new
      : tensor<8x32xf32>, tensor<8x48xf32>, tensor<48x32xf32>, tensor<32x48xf32>
}

// CHECK-LABEL: func.func @back(
func.func @back(%d: tensor<8x10xf32> {step.role = "inputs"},
                %copy: tensor<10x48xf32> {step.kind = "copy", step.name = "narrow.transposed", step.original = "narrow", step.role = "variable"})
    -> (tensor<8x48xf32> {step.name = "dx", step.role = "output"}) {
  // CHECK: kernel.product {{.*}} : tensor<8x10xf32>, tensor<3x10x16xf32>
  %0 = tensor.empty() : tensor<8x48xf32>
  %dx = kernel.product %d, %copy into (%0 : tensor<8x48xf32>)
      : tensor<8x10xf32>, tensor<10x48xf32> -> tensor<8x48xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  return %dx : tensor<8x48xf32>
}

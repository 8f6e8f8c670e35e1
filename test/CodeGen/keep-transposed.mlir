// RUN: gradc-opt %s --keep-transposed | FileCheck %s

#across = affine_map<(d0, d1) -> (d1, d0)>
#matrix = affine_map<(d0, d1) -> (d0, d1)>

// CHECK-DAG: #[[ACROSS:.*]] = affine_map<(d0, d1) -> (d1, d0)>

// Where the variable gets its first value, its copy gets the transposed one.
// CHECK-LABEL: func.func @initialize(
// CHECK-SAME: -> (tensor<32x10xf32> {step.kind = "parameter", step.name = "w", step.role = "variable"}, tensor<10x32xf32> {step.kind = "copy", step.name = "w.transposed", step.original = "w", step.role = "variable"})
func.func @initialize(%seed: i64 {step.role = "seed"})
    -> (tensor<32x10xf32> {step.kind = "parameter", step.name = "w", step.role = "variable"}) {
  // CHECK: %[[W:.*]] = linalg.fill
  // CHECK: %[[PLACE:.*]] = tensor.empty() : tensor<10x32xf32>
  // CHECK: %[[COPY:.*]] = linalg.generic {indexing_maps = [#[[ACROSS]], {{.*}} ins(%[[W]] : {{.*}} outs(%[[PLACE]] :
  // CHECK: return %[[W]], %[[COPY]]
  %one = arith.constant 1.0 : f32
  %empty = tensor.empty() : tensor<32x10xf32>
  %w = linalg.fill ins(%one : f32) outs(%empty : tensor<32x10xf32>) -> tensor<32x10xf32>
  return %w : tensor<32x10xf32>
}

// A step reads the copy instead of transposing, and writes it behind the
// variable, in the old one's place.
// CHECK-LABEL: func.func @train_step(
// CHECK-SAME: %[[D:[^:]*]]: tensor<8x10xf32> {{{.*}}}, %[[W:[^:]*]]: tensor<32x10xf32> {{{.*}}}, %[[COPY:[^:]*]]: tensor<10x32xf32> {step.kind = "copy", step.name = "w.transposed", step.original = "w", step.role = "variable"})
// CHECK-SAME: -> (tensor<8x32xf32> {{.*}}, tensor<32x10xf32> {{.*}}, tensor<10x32xf32> {step.kind = "copy", step.name = "w.transposed"
func.func @train_step(%d: tensor<8x10xf32> {step.role = "inputs"},
                      %w: tensor<32x10xf32> {step.name = "w", step.role = "variable"})
    -> (tensor<8x32xf32> {step.name = "dx", step.role = "output"},
        tensor<32x10xf32> {step.name = "w", step.role = "variable"}) {
  // CHECK-NOT: linalg.generic
  // CHECK: %[[DX:.*]] = kernel.product %[[D]], %[[COPY]]
  %e = tensor.empty() : tensor<10x32xf32>
  %wt = linalg.generic {indexing_maps = [#across, #matrix], iterator_types = ["parallel", "parallel"]}
    ins(%w : tensor<32x10xf32>) outs(%e : tensor<10x32xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
  } -> tensor<10x32xf32>
  %0 = tensor.empty() : tensor<8x32xf32>
  %dx = kernel.product %d, %wt into (%0 : tensor<8x32xf32>)
      : tensor<8x10xf32>, tensor<10x32xf32> -> tensor<8x32xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  // CHECK: %[[NEXT:.*]] = linalg.generic {{.*}} outs(%[[W]] :
  %next = linalg.generic {indexing_maps = [#matrix], iterator_types = ["parallel", "parallel"]}
    outs(%w : tensor<32x10xf32>) {
    ^bb0(%old: f32):
      %twice = arith.addf %old, %old : f32
      linalg.yield %twice : f32
  } -> tensor<32x10xf32>
  // CHECK: %[[NEW:.*]] = linalg.generic {indexing_maps = [#[[ACROSS]], {{.*}} ins(%[[NEXT]] : {{.*}} outs(%[[COPY]] :
  // CHECK: return %[[DX]], %[[NEXT]], %[[NEW]]
  return %dx, %next : tensor<8x32xf32>, tensor<32x10xf32>
}

// A function that only reads the variable as it is has nothing to do with it;
// one that gives it back as it came does so with the copy.
// CHECK-LABEL: func.func @evaluate(
// CHECK-SAME: %{{[^:]*}}: tensor<32x10xf32> {step.name = "w", step.role = "variable"}) -> (tensor<32x10xf32>
func.func @evaluate(%w: tensor<32x10xf32> {step.name = "w", step.role = "variable"})
    -> (tensor<32x10xf32> {step.name = "seen", step.role = "output"}) {
  return %w : tensor<32x10xf32>
}

// CHECK-LABEL: func.func @same(
// CHECK-SAME: %[[W:[^:]*]]: tensor<32x10xf32> {{{.*}}}, %[[COPY:[^:]*]]: tensor<10x32xf32>
// CHECK: return %[[W]], %[[COPY]]
func.func @same(%w: tensor<32x10xf32> {step.name = "w", step.role = "variable"})
    -> (tensor<32x10xf32> {step.name = "w", step.role = "variable"}) {
  return %w : tensor<32x10xf32>
}

// Columns that fill no panels: whether they are transposed at all depends on the
// batch, with which the state must not change.
// CHECK-LABEL: func.func @few(
// CHECK-SAME: %{{[^:]*}}: tensor<30x10xf32> {step.name = "few", step.role = "variable"}) -> (tensor<8x30xf32>
// CHECK: %[[T:.*]] = linalg.generic
// CHECK: kernel.product %{{.*}}, %[[T]]
func.func @few(%d: tensor<8x10xf32> {step.role = "inputs"},
               %w: tensor<30x10xf32> {step.name = "few", step.role = "variable"})
    -> (tensor<8x30xf32> {step.name = "dx", step.role = "output"}) {
  %e = tensor.empty() : tensor<10x30xf32>
  %wt = linalg.generic {indexing_maps = [#across, #matrix], iterator_types = ["parallel", "parallel"]}
    ins(%w : tensor<30x10xf32>) outs(%e : tensor<10x30xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
  } -> tensor<10x30xf32>
  %0 = tensor.empty() : tensor<8x30xf32>
  %dx = kernel.product %d, %wt into (%0 : tensor<8x30xf32>)
      : tensor<8x10xf32>, tensor<10x30xf32> -> tensor<8x30xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  return %dx : tensor<8x30xf32>
}

// What reads the transposed matrix otherwise makes it.
// CHECK-LABEL: func.func @seen(
// CHECK: linalg.generic
// CHECK: return
func.func @seen(%w: tensor<32x10xf32> {step.name = "w", step.role = "variable"})
    -> (tensor<10x32xf32> {step.name = "seen", step.role = "output"}) {
  %e = tensor.empty() : tensor<10x32xf32>
  %wt = linalg.generic {indexing_maps = [#across, #matrix], iterator_types = ["parallel", "parallel"]}
    ins(%w : tensor<32x10xf32>) outs(%e : tensor<10x32xf32>) {
    ^bb0(%in: f32, %out: f32):
      linalg.yield %in : f32
  } -> tensor<10x32xf32>
  return %wt : tensor<10x32xf32>
}

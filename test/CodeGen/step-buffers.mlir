// RUN: gradc-opt %s --pass-pipeline='builtin.module( \
// RUN:     clone-for-inference, nn.network(expand-layers, penalize-weights, \
// RUN:     differentiate, clip-gradients, probe-gradients), form-step, \
// RUN:     canonicalize, cse, convert-to-linalg, cse, form-products, \
// RUN:     assign-layouts, fuse-elementwise, fuse-formulas, fuse-reductions, \
// RUN:     materialize-fills, place-state, func.func(bufferize-functions), \
// RUN:     cse, canonicalize, lower-products, lower-generic, approximate-math, \
// RUN:     plan-memory)' \
// RUN:   | FileCheck %s --implicit-check-not='memref.alloc('

// A network through all passes down to vectors. No function asks for memory: all
// buffers lie in the arena.

nn.network @net(%x: tensor<20x30xf32>, %y: tensor<20xi32>) -> tensor<20x10xf32> {
  %0 = nn.dense "a" %x units(32) weight(<he>) bias(<zeros>)
         : (tensor<20x30xf32>) -> tensor<20x32xf32>
  %1 = nn.relu %0 : tensor<20x32xf32>
  %2 = nn.dense "b" %1 units(10) weight(<he>) bias(<zeros>)
         : (tensor<20x32xf32>) -> tensor<20x10xf32>
  %losses = nn.cross_entropy %2, %y : (tensor<20x10xf32>, tensor<20xi32>) -> tensor<20xf32>
  %rule = train.adam rate(0.001) betas(0.9, 0.999) epsilon(1.0e-8)
  train.minimize %losses by %rule : tensor<20xf32>
  train.decay l1(0.0) l2(0.001)
  train.clip norm 1.0
  %hits = nn.accuracy %2, %y threshold(0.0)
            : (tensor<20x10xf32>, tensor<20xi32>) -> tensor<20xf32>
  train.measure "accuracy", %hits : tensor<20xf32>
  nn.output %2 : tensor<20x10xf32>
}

// The state is drawn where it stands, or into its panels.
// CHECK-LABEL: func.func @initialize(
// CHECK-NOT: memref.copy

// The plain step copies nothing: parameters and optimizer states are written
// where they stand. It knows memory and vectors only.
// CHECK-LABEL: func.func @train_step(
// CHECK-SAME: step.reports = ["penalty", "loss", "clip_factor/0", "accuracy"]
// CHECK-NOT: memref.copy
// CHECK-NOT: {{linalg[.]|tensor[.]|bufferization[.]}}
// CHECK-LABEL: func.func @train_step_watched(

// RUN: gradc-opt %s --split-input-file --verify-diagnostics

// A product that updates takes the old elements of its matrices.
func.func @updates_nothing(%a: memref<7x5xf32>, %b: memref<5x9xf32>, %c: memref<7x9xf32>) {
  // expected-error @below {{'kernel.product' op needs an argument of its body for the sum, each input and each output that is updated or joins columns}}
  kernel.product updates %a, %b into (%c : memref<7x9xf32>) : memref<7x5xf32>, memref<5x9xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  return
}

// -----

func.func @updates_another_type(%a: memref<7x5xf32>, %b: memref<5x9xf32>, %c: memref<7x9xf32>) {
  // expected-error @below {{'kernel.product' op has a body that takes 'f64' for an element of 'memref<7x9xf32>'}}
  kernel.product updates %a, %b into (%c : memref<7x9xf32>) : memref<7x5xf32>, memref<5x9xf32> {
  ^bb0(%sum: f32, %old: f64):
    kernel.yield %sum : f32
  }
  return
}

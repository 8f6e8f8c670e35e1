// RUN: gradc-opt %s --lower-generic | FileCheck %s

#vector = affine_map<(d0) -> (d0)>

// Loops that do the same to memory of the same shapes become one function. What
// their bodies take from outside is passed to it; constants are made again.
// CHECK-LABEL: func.func @repeated
// CHECK-SAME: %[[X:.*]]: memref<16xf32>, %[[Y:.*]]: memref<16xf32>, %[[F:.*]]: f32, %[[G:.*]]: f32
func.func @repeated(%x: memref<16xf32>, %y: memref<16xf32>, %f: f32, %g: f32) {
  %half = arith.constant 0.5 : f32
  // CHECK-NOT: scf.for
  // CHECK: call @loops_0(%[[X]], %[[Y]], %[[F]])
  // CHECK: call @loops_0(%[[Y]], %[[X]], %[[G]])
  linalg.generic {indexing_maps = [#vector, #vector], iterator_types = ["parallel"]}
    ins(%x : memref<16xf32>) outs(%y : memref<16xf32>) {
    ^bb0(%in: f32, %out: f32):
      %0 = arith.mulf %in, %f : f32
      %1 = arith.addf %0, %half : f32
      linalg.yield %1 : f32
  }
  linalg.generic {indexing_maps = [#vector, #vector], iterator_types = ["parallel"]}
    ins(%y : memref<16xf32>) outs(%x : memref<16xf32>) {
    ^bb0(%in: f32, %out: f32):
      %0 = arith.mulf %in, %g : f32
      %1 = arith.addf %0, %half : f32
      linalg.yield %1 : f32
  }
  return
}

// Other constants, other operations or other shapes are something else: these
// three stay where they are.
// CHECK-LABEL: func.func @different
func.func @different(%x: memref<16xf32>, %y: memref<16xf32>, %z: memref<32xf32>) {
  %one = arith.constant 1.0 : f32
  %two = arith.constant 2.0 : f32
  // CHECK-NOT: call
  // CHECK-COUNT-3: scf.for
  linalg.generic {indexing_maps = [#vector], iterator_types = ["parallel"]}
    outs(%y : memref<16xf32>) {
    ^bb0(%out: f32):
      %0 = arith.mulf %out, %one : f32
      linalg.yield %0 : f32
  }
  linalg.generic {indexing_maps = [#vector], iterator_types = ["parallel"]}
    outs(%y : memref<16xf32>) {
    ^bb0(%out: f32):
      %0 = arith.mulf %out, %two : f32
      linalg.yield %0 : f32
  }
  linalg.generic {indexing_maps = [#vector], iterator_types = ["parallel"]}
    outs(%z : memref<32xf32>) {
    ^bb0(%out: f32):
      %0 = arith.mulf %out, %one : f32
      linalg.yield %0 : f32
  }
  return
}

// A function's argument has no room for the place where a part begins.
// CHECK-LABEL: func.func @moving
func.func @moving(%x: memref<16xf32, strided<[1], offset: ?>>, %y: memref<16xf32, strided<[1], offset: ?>>) {
  // CHECK-NOT: call
  // CHECK-COUNT-2: scf.for
  linalg.generic {indexing_maps = [#vector], iterator_types = ["parallel"]}
    outs(%x : memref<16xf32, strided<[1], offset: ?>>) {
    ^bb0(%out: f32):
      %0 = math.sqrt %out : f32
      linalg.yield %0 : f32
  }
  linalg.generic {indexing_maps = [#vector], iterator_types = ["parallel"]}
    outs(%y : memref<16xf32, strided<[1], offset: ?>>) {
    ^bb0(%out: f32):
      %0 = math.sqrt %out : f32
      linalg.yield %0 : f32
  }
  return
}

// CHECK: func.func private @loops_0(%[[FROM:.*]]: memref<16xf32>, %[[TO:.*]]: memref<16xf32>, %[[FACTOR:.*]]: f32) attributes {no_inline} {
// CHECK: arith.constant 5.000000e-01 : f32
// CHECK: scf.for
// CHECK: vector.load %[[FROM]]
// CHECK: vector.store %{{.*}}, %[[TO]]
// CHECK-NOT: func.func

// RUN: gradc-opt %s --lower-products --split-input-file | FileCheck %s

// A cache of 64 sets and 8 ways: where the rows of a factor lie a multiple of 64
// bytes apart, few of its sets serve them. A factor that does not stay there is
// copied into strips of one vector's columns.

// 70 rows of 256 bytes, two lines of each, and 16 of the 64 sets: 140 lines are
// more than 128.
// CHECK-LABEL: func.func @right
// CHECK: %[[MEMORY:.*]] = memref.alloc() {alignment = 64 : i64} : memref<4480xf32>
// CHECK: %[[STRIPS:.*]] = memref.reinterpret_cast %[[MEMORY]]
// CHECK: call @product_30x64x70_f32(%{{.*}}, %{{.*}}, %{{.*}}, %[[STRIPS]])
// CHECK: func.func private @product_30x64x70_f32(%[[A:[^:]*]]: {{[^,]*}}, %[[B:[^:]*]]: {{[^,]*}}, %{{[^:]*}}: {{[^,]*}}, %[[STRIPS:[^:]*]]:
// CHECK: scf.for %[[COLUMN:.*]] = %{{.*}} to %c64{{.*}} step %c16
// CHECK: call @pack_f32(%[[B]], %[[COLUMN]], %c64{{[_0-9]*}}, %[[STRIPS]], %{{.*}}, %c70{{[_0-9]*}})
// CHECK: call @product_10x32_f32(%[[A]], {{.*}}, %[[STRIPS]], %{{.*}}, %c16{{[_0-9]*}}, %c1120{{[_0-9]*}}, %c70{{[_0-9]*}},
// CHECK: func.func private @pack_f32(
// CHECK: scf.for
// CHECK: %[[V:.*]] = vector.load %{{.*}} : memref<{{.*}}xf32>, vector<16xf32>
// CHECK: vector.store %[[V]]
func.func @right(%a: memref<30x70xf32>, %b: memref<70x64xf32>, %c: memref<30x64xf32>) {
  kernel.product %a, %b into (%c : memref<30x64xf32>) : memref<30x70xf32>, memref<70x64xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  return
}

// -----

// 64 such rows stay in the cache, and so do 70 of 260 bytes.
// CHECK-LABEL: func.func @stays
// CHECK-NOT: memref.alloc
// CHECK-NOT: call @pack
func.func @stays(%a: memref<30x64xf32>, %b: memref<64x64xf32>, %c: memref<30x64xf32>,
                 %d: memref<30x70xf32>, %e: memref<70x65xf32>, %f: memref<30x65xf32>) {
  kernel.product %a, %b into (%c : memref<30x64xf32>) : memref<30x64xf32>, memref<64x64xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  kernel.product %d, %e into (%f : memref<30x65xf32>) : memref<30x70xf32>, memref<70x65xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  return
}

// -----

// One block of rows reads each panel once, as often as packing would.
// CHECK-LABEL: func.func @one_block
// CHECK-NOT: call @pack
func.func @one_block(%a: memref<14x70xf32>, %b: memref<70x64xf32>, %c: memref<14x64xf32>) {
  kernel.product %a, %b into (%c : memref<14x64xf32>) : memref<14x70xf32>, memref<70x64xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  return
}

// -----

// Of a transposed left factor a block reads a part of one line in each row. Eight
// rows of the result divide a strip of 16.
// CHECK-LABEL: func.func @left
// CHECK: memref.alloc() {alignment = 64 : i64} : memref<8320xf32>
// CHECK: func.func private @product_64x40x130_transposed_f32(%[[A:[^:]*]]: {{[^,]*}}, %[[B:[^:]*]]: {{[^,]*}}, %{{[^:]*}}: {{[^,]*}}, %[[STRIPS:[^:]*]]:
// CHECK: call @pack_f32(%[[A]], %{{.*}}, %c64{{[_0-9]*}}, %[[STRIPS]],
// CHECK: scf.for %[[ROW:.*]] = %{{.*}} to %c64{{.*}} step %c8
// CHECK: %[[STRIP:.*]] = arith.divui %[[ROW]], %c16
// CHECK: %[[LANE:.*]] = arith.remui %[[ROW]], %c16
// CHECK: %[[FIRST:.*]] = arith.muli %[[STRIP]], %c2080
// CHECK: %[[AT:.*]] = arith.addi %[[FIRST]], %[[LANE]]
// CHECK: call @product_8x32_f32(%[[STRIPS]], %[[AT]], %c1{{[_0-9]*}}, %c16{{[_0-9]*}},
// CHECK-SAME: %[[B]],
func.func @left(%a: memref<130x64xf32>, %b: memref<130x40xf32>, %c: memref<64x40xf32>) {
  kernel.product transposed %a, %b into (%c : memref<64x40xf32>)
      : memref<130x64xf32>, memref<130x40xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  return
}

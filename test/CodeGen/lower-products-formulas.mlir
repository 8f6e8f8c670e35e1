// RUN: gradc-opt %s --lower-products | FileCheck %s

// A formula is applied to vectors of sums before they are stored. Its constants go
// with it, wherever they stand; inputs are read beside the result.
// CHECK-LABEL: func.func @formula
// CHECK: call @product_7x36x5_formula0_f32(
func.func @formula(%a: memref<7x5xf32>, %b: memref<5x36xf32>, %matrix: memref<7x36xf32>,
                   %vector: memref<36xf32>, %single: memref<f32>, %c: memref<7x36xf32>) {
  %half = arith.constant 0.5 : f32
  kernel.product %a, %b
      with (%matrix, %vector, %single : memref<7x36xf32>, memref<36xf32>, memref<f32>)
      into (%c : memref<7x36xf32>) : memref<7x5xf32>, memref<5x36xf32> {
  ^bb0(%sum: f32, %m: f32, %v: f32, %s: f32):
    %0 = arith.addf %sum, %v : f32
    %1 = arith.mulf %0, %m : f32
    %2 = arith.mulf %1, %s : f32
    %3 = arith.mulf %2, %half : f32
    kernel.yield %3 : f32
  }
  return
}

// The same formula with other names is the same function; one that reads a vector
// instead of a matrix is another.
// CHECK-LABEL: func.func @same_formulas
// CHECK: call @product_7x36x5_formula1_f32(
// CHECK: call @product_7x36x5_formula1_f32(
// CHECK: call @product_7x36x5_formula2_f32(
func.func @same_formulas(%a: memref<7x5xf32>, %b: memref<5x36xf32>, %x: memref<7x36xf32>,
                         %v: memref<36xf32>, %c: memref<7x36xf32>, %d: memref<7x36xf32>) {
  kernel.product %a, %b with (%x : memref<7x36xf32>) into (%c : memref<7x36xf32>)
      : memref<7x5xf32>, memref<5x36xf32> {
  ^bb0(%sum: f32, %e: f32):
    %z = arith.subf %sum, %e : f32
    kernel.yield %z : f32
  }
  kernel.product %a, %b with (%c : memref<7x36xf32>) into (%d : memref<7x36xf32>)
      : memref<7x5xf32>, memref<5x36xf32> {
  ^bb0(%s: f32, %other: f32):
    %difference = arith.subf %s, %other : f32
    kernel.yield %difference : f32
  }
  kernel.product %a, %b with (%v : memref<36xf32>) into (%d : memref<7x36xf32>)
      : memref<7x5xf32>, memref<5x36xf32> {
  ^bb0(%sum: f32, %e: f32):
    %z = arith.subf %sum, %e : f32
    kernel.yield %z : f32
  }
  return
}

// Several outputs, each of its own type.
// CHECK-LABEL: func.func @outputs
// CHECK: call @product_2x16x5_formula3_f32(
func.func @outputs(%a: memref<2x5xf32>, %b: memref<5x16xf32>, %c: memref<2x16xf32>,
                   %d: memref<2x16xf64>) {
  kernel.product %a, %b into (%c, %d : memref<2x16xf32>, memref<2x16xf64>)
      : memref<2x5xf32>, memref<5x16xf32> {
  ^bb0(%sum: f32):
    %wide = arith.extf %sum : f32 to f64
    %e = math.exp %wide : f64
    kernel.yield %sum, %e : f32, f64
  }
  return
}

// Memory, place, row and vector of each input follow the factors. A number for all
// is spread, that of a column is the same in each row.
// CHECK: func.func private @product_7x36x5_formula0_f32(%{{[^:]*}}: {{[^,]*}}, %{{[^:]*}}: {{[^,]*}}, %[[M:[^:]*]]: {{[^,]*}}, %[[V:[^:]*]]: {{[^,]*}}, %[[S:[^:]*]]: {{[^,]*}}, %[[C:[^:]*]]:
// CHECK: call @product_7x32_formula0_f32({{.*}}, %[[M]], %{{[^,]*}}, %c36{{[_0-9]*}}, %c16{{[_0-9]*}},
// CHECK-SAME: %[[V]], %{{[^,]*}}, %c0{{[_0-9]*}}, %c16{{[_0-9]*}},
// CHECK-SAME: %[[S]], %c0{{[_0-9]*}}, %c0{{[_0-9]*}}, %c0{{[_0-9]*}},
// CHECK-SAME: %[[C]],
// CHECK: func.func private @product_7x32_formula0_f32(
// CHECK: %[[SUMS:.*]]:14 = scf.for
// CHECK: scf.yield
// CHECK: vector.load
// CHECK: vector.load
// CHECK: %[[NUMBER:.*]] = memref.load
// CHECK: %[[SPREAD:.*]] = vector.broadcast %[[NUMBER]] : f32 to vector<16xf32>
// CHECK: arith.constant 5.000000e-01 : f32
// CHECK: arith.addf %[[SUMS]]#0, %{{.*}} : vector<16xf32>
// CHECK: arith.mulf %{{.*}}, %[[SPREAD]]
// CHECK: %[[RESULT:.*]] = arith.mulf
// CHECK: vector.store %[[RESULT]]
// Beyond the last column nothing is read.
// CHECK: func.func private @product_7x16_formula0_masked_f32(
// CHECK: scf.yield
// CHECK: vector.maskedload
// CHECK: vector.maskedload
// CHECK: arith.addf
// CHECK: vector.maskedstore

// CHECK: func.func private @product_2x16_formula3_f32(
// CHECK: vector.fma {{.*}} : vector<16xf32>
// CHECK: arith.extf %{{.*}} : vector<16xf32> to vector<16xf64>
// CHECK: math.exp %{{.*}} : vector<16xf64>
// CHECK: vector.store %{{.*}} : memref<{{.*}}xf32>, vector<16xf32>
// CHECK: vector.store %{{.*}} : memref<{{.*}}xf64>, vector<16xf64>

// RUN: gradc-opt %s --lower-products --split-input-file | FileCheck %s

// Factors and results in panels: the same kernels, other distances.

// A left factor has 16 elements of the sum side by side, and those of the next row
// behind them; the next panel is 7 * 16 = 112 further. A right factor's rows lie 16
// apart, its panels 32 * 16 = 512. A result's rows lie 16 apart, its panels 112.
// What is left of the columns is a whole panel.
// CHECK: func.func private @product_7x48x32_left_panels_right_panels_out_panels_f32(%[[A:[^:]*]]: {{[^,]*}}, %[[B:[^:]*]]: {{[^,]*}}, %[[C:[^:]*]]:
// CHECK: scf.for %[[COLUMN:.*]] = %{{.*}} to %c32{{.*}} step %c32
// CHECK: scf.for %[[ROW:.*]] = %{{.*}} to
// CHECK: %[[A_AT:.*]] = arith.muli %[[ROW]], %c16
// CHECK: %[[B_AT:.*]] = arith.muli %[[COLUMN]], %c32
// CHECK: %[[PANEL:.*]] = arith.muli %[[COLUMN]], %c7
// CHECK: %[[IN_PANEL:.*]] = arith.muli %[[ROW]], %c16
// CHECK: %[[C_AT:.*]] = arith.addi %[[PANEL]], %[[IN_PANEL]]
// CHECK: call @product_[[ROWS:[0-9]+]]x32_left_panels_f32(%[[A]], %[[A_AT]], %c16{{[_0-9]*}}, %c112{{[_0-9]*}},
// CHECK-SAME: %[[B]], %[[B_AT]], %c16{{[_0-9]*}}, %c512{{[_0-9]*}}, %c32{{[_0-9]*}}, %c32{{[_0-9]*}},
// CHECK-SAME: %[[C]], %[[C_AT]], %c16{{[_0-9]*}}, %c112{{[_0-9]*}})
// CHECK: call @product_[[ROWS]]x16_left_panels_f32(

// The sum goes on from panel to panel of the left factor: one chain for each
// element, in the order of k.
// CHECK: func.func private @product_[[ROWS]]x32_left_panels_f32(%[[A:[^:]*]]: {{[^,]*}}, %{{[^:]*}}: index, %{{[^:]*}}: index, %[[PANEL:[^:]*]]: index, %{{[^:]*}}: {{[^,]*}}, %{{[^:]*}}: index, %{{[^:]*}}: index, %{{[^:]*}}: index, %[[DEPTH:[^:]*]]: index,
// CHECK: scf.for %[[K:.*]] = %{{.*}} to %[[DEPTH]]
// CHECK: %[[WHICH:.*]] = arith.divui %[[K]], %c16
// CHECK: %[[INSIDE:.*]] = arith.remui %[[K]], %c16
// CHECK: %[[START:.*]] = arith.muli %[[WHICH]], %[[PANEL]]
// CHECK: arith.addi %[[START]], %[[INSIDE]]
// CHECK: memref.load %[[A]]
func.func @all_in_panels(%a: memref<2x7x16xf32>, %b: memref<3x32x16xf32>, %c: memref<3x7x16xf32>) {
  kernel.product %a, %b into (%c : memref<3x7x16xf32>)
      : memref<2x7x16xf32>, memref<3x32x16xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  return
}

// -----

// A weight's gradient into panels; the form is part of the function's name.
// CHECK: call @product_7x32x20_transposed_out_panels_f32(
// CHECK: call @product_7x32x20_transposed_f32(
// CHECK: func.func private @product_7x32x20_transposed_out_panels_f32(
// CHECK: call @product_7x32_f32({{.*}} %c16{{[_0-9]*}}, %c112{{[_0-9]*}})
// CHECK: func.func private @product_7x32x20_transposed_f32(
// CHECK: call @product_7x32_f32({{.*}} %c32{{[_0-9]*}}, %c16{{[_0-9]*}})
func.func @gradient(%x: memref<20x7xf32>, %d: memref<20x32xf32>, %g: memref<2x7x16xf32>,
                    %h: memref<7x32xf32>) {
  kernel.product transposed %x, %d into (%g : memref<2x7x16xf32>)
      : memref<20x7xf32>, memref<20x32xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  kernel.product transposed %x, %d into (%h : memref<7x32xf32>)
      : memref<20x7xf32>, memref<20x32xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  return
}

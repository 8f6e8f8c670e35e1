// RUN: gradc-opt %s --assign-layouts --split-input-file | FileCheck %s

// Variables that stay as files have them.

// Columns that do not fill panels.
// CHECK-LABEL: func.func @forty_columns(
// CHECK: kernel.product {{.*}} : tensor<7x5xf32>, tensor<5x40xf32> -> tensor<7x40xf32>
func.func @forty_columns(%x: tensor<7x5xf32> {step.role = "inputs"},
                         %w: tensor<5x40xf32> {step.name = "w", step.role = "variable"})
    -> (tensor<7x40xf32> {step.name = "y", step.role = "output"}) {
  %0 = tensor.empty() : tensor<7x40xf32>
  %y = kernel.product %x, %w into (%0 : tensor<7x40xf32>)
      : tensor<7x5xf32>, tensor<5x40xf32> -> tensor<7x40xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  return %y : tensor<7x40xf32>
}

// -----

// One panel is the matrix itself.
// CHECK-LABEL: func.func @one_panel(
// CHECK: kernel.product {{.*}} : tensor<7x5xf32>, tensor<5x16xf32> -> tensor<7x16xf32>
func.func @one_panel(%x: tensor<7x5xf32> {step.role = "inputs"},
                     %w: tensor<5x16xf32> {step.name = "w", step.role = "variable"})
    -> (tensor<7x16xf32> {step.name = "y", step.role = "output"}) {
  %0 = tensor.empty() : tensor<7x16xf32>
  %y = kernel.product %x, %w into (%0 : tensor<7x16xf32>)
      : tensor<7x5xf32>, tensor<5x16xf32> -> tensor<7x16xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  return %y : tensor<7x16xf32>
}

// -----

// A vector of 64 bytes has eight elements of f64.
// CHECK-LABEL: func.func @doubles(
// CHECK: kernel.product {{.*}} : tensor<7x5xf64>, tensor<5x32xf64> -> tensor<7x32xf64>
func.func @doubles(%x: tensor<7x5xf64> {step.role = "inputs"},
                   %w: tensor<5x32xf64> {step.name = "w", step.role = "variable"})
    -> (tensor<7x32xf64> {step.name = "y", step.role = "output"}) {
  %0 = tensor.empty() : tensor<7x32xf64>
  %y = kernel.product %x, %w into (%0 : tensor<7x32xf64>)
      : tensor<7x5xf64>, tensor<5x32xf64> -> tensor<7x32xf64> {
  ^bb0(%sum: f64):
    kernel.yield %sum : f64
  }
  return %y : tensor<7x32xf64>
}

// -----

// A left factor is read where it is, and so is what is no variable.
// CHECK-LABEL: func.func @other_factors(
// CHECK: kernel.product {{.*}} : tensor<32x32xf32>, tensor<32x32xf32> -> tensor<32x32xf32>
func.func @other_factors(%w: tensor<32x32xf32> {step.name = "w", step.role = "variable"},
                         %x: tensor<32x32xf32> {step.role = "inputs"})
    -> (tensor<32x32xf32> {step.name = "y", step.role = "output"}) {
  %0 = tensor.empty() : tensor<32x32xf32>
  %y = kernel.product %w, %x into (%0 : tensor<32x32xf32>)
      : tensor<32x32xf32>, tensor<32x32xf32> -> tensor<32x32xf32> {
  ^bb0(%sum: f32):
    kernel.yield %sum : f32
  }
  return %y : tensor<32x32xf32>
}

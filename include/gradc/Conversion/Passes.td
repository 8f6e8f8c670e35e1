//===- Passes.td - From networks to loops' iterators -------*- tablegen -*-===//

#ifndef GRADC_CONVERSION_PASSES
#define GRADC_CONVERSION_PASSES

include "mlir/Pass/PassBase.td"

def ConvertToLinalg : Pass<"convert-to-linalg"> {
  let summary = "Lower the mathematics of networks to linalg on tensors";
  let description = [{
    Every op with a formula (activations, their gradients, losses, optimizer
    updates) is lowered by one pattern; products become `linalg.matmul`;
    reductions and random numbers have a pattern each.
  }];
  let dependentDialects = [
    "::mlir::arith::ArithDialect", "::mlir::linalg::LinalgDialect",
    "::mlir::math::MathDialect", "::mlir::tensor::TensorDialect"];
}

def FuseElementwise : Pass<"fuse-elementwise"> {
  let summary = "Join chains of element-wise operations into one pass over memory";
  let description = [{
    Upstream's fusion, for producers with one user. Nothing is computed twice, and
    no sum changes its order.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect",
                           "::mlir::linalg::LinalgDialect",
                           "::mlir::tensor::TensorDialect"];
}

def MaterializeFills : Pass<"materialize-fills"> {
  let summary = "Fill each tensor of equal elements where it is used";
  let description = [{
    A constant tensor of equal elements would be stored whole in the object file,
    and a filled tensor with two users would be copied by bufferization. Filling
    is cheaper: each user gets its own.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect",
                           "::mlir::linalg::LinalgDialect",
                           "::mlir::tensor::TensorDialect"];
}

#endif // GRADC_CONVERSION_PASSES

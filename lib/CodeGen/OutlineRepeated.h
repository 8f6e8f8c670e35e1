//===- OutlineRepeated.h - One function for equal generics ------*- C++ -*-===//

#ifndef GRADC_LIB_CODEGEN_OUTLINEREPEATED_H
#define GRADC_LIB_CODEGEN_OUTLINEREPEATED_H

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/PatternMatch.h"

namespace gradc {

/// Moves generics that do the same to memory of the same shapes into one
/// function, and calls it in their places. A deep network repeats its layers,
/// and a watched step all of the plain one: the code grows with what differs.
/// Returns the generics that remain to be lowered.
llvm::SmallVector<mlir::linalg::GenericOp>
outlineRepeated(mlir::ModuleOp module, mlir::RewriterBase &rewriter,
                llvm::ArrayRef<mlir::linalg::GenericOp> generics);

} // namespace gradc

#endif // GRADC_LIB_CODEGEN_OUTLINEREPEATED_H

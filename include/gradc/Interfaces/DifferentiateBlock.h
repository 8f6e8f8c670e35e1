//===- DifferentiateBlock.h - The reverse walk over a block -----*- C++ -*-===//

#ifndef GRADC_INTERFACES_DIFFERENTIATEBLOCK_H
#define GRADC_INTERFACES_DIFFERENTIATEBLOCK_H

#include "mlir/IR/Builders.h"
#include "mlir/Support/LLVM.h"
#include "llvm/ADT/DenseMap.h"

namespace gradc {

/// The gradient of the loss with respect to values of a block.
using GradientMap = llvm::DenseMap<mlir::Value, mlir::Value>;
/// Builds the sum of two gradients of one type.
using AddGradients = llvm::function_ref<mlir::Value(
    mlir::OpBuilder &, mlir::Location, mlir::Value, mlir::Value)>;

/// Walks `block` backwards from the values that `gradients` holds, asks each op
/// on the way for its gradient, and adds what reaches a value more than once.
/// Ops that no gradient reaches are passed over; an op that one reaches and
/// that has no gradient is an error. `needed` says whether anything asks for
/// the gradient of a value; products nobody asks for are not built.
mlir::LogicalResult
differentiateBlock(mlir::OpBuilder &builder, mlir::Block &block,
                   GradientMap &gradients, AddGradients add,
                   llvm::function_ref<bool(mlir::Value)> needed);

} // namespace gradc

#endif // GRADC_INTERFACES_DIFFERENTIATEBLOCK_H

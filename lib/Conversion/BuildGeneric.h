//===- BuildGeneric.h - Short forms of linalg.generic -----------*- C++ -*-===//

#ifndef GRADC_LIB_CONVERSION_BUILDGENERIC_H
#define GRADC_LIB_CONVERSION_BUILDGENERIC_H

#include "gradc/Interfaces/Scalar.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/PatternMatch.h"

namespace gradc {

/// Builds the body of a generic from the elements of its inputs and outputs;
/// returns the elements to yield.
using BodyBuilder = llvm::function_ref<llvm::SmallVector<mlir::Value>(
    mlir::OpBuilder &, mlir::Location, mlir::ValueRange)>;

inline mlir::RankedTensorType getTensorType(mlir::Value value) {
  return mlir::cast<mlir::RankedTensorType>(value.getType());
}

/// An uninitialized tensor of `type`.
mlir::Value buildEmpty(mlir::OpBuilder &builder, mlir::Location loc,
                       mlir::Type type);
/// A tensor of `type` filled with a number.
mlir::Value buildFilled(mlir::OpBuilder &builder, mlir::Location loc,
                        mlir::Type type, double number);
/// A float constant.
mlir::Value buildConstant(mlir::OpBuilder &builder, mlir::Location loc,
                          mlir::Type type, double number);

/// The map of a tensor of `rank` dimensions whose dimensions are all of the
/// loop nest's, in order.
mlir::AffineMap getIdentity(mlir::OpBuilder &builder, unsigned rank);
/// A map from a loop nest of `rank` to the dimensions listed.
mlir::AffineMap getProjection(mlir::OpBuilder &builder, unsigned rank,
                              llvm::ArrayRef<unsigned> dimensions);

/// A generic with one map for each input and output. The loops listed in
/// `reductions` reduce.
mlir::linalg::GenericOp
buildGeneric(mlir::OpBuilder &builder, mlir::Location loc,
             mlir::ValueRange inputs, mlir::ValueRange outputs,
             llvm::ArrayRef<mlir::AffineMap> maps,
             llvm::ArrayRef<unsigned> reductions, BodyBuilder body);

/// The sum of f(element) over all elements, in f64: a norm must be right from
/// 1e-38 to 1e38, and a sum over many elements must keep its digits. Where
/// `isNarrow`, some terms may be added up in their own type first.
mlir::Value buildTotal(mlir::OpBuilder &builder, mlir::Location loc,
                       mlir::Value input, llvm::function_ref<Scalar(Scalar)> f,
                       bool isNarrow = false);

} // namespace gradc

#endif // GRADC_LIB_CONVERSION_BUILDGENERIC_H

//===- Joins.h - What reductions join elements with -------------*- C++ -*-===//

#ifndef GRADC_LIB_CONVERSION_JOINS_H
#define GRADC_LIB_CONVERSION_JOINS_H

#include "mlir/Dialect/Linalg/IR/Linalg.h"

namespace gradc {

/// The op that joins an element to output `index` of a generic, if it is one of
/// two operands with a neutral element; null otherwise.
mlir::Operation *findJoin(mlir::linalg::GenericOp generic, unsigned index);

/// A tensor of the neutral elements of output `index`.
mlir::Value buildNeutral(mlir::OpBuilder &builder,
                         mlir::linalg::GenericOp generic, unsigned index,
                         llvm::ArrayRef<int64_t> shape);

/// Before `generic`, which joins all elements of its inputs to numbers: output
/// `index` computed from `parts`, which are joined already.
mlir::Value joinParts(mlir::OpBuilder &builder, mlir::linalg::GenericOp generic,
                      unsigned index, mlir::Value parts);

} // namespace gradc

#endif // GRADC_LIB_CONVERSION_JOINS_H

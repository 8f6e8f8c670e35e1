//===- VectorizeBody.h - Formulas on vectors --------------------*- C++ -*-===//

#ifndef GRADC_LIB_CODEGEN_VECTORIZEBODY_H
#define GRADC_LIB_CODEGEN_VECTORIZEBODY_H

#include "mlir/IR/Builders.h"
#include "mlir/IR/IRMapping.h"

namespace gradc {

/// Whether every op before the terminator of `block` works element by element.
bool isElementwise(mlir::Block &block);

/// `scalar` in each of `lanes` lanes; a vector, or one lane, as it is.
mlir::Value spread(mlir::OpBuilder &builder, mlir::Location loc,
                   mlir::Value scalar, int64_t lanes);

/// Builds one op of a block on vectors of `lanes` elements (on scalars where
/// that is 1), from the operands that `mapping` holds, and maps its results.
/// Values from outside of the block are spread over all lanes.
void vectorizeOp(mlir::OpBuilder &builder, mlir::Operation &op,
                 mlir::IRMapping &mapping, int64_t lanes);

/// Builds a whole block, given a vector for each of its arguments (null for one
/// that is not used); returns the vectors it yields.
llvm::SmallVector<mlir::Value> vectorizeBody(mlir::OpBuilder &builder,
                                             mlir::Block &block,
                                             mlir::ValueRange arguments,
                                             int64_t lanes);

} // namespace gradc

#endif // GRADC_LIB_CODEGEN_VECTORIZEBODY_H

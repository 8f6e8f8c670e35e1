//===- TransposeVectors.h - A square of vectors, transposed -----*- C++ -*-===//

#ifndef GRADC_LIB_CODEGEN_TRANSPOSEVECTORS_H
#define GRADC_LIB_CODEGEN_TRANSPOSEVECTORS_H

#include "mlir/IR/Builders.h"

namespace gradc {

/// The transposed square of as many vectors as each has lanes, a power of two:
/// element j of result i is element i of `rows[j]`. Exchanges halves, quarters
/// and so on between pairs of vectors, with two-source shuffles only (Eklundh,
/// A Fast Computer Method for Matrix Transposing, 1972).
llvm::SmallVector<mlir::Value> transposeVectors(mlir::OpBuilder &builder,
                                                mlir::Location loc,
                                                mlir::ValueRange rows);

} // namespace gradc

#endif // GRADC_LIB_CODEGEN_TRANSPOSEVECTORS_H

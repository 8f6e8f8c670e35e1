//===- RowGroups.h - Loops that could run row by row ------------*- C++ -*-===//

#ifndef GRADC_LIB_CODEGEN_ROWGROUPS_H
#define GRADC_LIB_CODEGEN_ROWGROUPS_H

#include "mlir/Dialect/Linalg/IR/Linalg.h"

namespace gradc {

/// Loops over the same rows, in the order in which they run: each may begin
/// with a block of rows as soon as the one before it has ended with it. All of
/// them may run at the place of the first one.
struct RowGroup {
  int64_t rows;
  llvm::SmallVector<mlir::linalg::LinalgOp> loops;
};

/// Whether the operand is memory of which each row of the loop, one turn of its
/// outermost loop, has a part of its own: the first dimension counts the rows.
bool liesInRows(mlir::OpOperand &operand);

/// The groups of a block, each of loops that share the memory of their rows.
llvm::SmallVector<RowGroup> findRowGroups(mlir::Block &block);

} // namespace gradc

#endif // GRADC_LIB_CODEGEN_ROWGROUPS_H

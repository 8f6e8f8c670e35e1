//===- RaiseOperands.h - Bring what an op takes before it -------*- C++ -*-===//

#ifndef GRADC_LIB_CODEGEN_RAISEOPERANDS_H
#define GRADC_LIB_CODEGEN_RAISEOPERANDS_H

#include "mlir/IR/Operation.h"

namespace gradc {

/// The views, allocations and pure ops behind `place`, of its block, that `op`
/// takes, in their order; nothing where it takes anything else from there.
std::optional<llvm::SmallVector<mlir::Operation *>>
findOperandsBehind(mlir::Operation *op, mlir::Operation *place);

/// Brings the same ops before `place` if they are all that makes `values`;
/// moves nothing and fails where anything else does.
bool raiseValues(llvm::ArrayRef<mlir::Value> values, mlir::Operation *place);

/// Brings before `place` what `op` takes; fails as `raiseValues` does.
bool raiseOperands(mlir::Operation *op, mlir::Operation *place);

} // namespace gradc

#endif // GRADC_LIB_CODEGEN_RAISEOPERANDS_H

//===- SeparateMemory.h - What memory cannot be the same --------*- C++ -*-===//

#ifndef GRADC_LIB_CODEGEN_SEPARATEMEMORY_H
#define GRADC_LIB_CODEGEN_SEPARATEMEMORY_H

#include "mlir/IR/Value.h"

namespace gradc {

/// The allocation, argument or place in a block of memory that `memory` is a
/// part or another shape of.
mlir::Value findRoot(mlir::Value memory);

/// Whether no element of `a` can be one of `b`. Arguments of functions do not
/// overlap, nor do allocations.
bool areSeparate(mlir::Value a, mlir::Value b);

} // namespace gradc

#endif // GRADC_LIB_CODEGEN_SEPARATEMEMORY_H

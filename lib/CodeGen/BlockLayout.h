//===- BlockLayout.h - Tensors one behind the other in memory ---*- C++ -*-===//

#ifndef GRADC_LIB_CODEGEN_BLOCKLAYOUT_H
#define GRADC_LIB_CODEGEN_BLOCKLAYOUT_H

#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinTypes.h"
#include "llvm/ADT/StringMap.h"

namespace gradc {

/// Where the tensors of a block of memory are, for code and for the host.
struct BlockLayout {
  /// For each tensor a dictionary of its name, kind, type and offset.
  llvm::SmallVector<mlir::Attribute> places;
  llvm::StringMap<int64_t> offsets;
  int64_t bytes = 0;

  /// What the host is told of a tensor.
  static mlir::Attribute describe(mlir::OpBuilder &builder,
                                  llvm::StringRef name, llvm::StringRef kind,
                                  mlir::RankedTensorType type, int64_t offset);

  /// Adds a tensor at the next aligned place; returns its offset.
  int64_t add(mlir::OpBuilder &builder, llvm::StringRef name,
              llvm::StringRef kind, mlir::RankedTensorType type);
};

} // namespace gradc

#endif // GRADC_LIB_CODEGEN_BLOCKLAYOUT_H

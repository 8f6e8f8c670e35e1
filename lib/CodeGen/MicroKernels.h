//===- MicroKernels.h - Functions shared by all products --------*- C++ -*-===//

#ifndef GRADC_LIB_CODEGEN_MICROKERNELS_H
#define GRADC_LIB_CODEGEN_MICROKERNELS_H

#include "CostModel.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"

namespace gradc {

/// Makes the functions that products call, each once for a module. Memory is
/// passed as a flat buffer and offsets: one kernel serves all shapes.
class MicroKernels {
public:
  MicroKernels(mlir::ModuleOp module, mlir::Type element);

  /// The elements of one vector of 64 bytes.
  int64_t getLanes() const { return lanes; }
  /// `f32` or `f64`, for the names of functions.
  std::string getTypeName() const;
  /// The type in which kernels take memory: flat, of no particular size.
  mlir::MemRefType getMemoryType() const { return memory; }

  /// Writes a block of the result:
  ///   f(a, aOffset, aRow, aDepth, b, bOffset, bDepth, c, cOffset, cRow,
  ///     depth, columns)
  /// with c[i, j] = sum over k of a[aOffset + i aRow + k aDepth] *
  /// b[bOffset + k bDepth + j], for the block's rows and the first `columns`
  /// columns. Where `masked`, b holds only `columns` columns; else it is a
  /// panel as wide as the block.
  mlir::func::FuncOp getProduct(RegisterBlock block, bool masked);

  /// Copies a panel of the right factor: f(b, bOffset, bDepth, bColumn, panel,
  /// depth, columns) with panel[k, j] = b[bOffset + k bDepth + j bColumn], the
  /// columns beyond `columns` zero.
  mlir::func::FuncOp getPacking(int64_t vectors, bool contiguous);

private:
  mlir::ModuleOp module;
  mlir::Type element;
  int64_t lanes;
  mlir::MemRefType memory;

  mlir::func::FuncOp create(llvm::StringRef name,
                            llvm::ArrayRef<mlir::Type> types);
};

} // namespace gradc

#endif // GRADC_LIB_CODEGEN_MICROKERNELS_H

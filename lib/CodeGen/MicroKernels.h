//===- MicroKernels.h - Functions shared by all products --------*- C++ -*-===//

#ifndef GRADC_LIB_CODEGEN_MICROKERNELS_H
#define GRADC_LIB_CODEGEN_MICROKERNELS_H

#include "CostModel.h"
#include "gradc/Dialect/Kernel/Kernel.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/StringMap.h"

namespace gradc {

/// A block of a product whose left factor's rows are windows: where its rows
/// begin, from the first, and the loops of its sum with a stride for each.
struct WindowBlock {
  llvm::SmallVector<int64_t> rows;
  llvm::SmallVector<int64_t> depth, depthStrides;
};

/// Makes the functions that products call, each once for a module. Memory is
/// passed as a flat buffer and offsets: one kernel serves all shapes.
class MicroKernels {
public:
  explicit MicroKernels(mlir::ModuleOp module) : module(module) {}

  /// The elements of one vector of 64 bytes.
  static int64_t getLanes(mlir::Type element) {
    return 512 / element.getIntOrFloatBitWidth();
  }
  /// `f32` or `f64`, for the names of functions.
  static std::string getTypeName(mlir::Type element);
  /// The type in which kernels take memory: flat, of no particular size.
  static mlir::MemRefType getMemoryType(mlir::Type element);

  /// A function that writes a block of `product`'s outputs. Its arguments:
  ///   a, aOffset, aRow, aDepth,
  ///   b, bOffset, bDepth, bVector, depth, columns,
  ///   memory, offset, row, vector of each input and of each output
  /// where aDepth is the distance from one panel to the next if the product's
  /// left factor is in panels, otherwise that of its elements along the sum.
  /// Where `masked`, only the first `columns` columns of the block and of the
  /// right factor are there. With `windows`, aRow and aDepth mean nothing.
  /// Where it `adds`, the sums go on from what the only output holds; those of
  /// windows are added to it as wholes.
  mlir::func::FuncOp getProduct(kernel::ProductOp product, RegisterBlock block,
                                bool masked,
                                const WindowBlock *windows = nullptr,
                                bool adds = false);

  /// Whether each output is the product itself, without a formula.
  static bool isPlain(kernel::ProductOp product);

  /// Copies one vector of columns: f(from, offset, row, to, toOffset, rows).
  mlir::func::FuncOp getPacking(mlir::Type element);

  /// A text for the names of functions that apply the same formulas; empty
  /// where a product has none.
  std::string getFormulaName(kernel::ProductOp product);
  /// The same for windows: of all rows, or of one block's.
  std::string getWindowsName(kernel::WindowsAttr windows);
  std::string getWindowsName(const WindowBlock &windows);

private:
  mlir::ModuleOp module;
  llvm::StringMap<unsigned> formulas, windowBlocks;

  mlir::func::FuncOp create(llvm::StringRef name,
                            llvm::ArrayRef<mlir::Type> types);
};

} // namespace gradc

#endif // GRADC_LIB_CODEGEN_MICROKERNELS_H

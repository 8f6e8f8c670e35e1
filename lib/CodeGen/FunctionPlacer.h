//===- FunctionPlacer.h - One function on blocks of memory ------*- C++ -*-===//

#ifndef GRADC_LIB_CODEGEN_FUNCTIONPLACER_H
#define GRADC_LIB_CODEGEN_FUNCTIONPLACER_H

#include "BlockLayout.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace gradc {

/// Rewrites one function.
class FunctionPlacer {
public:
  FunctionPlacer(mlir::func::FuncOp function, const BlockLayout &state)
      : function(function), state(state), builder(function.getContext()),
        loc(function.getLoc()) {}

  mlir::LogicalResult place();

private:
  mlir::func::FuncOp function;
  const BlockLayout &state;
  mlir::OpBuilder builder;
  mlir::Location loc;
  llvm::SmallVector<mlir::Value> arguments;
  llvm::SmallVector<mlir::Attribute> reportNames;
  llvm::SmallVector<mlir::DictionaryAttr> argumentAttrs;
  BlockLayout outputs;
  llvm::SmallVector<int64_t>
      outputOffsets; ///< by their order: names may repeat
  unsigned numPlacedOutputs = 0;
  /// What the variables that are read hold at first.
  llvm::StringMap<mlir::Value> oldValues;
  /// Values that variables are given, and where: stored after all else.
  llvm::SmallVector<std::pair<mlir::Value, mlir::Value>> stores;

  mlir::Type getBlockType(int64_t bytes) {
    return mlir::MemRefType::get({bytes}, builder.getI8Type());
  }
  void addArguments(int64_t numReports);
  mlir::Value viewBlock(unsigned argument, int64_t offset,
                        mlir::RankedTensorType type);
  mlir::Value readMemory(mlir::Value memory, mlir::Type type);
  void store(mlir::Value tensor, mlir::Value memory);
  mlir::Value findOldValue(mlir::Value value);
  mlir::Value copyOldValue(mlir::Value value);
  void placeVariable(mlir::Value value, llvm::StringRef name);
  mlir::LogicalResult replaceArgument(mlir::BlockArgument argument);
  mlir::LogicalResult placeReports(mlir::Value values, unsigned index,
                                   llvm::StringRef name);
  mlir::LogicalResult placeResult(mlir::Value value, unsigned index,
                                  mlir::Value original);
  void describe(int64_t oldArguments);
};

} // namespace gradc

#endif // GRADC_LIB_CODEGEN_FUNCTIONPLACER_H

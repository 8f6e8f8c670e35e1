//===- ProductLoops.h - Loops around the micro-kernels ----------*- C++ -*-===//

#ifndef GRADC_LIB_CODEGEN_PRODUCTLOOPS_H
#define GRADC_LIB_CODEGEN_PRODUCTLOOPS_H

#include "MicroKernels.h"

namespace gradc {

/// Loops over windows, the last one turning fastest, with the distance from one
/// turn to the next.
struct WindowLoops {
  llvm::SmallVector<int64_t> sizes, strides;

  /// Without loops of one turn, neighbours that go on as one joined.
  static WindowLoops join(llvm::ArrayRef<int64_t> sizes,
                          llvm::ArrayRef<int64_t> strides);
};

/// Emits one product: a call of the function for all products of its shapes,
/// which walks over the blocks of the result.
class ProductLoops {
public:
  /// Where `sharesWork`, threads take parts of the result's rows or columns.
  ProductLoops(kernel::ProductOp op, MicroKernels &kernels,
               const Registers &registers, bool sharesWork);
  /// Emits the call before the op.
  void emit();

private:
  using Value = mlir::Value;
  using Values = llvm::SmallVector<mlir::Value>;

  kernel::ProductOp op;
  MicroKernels &kernels;
  mlir::OpBuilder builder;
  mlir::Location loc;
  mlir::Type element;
  int64_t lanes, rows, columns, depth;
  RegisterBlock block;
  /// Of windows: the loops over rows and over the sum.
  WindowLoops rowLoops, depthLoops;
  bool packsLeft, packsRight, rowsInside, sharesWork;
  /// How much of the sum is taken at a time, where rows are no windows.
  int64_t partDepth;
  mlir::func::FuncOp function;

  /// A stretch of the result's columns that one kernel handles.
  struct Columns {
    Value first;     ///< index of the first one
    Value number;    ///< of columns
    int64_t vectors; ///< that the kernel computes
    bool masked;     ///< `number` is no multiple of a vector
  };

  /// Rows that one kernel handles: the first one, and where its window lies.
  struct Rows {
    Value first;
    Value window;
  };

  /// A part of the sum: where it begins in the windows and in the right factor,
  /// its length and the kernel's loops. Where it `adds`, other parts came
  /// before it; its last block of rows may overlap the one before it or not.
  struct Part {
    Value window, right;
    int64_t depth = 0;
    WindowBlock loops;
    bool overlaps = true, adds = false;
  };
  Part part;

  Value index(int64_t value);
  Value add(Value x, Value y);
  Value multiply(Value x, int64_t y);
  Value advance(Value place, int64_t perStep);
  bool hasWindows() { return op.getWindows().has_value(); }
  void chooseWindowBlock(const Registers &registers);
  int64_t choosePartTurns();
  void choosePartDepth();
  void emitWindowParts();
  void emitWindowPart(Value turn, int64_t turns, bool adds);
  void emitParts();
  void emitPart(Value first, int64_t size, bool adds);
  void forEachWindow(unsigned level, Rows rows, bool isShared,
                     llvm::function_ref<void(Rows)> body);
  void emitBlocks();
  Value flatten(Value memory);
  bool isRightInPanels() { return kernel::isInPanels(op.getRhs().getType()); }
  int64_t countVectors() const { return (columns + lanes - 1) / lanes; }
  std::string getName();
  Values getScratch();
  mlir::func::FuncOp getFunction(mlir::ValueRange arguments);
  void emitBody();
  void emitLoop(int64_t end, int64_t step, bool isShared,
                llvm::function_ref<void(Value)> body);
  void packStrips(Value from, int64_t numColumns, Value to);
  void packFactors();
  void forEachColumns(bool isShared,
                      llvm::function_ref<void(const Columns &)> body);
  void forEachRows(bool isShared, llvm::function_ref<void(Rows)> body);
  void emitBlock(Rows rows, const Columns &stretch);
  void addLeft(Rows rows, Values &arguments);
  void addRight(const Columns &stretch, Values &arguments);
  void addOperands(Value row, const Columns &stretch, Values &arguments);
};

} // namespace gradc

#endif // GRADC_LIB_CODEGEN_PRODUCTLOOPS_H

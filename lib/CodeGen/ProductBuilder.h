//===- ProductBuilder.h - The body of a micro-kernel ------------*- C++ -*-===//

#ifndef GRADC_LIB_CODEGEN_PRODUCTBUILDER_H
#define GRADC_LIB_CODEGEN_PRODUCTBUILDER_H

#include "MicroKernels.h"

namespace gradc {

/// Builds a function that computes one block of a product in registers and
/// writes what the product's formulas make of it.
class ProductBuilder {
public:
  /// As `MicroKernels::getProduct` has it.
  ProductBuilder(kernel::ProductOp product, RegisterBlock block, bool masked,
                 const WindowBlock *windows, bool adds,
                 mlir::func::FuncOp function);
  void build();

private:
  using Value = mlir::Value;
  using Values = llvm::SmallVector<mlir::Value>;

  kernel::ProductOp product;
  RegisterBlock block;
  bool masked;
  const WindowBlock *windows;
  bool adds;
  mlir::func::FuncOp function;
  mlir::OpBuilder builder;
  mlir::Location loc;
  mlir::VectorType vectorType;
  Values rowOffsets; ///< of the left factor
  Value mask;        ///< of the last vector of a row; null: it is whole

  int64_t getLanes() const { return vectorType.getDimSize(0); }
  Value getArgument(unsigned index) { return function.getArgument(index); }
  Value index(int64_t value);
  Value add(Value x, Value y);
  Value multiply(Value x, Value y);

  void buildMask();
  Value loadVector(Value memory, Value at, Value mask);
  Values loadRow(Value k);
  Values addStep(Value k, Value aStart, mlir::ValueRange sums);
  Value findStep(Value k);
  Values buildSum();
  Values addWindows(unsigned level, Value aStart, Value k,
                    mlir::ValueRange sums);
  Value getMask(int64_t vector) const;
  Value findElement(unsigned operand, int64_t row, int64_t vector);
  Value loadInput(unsigned input, int64_t row, int64_t vector);
  Value loadOutput(int64_t row, int64_t vector);
  void storeBlock(mlir::ValueRange sums);
  void storeOutputs(int64_t row, int64_t vector, mlir::ValueRange values);
  void storeOutput(unsigned output, int64_t row, int64_t vector, Value value);
};

} // namespace gradc

#endif // GRADC_LIB_CODEGEN_PRODUCTBUILDER_H

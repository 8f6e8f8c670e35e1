//===- GenericEmitter.h - Emit one generic as vector loops ------*- C++ -*-===//

#ifndef GRADC_LIB_CODEGEN_GENERICEMITTER_H
#define GRADC_LIB_CODEGEN_GENERICEMITTER_H

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/PatternMatch.h"

namespace gradc {

/// How a reduction joins two values, and the value that changes nothing.
struct Combiner {
  mlir::Operation *op = nullptr; ///< in the body: joins the output and a term
  mlir::TypedAttr neutral;
};

/// Emits a `linalg.generic` on buffers as loops whose innermost one runs over
/// vectors. Lanes, accumulators and the tree that joins them depend on the
/// shapes and types only.
class GenericEmitter {
public:
  GenericEmitter(mlir::RewriterBase &rewriter, mlir::linalg::GenericOp op);

  /// Emits the loops before the op. Reports what it cannot lower.
  mlir::LogicalResult emit();

private:
  mlir::RewriterBase &rewriter;
  mlir::linalg::GenericOp op;
  mlir::Location loc;
  llvm::SmallVector<int64_t> sizes;
  llvm::SmallVector<mlir::AffineMap> maps;
  llvm::SmallVector<mlir::utils::IteratorType> iterators;
  /// The number of lanes; 1 means scalar code.
  int64_t lanes = 1;
  /// The induction variable of each loop, once it is open.
  llvm::SmallVector<mlir::Value> inductions;
  /// Broadcast operands, loaded outside of the vector loop.
  llvm::SmallVector<mlir::Value> hoisted;

  unsigned getVectorLoop() const { return sizes.size() - 1; }
  bool isReduction(unsigned loop) const {
    return iterators[loop] == mlir::utils::IteratorType::reduction;
  }
  unsigned getNumInputs() { return op.getNumDpsInputs(); }
  mlir::Value getIndex(int64_t value);
  mlir::Type getVectorType(mlir::Type element) const;
  mlir::Value broadcast(mlir::Value scalar);
  bool usesLoop(unsigned operand, unsigned loop) const;
  int64_t chooseLanes();
  bool canVectorize();

  llvm::SmallVector<mlir::Value> getIndices(unsigned operand);
  mlir::Value load(unsigned operand, mlir::Value mask);
  void store(unsigned output, mlir::Value value, mlir::Value mask);
  void hoistLoads();
  mlir::Value buildMask(int64_t count);
  llvm::SmallVector<mlir::Value> loadInputs(mlir::Value mask);
  /// Clones the body on vectors (or scalars); returns what it yields.
  llvm::SmallVector<mlir::Value> cloneBody(mlir::ValueRange inputs,
                                           mlir::ValueRange outputs);

  void emitScalarLoops();
  void emitScalarBody();
  void emitElementwise();
  void emitChunk(mlir::Value mask);
  void emitReduction(llvm::ArrayRef<Combiner> combiners);
  /// Opens loops over `loops` that carry `carried`, runs `body`, and returns
  /// what is carried out.
  llvm::SmallVector<mlir::Value>
  openLoops(llvm::ArrayRef<unsigned> loops, mlir::ValueRange carried,
            llvm::function_ref<llvm::SmallVector<mlir::Value>(mlir::ValueRange)>
                body);

  /// How each output joins its terms; fails where no vector can: the neutral
  /// element is not known, or the body is more than one operation on it.
  mlir::FailureOr<llvm::SmallVector<Combiner>> findCombiners();
  llvm::SmallVector<mlir::Value> accumulateRow(mlir::ValueRange accumulators,
                                               unsigned numChains);
  mlir::Value combine(const Combiner &combiner, mlir::Value a, mlir::Value b);
  mlir::Value joinLanes(const Combiner &combiner, mlir::Value vector);
};

} // namespace gradc

#endif // GRADC_LIB_CODEGEN_GENERICEMITTER_H

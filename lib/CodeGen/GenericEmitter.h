//===- GenericEmitter.h - Emit one generic as vector loops ------*- C++ -*-===//

#ifndef GRADC_LIB_CODEGEN_GENERICEMITTER_H
#define GRADC_LIB_CODEGEN_GENERICEMITTER_H

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/PatternMatch.h"

namespace gradc {

/// How a reduction joins two values, and the value that changes nothing. Of an
/// output that is written, not reduced, neither.
struct Combiner {
  mlir::Operation *op = nullptr; ///< in the body: joins the output and a term
  mlir::TypedAttr neutral;
  /// The f32 that is added, widened, to an f64; null for anything else.
  mlir::Value narrow;
};

/// Emits a `linalg.generic` on buffers as loops whose innermost one runs over
/// vectors. Lanes, accumulators and the tree that joins them depend on the
/// shapes and types only.
class GenericEmitter {
public:
  /// Where `sharesWork`, threads take parts of a long outer loop.
  GenericEmitter(mlir::RewriterBase &rewriter, mlir::linalg::GenericOp op,
                 bool sharesWork);

  /// Emits the loops before the op. Reports what it cannot lower.
  mlir::LogicalResult emit();

private:
  mlir::RewriterBase &rewriter;
  mlir::linalg::GenericOp op;
  mlir::Location loc;
  bool sharesWork;
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
  /// Whether elements along the operand's last dimension are neighbours.
  bool isContiguous(unsigned operand);
  /// Whether each turn of the loops writes an element of its own.
  bool isWritten(unsigned output);

  llvm::SmallVector<mlir::Value> getIndices(unsigned operand);
  mlir::Value load(unsigned operand, mlir::Value mask);
  void store(unsigned output, mlir::Value value, mlir::Value mask);
  void hoistLoads();
  mlir::Value buildMask(int64_t count);
  llvm::SmallVector<mlir::Value> loadInputs(mlir::Value mask);
  /// Clones the body on vectors (or scalars); returns what it yields.
  llvm::SmallVector<mlir::Value> cloneBody(mlir::ValueRange inputs,
                                           mlir::ValueRange outputs);

  /// A block of a transposed generic: where it begins, and how many of its
  /// rows (along the transposed loop) and columns (along the vector loop)
  /// exist.
  struct Tile {
    mlir::Value row, column;
    int64_t rows, columns;
  };
  /// The loop along which all operands lie that do not lie along the vector
  /// loop, if transposing blocks of them in registers makes the rest vectors.
  std::optional<unsigned> findTransposedLoop();
  bool isTransposed(unsigned operand);
  void emitTransposed(unsigned rowLoop);
  void emitTiles(unsigned rowLoop, int64_t rows, int64_t columns,
                 bool sharesRows, mlir::Value scratch);
  mlir::Value createScratch(bool ofThread);
  void emitTile(unsigned rowLoop, const Tile &tile, mlir::Value scratch);
  llvm::SmallVector<mlir::Value>
  loadTransposed(unsigned operand, unsigned rowLoop, const Tile &tile);
  bool onlyTransposes();
  void storeTransposed(unsigned rowLoop, const Tile &tile);

  void emitScalarLoops();
  void emitScalarBody();
  void emitElementwise();
  void emitVectors(mlir::Value first, int64_t number, mlir::Value lastMask);
  void narrowBody(llvm::MutableArrayRef<Combiner> combiners);
  void emitReduction(llvm::MutableArrayRef<Combiner> combiners);
  bool isShared() const;
  mlir::Value openLoop(int64_t end, int64_t step, bool mayShare);
  /// The same with nothing to carry; the outermost loop may be shared.
  void openParallelLoops(llvm::ArrayRef<unsigned> loops,
                         llvm::function_ref<void()> body);
  /// Opens loops over `loops` that carry `carried`, runs `body`, and returns
  /// what is carried out.
  llvm::SmallVector<mlir::Value>
  openLoops(llvm::ArrayRef<unsigned> loops, mlir::ValueRange carried,
            llvm::function_ref<llvm::SmallVector<mlir::Value>(mlir::ValueRange)>
                body);

  /// How each output joins its terms; fails where no vector can: the neutral
  /// element is not known, or the body is more than one operation on it.
  mlir::FailureOr<llvm::SmallVector<Combiner>> findCombiners();
  llvm::SmallVector<mlir::Value>
  accumulateRow(llvm::ArrayRef<Combiner> combiners,
                mlir::ValueRange accumulators, unsigned numChains);
  llvm::SmallVector<mlir::Value>
  accumulateStretch(llvm::ArrayRef<Combiner> combiners, mlir::Value first,
                    int64_t count, mlir::ValueRange accumulators,
                    unsigned numChains);
  void accumulateVector(llvm::ArrayRef<Combiner> combiners,
                        llvm::MutableArrayRef<mlir::Value> sums,
                        mlir::Value mask);
  mlir::Value joinChains(const Combiner &combiner,
                         llvm::SmallVector<mlir::Value> chains);
  mlir::Value combine(const Combiner &combiner, mlir::Value a, mlir::Value b);
  mlir::Value joinLanes(const Combiner &combiner, mlir::Value vector);
};

} // namespace gradc

#endif // GRADC_LIB_CODEGEN_GENERICEMITTER_H

//===- ScanGradient.h - Backpropagation through time ------------*- C++ -*-===//

#ifndef GRADC_LIB_DIALECT_NN_SCANGRADIENT_H
#define GRADC_LIB_DIALECT_NN_SCANGRADIENT_H

#include "gradc/Dialect/NN/NN.h"
#include "gradc/Interfaces/DifferentiateBlock.h"
#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/SetVector.h"

namespace gradc::nn {

/// One use of a constant in the body. The copy has an argument for each use, so
/// that its gradient is what one op gives.
struct ConstantUse {
  unsigned constant;
  mlir::BlockArgument argument;
  mlir::Value gradient = {}; ///< of one turn
  /// Gives the sum over all turns after the loop, or null: then the loop
  /// carries the sum.
  mlir::Operation *joined = {};
};

class ScanGradient {
public:
  ScanGradient(ScanOp op, mlir::OpBuilder &builder, mlir::ValueRange given)
      : op(op), builder(builder), loc(op.getLoc()), given(given) {}
  mlir::FailureOr<llvm::SmallVector<mlir::Value>> build();

private:
  ScanOp op;
  mlir::OpBuilder &builder;
  mlir::Location loc;
  mlir::ValueRange given; ///< the gradients of the results, or null

  // The copy of the body, and the gradient's ops behind it.
  mlir::Region region;
  mlir::Block *copy = nullptr;
  llvm::DenseMap<mlir::Value, mlir::Value>
      originals; ///< of states, slices and ops' results
  llvm::DenseSet<mlir::Operation *> copiedOps;
  llvm::SmallVector<ConstantUse> uses;
  llvm::SmallVector<mlir::BlockArgument>
      carried; ///< the gradient of each next state
  GradientMap gradients;
  /// Ops behind the gradient's that the forward loop can compute.
  llvm::DenseSet<mlir::Operation *> factorOps;
  /// A gradient that is another one times a factor of the forward turn.
  struct Product {
    mlir::Value gradient, factor;
  };
  llvm::DenseMap<mlir::Value, Product> products;
  /// Values of the copy that whole sequences hold.
  llvm::DenseMap<mlir::Value, mlir::Value> sequenceOf;

  // What the reverse scan is made of.
  llvm::SetVector<mlir::Operation *> moved;
  llvm::SetVector<mlir::Value> external; ///< what they take from outside
  llvm::SetVector<mlir::Value>
      stacked; ///< what the reverse scan gives for each step
  llvm::SmallVector<mlir::Value>
      kept; ///< what the forward scan must give as well
  ScanOp reverse;

  void copyBody(mlir::IRMapping &mapping);
  void seedGradients(const mlir::IRMapping &mapping);
  bool isForward(mlir::Value value);
  bool isReadOnce(mlir::Value gradient);
  void replaceGradient(mlir::Value old, mlir::Value gradient);
  void formFactor(LinearOpInterface linear);
  void formFactors();
  void buildFactors(mlir::Block &body, mlir::IRMapping &mapping);
  bool canJoin(mlir::Operation *sum);
  void keepForward(mlir::Value value);
  void chooseSums();
  void chooseOutputs(mlir::Value watched);
  void collect(mlir::Value root);
  void collectAll();
  void extendForward();
  void createReverse();
  void buildReverseBody(mlir::ValueRange sequences, mlir::ValueRange constants);
  mlir::Value getReverseOutput(mlir::Value value);
  mlir::Value buildJoined(mlir::Operation *sum);
  mlir::Value buildConstantGradient(unsigned constant);
  mlir::Type getStackType(mlir::Value value) {
    auto type = mlir::cast<mlir::RankedTensorType>(value.getType());
    llvm::SmallVector<int64_t> shape{int64_t(op.getSteps())};
    llvm::append_range(shape, type.getShape());
    return mlir::RankedTensorType::get(shape, type.getElementType());
  }
};

/// The sum of two gradients of one type.
mlir::Value buildGradientSum(mlir::OpBuilder &builder, mlir::Location loc,
                             mlir::Value a, mlir::Value b);

} // namespace gradc::nn

#endif // GRADC_LIB_DIALECT_NN_SCANGRADIENT_H

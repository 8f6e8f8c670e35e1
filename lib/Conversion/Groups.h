//===- Groups.h - Sums and formulas over groups of elements -----*- C++ -*-===//

#ifndef GRADC_LIB_CONVERSION_GROUPS_H
#define GRADC_LIB_CONVERSION_GROUPS_H

#include "BuildGeneric.h"

namespace gradc {

/// A tensor cut into groups of elements: some of its dimensions tell the groups
/// apart, over the others is summed. Groups are the channels of images, or the
/// samples of a batch.
class Groups {
public:
  /// `kept`: the dimensions that tell the groups of a `type` apart, in order,
  /// at least one of `type` less.
  Groups(mlir::OpBuilder &builder, mlir::Location loc,
         mlir::RankedTensorType type, llvm::ArrayRef<unsigned> kept);

  using Formula = llvm::function_ref<llvm::SmallVector<Scalar>(
      llvm::ArrayRef<Scalar> operands)>;

  /// How many elements a group has.
  double getCount() const { return count; }

  /// Adds up terms over each group in one pass, in the type `sumType`. The
  /// formula sees an element of each of `inputs`, which are whole tensors or
  /// numbers for each group.
  llvm::SmallVector<mlir::Value> sum(mlir::ValueRange inputs, unsigned numSums,
                                     mlir::Type sumType, Formula terms);
  /// The same in the element type.
  llvm::SmallVector<mlir::Value> sum(mlir::ValueRange inputs, unsigned numSums,
                                     Formula terms);

  /// Computes numbers for each group from others, in f64.
  llvm::SmallVector<mlir::Value> combine(mlir::ValueRange inputs,
                                         unsigned numResults, Formula formula);

  /// Computes a whole tensor.
  mlir::Value apply(mlir::ValueRange inputs,
                    llvm::function_ref<Scalar(llvm::ArrayRef<Scalar>)> formula);

  /// The mean and the biased variance of each group. The variance takes a pass
  /// of its own: the mean of squares less the square of the mean cancels. The
  /// mean is summed in f64: of equal elements it is exactly that element, and
  /// far from 0 it keeps the digits that tell elements apart.
  std::pair<mlir::Value, mlir::Value> buildStatistics(mlir::Value input);

private:
  mlir::OpBuilder &builder;
  mlir::Location loc;
  mlir::RankedTensorType type, groupType;
  llvm::SmallVector<unsigned> summed;
  mlir::AffineMap all, group;
  double count;

  llvm::SmallVector<mlir::AffineMap> getMaps(mlir::ValueRange inputs) const;
  llvm::SmallVector<mlir::Value> buildOutputs(mlir::RankedTensorType type,
                                              unsigned number);
};

} // namespace gradc

#endif // GRADC_LIB_CONVERSION_GROUPS_H

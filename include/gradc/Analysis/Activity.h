//===- Activity.h - What a gradient has to reach ----------------*- C++ -*-===//

#ifndef GRADC_ANALYSIS_ACTIVITY_H
#define GRADC_ANALYSIS_ACTIVITY_H

#include "mlir/IR/Block.h"
#include "llvm/ADT/DenseSet.h"

namespace gradc {

/// Which values of a block depend on a parameter. Only their gradients are of
/// use: those of inputs, labels and constants need no op (activity analysis,
/// Griewank and Walther, Evaluating Derivatives, 2008, chapter 6).
class Activity {
public:
  explicit Activity(mlir::Block &block);

  /// Whether `value` is a parameter or computed from one.
  bool dependsOnParameter(mlir::Value value) const {
    return active.contains(value);
  }

private:
  llvm::DenseSet<mlir::Value> active;
};

} // namespace gradc

#endif // GRADC_ANALYSIS_ACTIVITY_H

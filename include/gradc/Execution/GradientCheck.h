//===- GradientCheck.h - Compiled gradients against quotients ---*- C++ -*-===//
//
// The check behind `gradc check`. It sees a model's weights, its loss and its
// gradients, and nothing of how they are computed.
//
//===----------------------------------------------------------------------===//

#ifndef GRADC_EXECUTION_GRADIENTCHECK_H
#define GRADC_EXECUTION_GRADIENTCHECK_H

#include "gradc/Execution/Trainer.h"

namespace gradc {

enum class CheckVerdict {
  Passed,
  Failed,
  Untested, ///< nothing differed, but nothing could be tested either
};

/// A slope of the loss, as the compiled code and as the quotients give it.
struct SlopePair {
  double analytic = 0, numeric = 0;
  double relativeError = 0; ///< of the larger of the two
};

/// What became of one parameter.
struct TensorCheck {
  std::string name;
  llvm::SmallVector<int64_t> shape;
  /// Elements that were looked at: `tested`, `kinks` and `belowResolution`
  /// together.
  int64_t drawn = 0;
  int64_t tested = 0, passed = 0;
  int64_t zeros = 0;           ///< of those that passed: the slope is 0
  int64_t kinks = 0;           ///< the loss has a corner there: skipped
  int64_t belowResolution = 0; ///< too small to be told from rounding
  /// The worst element that was tested, its index in row-major order; -1 where
  /// none was.
  int64_t worstIndex = -1;
  SlopePair worst;
  /// The slope along a random direction through all elements; only for a tensor
  /// of which not all were drawn.
  std::optional<CheckVerdict> directionVerdict;
  SlopePair direction;

  CheckVerdict getVerdict() const;
  /// Whether a slope that is not 0 was tested.
  bool hasSlope() const;
};

struct GradientCheckResult {
  std::vector<TensorCheck> tensors; ///< in the order of the variables

  /// `Failed` if one failed, else `Untested` if one could not be tested, or if
  /// all gradients are 0.
  CheckVerdict getVerdict() const;
};

struct GradientCheckOptions {
  uint64_t seed = 0;        ///< of masks, and of what is drawn
  bool allElements = false; ///< else 64 of a larger tensor, and one direction
  /// Called as soon as a tensor is done; may be empty.
  std::function<void(const TensorCheck &)> onTensor;
};

/// Compares the output of `gradients` for every parameter with central
/// differences of `loss`. `model` is compiled in f64 with both functions and
/// has its weights; they are the same to the bit afterwards. A slope fails
/// where it is off by more than 1e-6 of itself and by more than rounding of the
/// loss explains, at two step lengths that agree. Fails where the loss or the
/// model is of no use.
llvm::Expected<GradientCheckResult>
checkGradients(Model &model, const void *inputs, const void *targets,
               const GradientCheckOptions &options);

} // namespace gradc

#endif // GRADC_EXECUTION_GRADIENTCHECK_H

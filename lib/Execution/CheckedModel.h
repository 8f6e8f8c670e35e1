//===- CheckedModel.h - A model whose gradients are checked -----*- C++ -*-===//

#ifndef GRADC_LIB_EXECUTION_CHECKEDMODEL_H
#define GRADC_LIB_EXECUTION_CHECKEDMODEL_H

#include "gradc/Execution/Model.h"

namespace gradc {

/// The loss and the gradients of a model at weights near its own, on one batch.
/// Puts back its state, bit for bit, at the end.
class CheckedModel {
public:
  CheckedModel(Model &model, const void *inputs, const void *targets,
               uint64_t seed);
  ~CheckedModel() { restore(); }

  /// The gradients of all parameters where the weights are now. Fails where the
  /// loss is not finite, or there is no room.
  llvm::Expected<Block> computeGradients();
  /// The same into a block that has room.
  void computeGradients(const Block &outputs);
  double getLoss();

  const std::vector<TensorPlace> &getVariables() const {
    return model.getProgram().variables;
  }
  llvm::MutableArrayRef<double> getWeights(const TensorPlace &place) const {
    return {reinterpret_cast<double *>(state + place.offset),
            size_t(place.getNumElements())};
  }
  /// The gradient of `place` among `gradients`. Fails where the code gives
  /// none.
  llvm::Expected<llvm::ArrayRef<double>>
  findGradient(const TensorPlace &place, const Block &gradients) const;

  /// Measures how the loss is rounded.
  double measureNoise();
  /// Gradients at weights that differ by some rounding errors, along different
  /// lines: only rounding makes them differ by much.
  llvm::Expected<std::vector<Block>> computeNearbyGradients();

private:
  Model &model;
  const void *inputs, *targets;
  uint64_t seed;
  char *state;
  std::vector<char> saved;

  void restore() const { std::copy(saved.begin(), saved.end(), state); }
  void moveAlong(int line, double step);
};

} // namespace gradc

#endif // GRADC_LIB_EXECUTION_CHECKEDMODEL_H

//===- Health.h - How gradients fare in each layer --------------*- C++ -*-===//
//
// Collects the probes of watched steps and judges them. Both the gradients of
// the weights and the deltas count: the former can look balanced where the
// latter vanish, when activations shrink as fast along the depth.
//
//===----------------------------------------------------------------------===//

#ifndef GRADC_DRIVER_HEALTH_H
#define GRADC_DRIVER_HEALTH_H

#include "gradc/Execution/Trainer.h"
#include "llvm/ADT/StringMap.h"
#include <optional>

namespace gradc {

/// A curve in bounded memory: neighbours are joined when it grows long.
class History {
public:
  void add(double value);
  llvm::ArrayRef<double> get() const { return values; }

private:
  std::vector<double> values;
  int64_t stride = 1, pending = 0; ///< samples of a value; of the next one
  double pendingSum = 0;
};

/// A mean over the watched steps of one epoch.
struct Mean {
  double sum = 0;
  int64_t count = 0;
  void add(double value) {
    sum += value;
    ++count;
  }
  std::optional<double> get() const {
    return count ? std::optional(sum / double(count)) : std::nullopt;
  }
};

/// What the probes of a layer with parameters said.
struct LayerHealth {
  enum class State { Ok, Slow, Asleep, Dead, Saturated, NonFinite };

  std::string name;
  Mean gradientNorm, delta, updateRatio, dead, saturated;
  std::vector<Mean> throughTime; ///< norms of dL/dh after each step, if watched
  History gradientNorms;
  State state = State::Ok;
};

enum class Verdict { Healthy, Uneven, Vanishing, Exploding };

/// The probes of a training.
class HealthRecord {
public:
  /// Layers in the order of the net, as the variables of `program` name them.
  explicit HealthRecord(const Program &program);

  void add(const StepRecord &record);
  /// Training ended with numbers that are not finite.
  void setDiverged() { hasDiverged = true; }
  /// Whether there was a watched step.
  bool hasProbes() const { return watchedSteps > 0; }

  /// Judges the last epoch that was watched: fills in each layer's state.
  Verdict judge();

  llvm::ArrayRef<LayerHealth> getLayers() const { return layers; }
  int64_t getSteps() const { return steps; }
  int64_t getClippedSteps() const { return clippedSteps; }

private:
  std::vector<LayerHealth> layers;
  llvm::StringMap<size_t> indexOfLayer;
  llvm::StringMap<std::string> mainParameter; ///< whose norm a layer shows
  int64_t batch;
  bool hasDiverged = false;
  int64_t epoch = 0, steps = 0, watchedSteps = 0, clippedSteps = 0;
  int64_t stepsClippedByNet = 0; ///< by a clip of the train section
  std::vector<double> totalNorms;

  void addProbe(llvm::StringRef kind, llvm::StringRef name, double value);
  Verdict judgeShape(Mean LayerHealth::*quantity);
  bool hasExploded() const;
};

/// `ok`, `slow`, `asleep`, ...
llvm::StringRef getName(LayerHealth::State state);
/// `healthy`, `uneven`, `VANISHING`, `EXPLODING`.
llvm::StringRef getName(Verdict verdict);

} // namespace gradc

#endif // GRADC_DRIVER_HEALTH_H

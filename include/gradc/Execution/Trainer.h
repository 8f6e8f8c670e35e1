//===- Trainer.h - Run a compiled step over data ----------------*- C++ -*-===//
//
// Order of samples, calls of the compiled functions, and what they report. No
// arithmetic of the network happens here.
//
//===----------------------------------------------------------------------===//

#ifndef GRADC_EXECUTION_TRAINER_H
#define GRADC_EXECUTION_TRAINER_H

#include "gradc/Execution/Model.h"

namespace gradc {

/// One training step, told to the observer after it.
struct StepRecord {
  int64_t step;  ///< from 1
  int64_t epoch; ///< from 1
  int64_t samples;
  double rate;
  bool watched;
  std::vector<Report> reports; ///< `loss`, metrics, clip factors, and probes
                               ///< where watched
};

/// One epoch: the means over its samples, and those of the validation set.
struct EpochRecord {
  int64_t epoch, epochs; ///< the number of this one, from 1, and of all
  int64_t firstStep, lastStep;
  double seconds;
  std::vector<Report> train; ///< `loss`, `penalty`, metrics: no `/` in the name
  std::vector<Report> validation; ///< empty without a validation set
};

/// What watches a training; every function may be empty.
struct TrainingObserver {
  std::function<void(const StepRecord &)> onStep;
  std::function<void(const EpochRecord &)> onEpoch;
};

/// What a training is asked to do.
struct TrainingPlan {
  int64_t epochs = 1;   ///< 0: as many as `maxSteps` needs
  int64_t maxSteps = 0; ///< stop after so many steps; 0: no bound
  uint64_t seed = 0;
  bool shuffle = true;
  uint64_t shuffleSeed = 0;
  bool dropLast = false;
  int64_t watchEvery = 0; ///< steps; 0: never
  std::function<double(int64_t step)> rate;

  /// Samples of the smaller batch that ends an epoch; 0 where there is none, or
  /// none that the steps come to. `batch` is that of the others.
  int64_t countLastBatch(int64_t samples, int64_t batch) const {
    bool isReached = maxSteps <= 0 || maxSteps > samples / batch;
    return dropLast || !isReached ? 0 : samples % batch;
  }
};

/// How a training ended.
enum class TrainingEnd { Done, Diverged, Stopped };

struct TrainingResult {
  TrainingEnd end = TrainingEnd::Done;
  int64_t steps = 0;
  /// Where it diverged: the step, and the report or variable that was not
  /// finite.
  int64_t badStep = 0;
  std::string badName;
};

/// Trains `model` on `train`, evaluating on `validation` (may be null) after
/// each epoch, also after one that `maxSteps` cut short. Stops at the first
/// loss that is not finite, or after an epoch that left a variable so
/// (`Diverged`), or after the step during which `stop` became true (`Stopped`;
/// may be null). Errors: FileError, where the data do not fit or leave no step,
/// and those of `compileForBatch`.
llvm::Expected<TrainingResult>
trainModel(Model &model, const CompileForBatch &compileForBatch,
           const data::BatchReader &train, const data::BatchReader *validation,
           const TrainingPlan &plan, const TrainingObserver &observer,
           const volatile bool *stop);

/// Bytes that a training on `train` asks for beside those of `model`, at most
/// at one time, with evaluations on `others` (null ones are left out).
int64_t countTrainingBytes(const Model &model, const data::BatchReader &train,
                           llvm::ArrayRef<const data::BatchReader *> others);

/// The means of the loss and metrics over all samples of `reader`; none where
/// it is empty.
std::vector<Report> evaluate(Model &model, const data::BatchReader &reader);

/// The network's outputs for all samples of `reader`, in their order:
/// [samples, ...] in the element type of the program.
data::Array predict(Model &model, const data::BatchReader &reader);

} // namespace gradc

#endif // GRADC_EXECUTION_TRAINER_H

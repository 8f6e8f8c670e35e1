//===- Trainer.h - Run a compiled step over data ----------------*- C++ -*-===//
//
// Order of samples, calls of the compiled functions, and what they report. No
// arithmetic of the network happens here.
//
//===----------------------------------------------------------------------===//

#ifndef GRADC_EXECUTION_TRAINER_H
#define GRADC_EXECUTION_TRAINER_H

#include "gradc/Data/Batches.h"
#include "gradc/Execution/Engine.h"
#include "gradc/Execution/State.h"
#include <functional>
#include <map>

namespace gradc {

/// A number that a step or an evaluation reported.
struct Report {
  llvm::StringRef name;
  double value;
};

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

class Model;

/// Makes the program for another batch size, when the last batch is smaller.
using CompileForBatch =
    std::function<llvm::Expected<std::unique_ptr<Model>>(int64_t batch)>;

/// A loaded program with its memory.
class Model {
public:
  /// Links the program and allocates its state (not yet initialized) and the
  /// room for one batch.
  static llvm::Expected<std::unique_ptr<Model>> create(Program program);

  const Program &getProgram() const { return program; }
  const Block &getState() const { return state; }
  bool hasFunction(llvm::StringRef name) const { return engine->lookup(name); }

  /// Room for the inputs, targets and outputs of one call, null where the
  /// program has none.
  void *getInputs() const { return inputs.data(); }
  void *getTargets() const { return targets.data(); }
  void *getOutputs() const { return outputs.data(); }

  /// This model, or that of the same network for another batch size, which
  /// works on this one's state through `callOn`. Compiled at the first need and
  /// kept. Fails where its variables lie elsewhere in the state.
  llvm::Expected<Model *> forBatch(int64_t batch,
                                   const CompileForBatch &compile);

  /// Calls one function on this model's state. Returns its reports, whose names
  /// live as long as the model.
  std::vector<Report> call(llvm::StringRef function, const void *inputs,
                           const void *targets, int64_t number, double rate,
                           int64_t seed, void *outputs = nullptr);
  /// The same on the state of another model of the same network: a program for
  /// another batch size works on the state of the first.
  std::vector<Report> callOn(const Block &otherState, llvm::StringRef function,
                             const void *inputs, const void *targets,
                             int64_t number, double rate, int64_t seed,
                             void *outputs = nullptr);

private:
  Program program;
  std::unique_ptr<Engine> engine;
  Block state, arena, reportBlock, inputs, targets, outputs;
  std::map<int64_t, std::unique_ptr<Model>> otherBatches;

  explicit Model(Program &&program) : program(std::move(program)) {}
  llvm::Error allocate();
};

/// The form in which a program takes the targets of a data set.
struct TargetLayout {
  data::TargetForm form;
  int64_t width; ///< of one target; for classes, how many
};
TargetLayout getTargetLayout(const Program &program, const data::DataSet &data);

/// Whether the samples fit: the width of inputs and targets, the range of class
/// labels. `train` asks by itself; ask before `evaluate` and `predict`. Errors:
/// FileError, `Data`.
llvm::Error checkData(const Program &program, const data::DataSet &data,
                      bool withTargets = true);

/// Copies the samples at `positions` of `reader` into the model's room. Where
/// there are fewer than the batch, the last one is repeated.
void gatherBatch(Model &model, const data::BatchReader &reader,
                 llvm::ArrayRef<int64_t> positions, bool withTargets = true);

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

/// The means of the loss and metrics over all samples of `reader`; none where
/// it is empty.
std::vector<Report> evaluate(Model &model, const data::BatchReader &reader);

/// The network's outputs for all samples of `reader`, in their order:
/// [samples, ...] in the element type of the program.
data::Array predict(Model &model, const data::BatchReader &reader);

} // namespace gradc

#endif // GRADC_EXECUTION_TRAINER_H

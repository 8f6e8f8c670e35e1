//===- Model.h - A loaded program with its memory ---------------*- C++ -*-===//

#ifndef GRADC_EXECUTION_MODEL_H
#define GRADC_EXECUTION_MODEL_H

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

class Model;

/// Makes the program for another batch size, when the last batch is smaller.
using CompileForBatch =
    std::function<llvm::Expected<std::unique_ptr<Model>>(int64_t batch)>;

/// A function of a loaded program: looked up once, called often.
struct LoadedFunction {
  StepFunction code = nullptr;
  llvm::ArrayRef<std::string> reports; ///< the names; they live with the model
};

/// A loaded program with its memory.
class Model {
public:
  /// Links the program and allocates its state (not yet initialized) and the
  /// room for one batch. One that works on the state of another needs none.
  static llvm::Expected<std::unique_ptr<Model>> create(Program program,
                                                       bool withState = true);

  const Program &getProgram() const { return program; }
  const Block &getState() const { return state; }
  bool hasFunction(llvm::StringRef name) const { return engine->lookup(name); }
  /// The function of that name; one without code where the program has none.
  LoadedFunction find(llvm::StringRef name) const;

  /// Room for the inputs, targets and outputs of one call, null where the
  /// program has none.
  void *getInputs() const { return inputs.data(); }
  void *getTargets() const { return targets.data(); }
  void *getOutputs() const { return outputs.data(); }
  const Block &getInputRoom() const { return inputs; }
  const Block &getTargetRoom() const { return targets; }

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

  /// The same with a function that was looked up before. Returns the numbers
  /// alone, in the order of their names; the next call overwrites them.
  llvm::ArrayRef<double> run(const LoadedFunction &function,
                             const Block &otherState, const void *inputs,
                             const void *targets, int64_t number, double rate,
                             int64_t seed, void *outputs = nullptr);

  /// The variables as files have them: each at its place in a block like the
  /// state, its elements in logical row-major order. A program may keep them
  /// otherwise; then it has the functions that convert.
  llvm::Expected<Block> copyState() const;
  /// Takes over variables that `copyState` could have given.
  void restoreState(const Block &variables);

private:
  Program program;
  std::unique_ptr<Engine> engine;
  Block state, arena, reportBlock, inputs, targets, outputs;
  std::map<int64_t, std::unique_ptr<Model>> otherBatches;

  explicit Model(Program &&program) : program(std::move(program)) {}
  llvm::Error allocate(bool withState);
};

/// The form in which a program takes the targets of a data set.
struct TargetLayout {
  data::TargetForm form;
  int64_t width; ///< of one target; for classes, how many
};
TargetLayout getTargetLayout(const Program &program, const data::DataSet &data);

/// Whether the samples fit: the width of inputs and targets, the order of the
/// dimensions of an input (those of 1 do not count), the range of class labels.
/// Of the samples of `reader`, whether they are the classes that the network
/// takes. `train` asks by itself; ask before `evaluate` and `predict`. Errors:
/// FileError, `Data`.
llvm::Error checkData(const Program &program, const data::BatchReader &reader,
                      bool withTargets = true);

/// Copies the samples at `positions` of `reader` into the model's room. Where
/// there are fewer than the batch, the last one is repeated.
void gatherBatch(Model &model, const data::BatchReader &reader,
                 llvm::ArrayRef<int64_t> positions, bool withTargets = true);
/// The same into other room, as large as the model's; `targets` may be null.
void gatherInto(const Program &program, const data::BatchReader &reader,
                llvm::ArrayRef<int64_t> positions, void *inputs, void *targets);

} // namespace gradc

#endif // GRADC_EXECUTION_MODEL_H

//===- Trainer.cpp - Run a compiled step over data ------------------------===//

#include "gradc/Execution/Trainer.h"
#include "BatchQueue.h"
#include "Means.h"

#include "gradc/Data/FileError.h"
#include <algorithm>
#include <chrono>
#include <cmath>

using namespace llvm;

namespace gradc {

namespace {
/// A function that trains, and where its numbers go.
struct CompiledStep {
  LoadedFunction function;
  size_t loss = 0; ///< which number; past the end where it reports none
  std::vector<Means::Slot> slots;
};

/// The functions for one batch size; `model` is null until they are needed.
struct BatchSteps {
  Model *model = nullptr;
  CompiledStep plain, watched;
};

/// One training and how far it has come.
class Training {
public:
  Training(Model &model, const CompileForBatch &compile,
           const data::BatchReader &samples,
           const data::BatchReader *validation, const TrainingPlan &plan,
           const TrainingObserver &observer, const volatile bool *stop)
      : model(model), compile(compile), samples(samples),
        validation(validation), plan(plan), observer(observer), stop(stop) {}

  Expected<TrainingResult> run();

private:
  Error check();
  int64_t countEpochs() const;
  Error runEpoch(int64_t epoch, int64_t epochs);
  CompiledStep findStep(const Model &code, StringRef name);
  Expected<BatchSteps *> getSteps(int64_t samples);
  Error runStep(int64_t epoch);
  void tell(const CompiledStep &step, ArrayRef<double> values);
  bool isOver() const {
    return hasEnded || (plan.maxSteps > 0 && result.steps >= plan.maxSteps);
  }
  void end(TrainingEnd how) {
    hasEnded = true;
    result.end = how;
  }
  void diverge(StringRef name);
  bool wantsStop() const { return stop && *stop; }

  Model &model;
  const CompileForBatch &compile;
  const data::BatchReader &samples;
  const data::BatchReader *validation;
  const TrainingPlan &plan;
  const TrainingObserver &observer;
  const volatile bool *stop;

  TrainingResult result;
  bool hasEnded = false;
  int64_t batch = 0;
  BatchQueue queue{model, samples};
  BatchSteps whole, last; ///< of a full batch, and of a smaller last one
  Means means;
  StepRecord record = {};                 ///< one for all steps
  const CompiledStep *recorded = nullptr; ///< whose names are in it
};
} // namespace

Error Training::check() {
  if (Error error = checkData(model.getProgram(), samples))
    return error;
  if (validation)
    if (Error error = checkData(model.getProgram(), *validation))
      return error;
  auto refuse = [&](const Twine &text) {
    return data::makeError(data::FileError::Kind::Data,
                           samples.getData().inputsFile, text);
  };
  if (samples.size() == 0)
    return refuse("no samples to train on");
  if (plan.dropLast && samples.size() < batch)
    return refuse("a batch of " + Twine(batch) + " takes more than the " +
                  Twine(samples.size()) +
                  " samples to train on, and 'drop_last' leaves no step");
  return Error::success();
}

int64_t Training::countEpochs() const {
  if (plan.maxSteps <= 0)
    return plan.epochs;
  int64_t steps = samples.size() / batch;
  if (!plan.dropLast && samples.size() % batch != 0)
    ++steps;
  int64_t needed = plan.maxSteps / steps + (plan.maxSteps % steps != 0);
  return plan.epochs > 0 ? std::min(plan.epochs, needed) : needed;
}

Expected<TrainingResult> Training::run() {
  batch = model.getProgram().batch;
  if (Error error = check())
    return error;
  int64_t epochs = countEpochs();
  for (int64_t epoch = 1; epoch <= epochs && !isOver(); ++epoch)
    if (Error error = runEpoch(epoch, epochs))
      return error;
  return result;
}

Error Training::runEpoch(int64_t epoch, int64_t epochs) {
  auto start = std::chrono::steady_clock::now();
  std::vector<int64_t> order =
      data::epochOrder(samples.size(), plan.shuffleSeed, epoch, plan.shuffle);
  if (plan.dropLast)
    order.resize(order.size() - order.size() % batch);
  queue.start(std::move(order));
  EpochRecord record{epoch, epochs, result.steps + 1, 0, 0, {}, {}};
  while (!queue.isEmpty() && !isOver())
    if (Error error = runStep(epoch))
      return error;
  queue.stop(); // an evaluation needs the room
  // The last update may have broken what the last loss did not see yet.
  if (result.end != TrainingEnd::Diverged)
    if (std::string name = findNonFinite(model.getProgram(), model.getState());
        !name.empty())
      diverge(name);
  if (hasEnded)
    return Error::success();
  record.lastStep = result.steps;
  record.train = means.take();
  if (validation)
    record.validation = evaluate(model, *validation);
  std::chrono::duration<double> elapsed =
      std::chrono::steady_clock::now() - start;
  record.seconds = elapsed.count();
  if (observer.onEpoch)
    observer.onEpoch(record);
  return Error::success();
}

CompiledStep Training::findStep(const Model &code, StringRef name) {
  CompiledStep step;
  step.function = code.find(name);
  ArrayRef<std::string> reports = step.function.reports;
  step.loss = find(reports, "loss") - reports.begin();
  step.slots = means.enter(reports);
  return step;
}

/// Nothing is looked up by name in a step: here it is, once for a batch size.
Expected<BatchSteps *> Training::getSteps(int64_t samples) {
  BatchSteps &steps = samples == batch ? whole : last;
  if (steps.model)
    return &steps;
  Expected<Model *> code = model.forBatch(samples, compile);
  if (!code)
    return code.takeError();
  steps.plain = findStep(**code, "train_step");
  steps.watched = findStep(**code, "train_step_watched");
  steps.model = *code;
  return &steps;
}

Error Training::runStep(int64_t epoch) {
  BatchQueue::Batch samples = queue.next();
  Expected<BatchSteps *> steps = getSteps(samples.positions.size());
  if (!steps)
    return steps.takeError();
  record.step = ++result.steps;
  record.epoch = epoch;
  record.samples = samples.positions.size();
  record.rate = plan.rate(record.step);
  record.watched = plan.watchEvery > 0 &&
                   (record.step - 1) % plan.watchEvery == 0 &&
                   (*steps)->watched.function.code;
  CompiledStep &step = record.watched ? (*steps)->watched : (*steps)->plain;
  ArrayRef<double> values = (*steps)->model->run(
      step.function, model.getState(), samples.inputs, samples.targets,
      record.step, record.rate, int64_t(plan.seed));
  means.add(step.slots, values, record.samples);
  // Probes may be undefined where all is well; the loss may not.
  if (step.loss < values.size() && !std::isfinite(values[step.loss])) {
    auto bad = find_if(values, [](double x) { return !std::isfinite(x); });
    diverge(step.function.reports[bad - values.begin()]);
  }
  if (observer.onStep)
    tell(step, values);
  if (wantsStop() && !hasEnded)
    end(TrainingEnd::Stopped);
  return Error::success();
}

/// The record keeps its memory, and its names while the function is the same.
void Training::tell(const CompiledStep &step, ArrayRef<double> values) {
  if (recorded != &step) {
    record.reports.clear();
    for (const std::string &name : step.function.reports)
      record.reports.push_back({name, 0});
    recorded = &step;
  }
  for (auto [report, value] : zip_equal(record.reports, values))
    report.value = value;
  observer.onStep(record);
}

void Training::diverge(StringRef name) {
  end(TrainingEnd::Diverged);
  result.badStep = result.steps;
  result.badName = name.str();
}

int64_t countTrainingBytes(const Model &model, const data::BatchReader &train,
                           ArrayRef<const data::BatchReader *> others) {
  int64_t most = 0;
  for (const data::BatchReader *other : others)
    if (other)
      most = std::max(most, BatchQueue::countBytes(model, *other));
  return BatchQueue::countBytes(model, train) + most;
}

Expected<TrainingResult>
trainModel(Model &model, const CompileForBatch &compileForBatch,
           const data::BatchReader &train, const data::BatchReader *validation,
           const TrainingPlan &plan, const TrainingObserver &observer,
           const volatile bool *stop) {
  return Training(model, compileForBatch, train, validation, plan, observer,
                  stop)
      .run();
}

} // namespace gradc

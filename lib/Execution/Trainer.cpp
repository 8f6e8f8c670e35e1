//===- Trainer.cpp - Run a compiled step over data ------------------------===//

#include "gradc/Execution/Trainer.h"

#include "gradc/Data/FileError.h"
#include <algorithm>
#include <chrono>
#include <cmath>

using namespace llvm;

namespace gradc {

namespace {
/// Means of reports, weighted by samples. A report that only some steps make
/// has the mean over those.
class Means {
public:
  void add(ArrayRef<Report> reports, int64_t samples) {
    for (const Report &report : reports) {
      if (report.name.contains('/'))
        continue; // of one parameter or layer: not a number of the epoch
      auto sum =
          find_if(sums, [&](const Sum &s) { return s.name == report.name; });
      if (sum == sums.end())
        sum = sums.insert(sum, {report.name, 0, 0});
      sum->total += report.value * double(samples);
      sum->samples += samples;
    }
  }
  std::vector<Report> get() const {
    std::vector<Report> means;
    for (const Sum &sum : sums)
      means.push_back({sum.name, sum.total / double(sum.samples)});
    return means;
  }

private:
  struct Sum {
    StringRef name;
    double total;
    int64_t samples;
  };
  std::vector<Sum> sums;
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
  Error runStep(int64_t epoch, ArrayRef<int64_t> positions, Means &means);
  bool isOver() const {
    return hasEnded || (plan.maxSteps > 0 && result.steps >= plan.maxSteps);
  }
  void end(TrainingEnd how) {
    hasEnded = true;
    result.end = how;
  }
  void diverge(StringRef name);

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
};
} // namespace

Error Training::check() {
  if (Error error = checkData(model.getProgram(), samples.getData()))
    return error;
  if (validation)
    if (Error error = checkData(model.getProgram(), validation->getData()))
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
  ArrayRef<int64_t> rest = order;
  if (plan.dropLast)
    rest = rest.drop_back(rest.size() % batch);
  EpochRecord record{epoch, epochs, result.steps + 1, 0, 0, {}, {}};
  Means means;
  while (!rest.empty() && !isOver()) {
    ArrayRef<int64_t> positions = rest.take_front(batch);
    rest = rest.drop_front(positions.size());
    if (Error error = runStep(epoch, positions, means))
      return error;
  }
  // The last update may have broken what the last loss did not see yet.
  if (result.end != TrainingEnd::Diverged)
    if (std::string name = findNonFinite(model.getProgram(), model.getState());
        !name.empty())
      diverge(name);
  if (hasEnded)
    return Error::success();
  record.lastStep = result.steps;
  record.train = means.get();
  if (validation)
    record.validation = evaluate(model, *validation);
  std::chrono::duration<double> elapsed =
      std::chrono::steady_clock::now() - start;
  record.seconds = elapsed.count();
  if (observer.onEpoch)
    observer.onEpoch(record);
  return Error::success();
}

Error Training::runStep(int64_t epoch, ArrayRef<int64_t> positions,
                        Means &means) {
  Expected<Model *> code = model.forBatch(positions.size(), compile);
  if (!code)
    return code.takeError();
  gatherBatch(**code, samples, positions);
  StepRecord record;
  record.step = ++result.steps;
  record.epoch = epoch;
  record.samples = positions.size();
  record.rate = plan.rate(record.step);
  record.watched = plan.watchEvery > 0 &&
                   (record.step - 1) % plan.watchEvery == 0 &&
                   (*code)->hasFunction("train_step_watched");
  record.reports = (*code)->callOn(
      model.getState(), record.watched ? "train_step_watched" : "train_step",
      (*code)->getInputs(), (*code)->getTargets(), record.step, record.rate,
      int64_t(plan.seed));
  means.add(record.reports, record.samples);
  auto isBad = [](const Report &r) { return !std::isfinite(r.value); };
  // Probes may be undefined where all is well; the loss may not.
  bool hasBadLoss = any_of(record.reports, [&](const Report &report) {
    return report.name == "loss" && isBad(report);
  });
  if (hasBadLoss)
    diverge(find_if(record.reports, isBad)->name);
  if (observer.onStep)
    observer.onStep(record);
  if (stop && *stop && !hasEnded)
    end(TrainingEnd::Stopped);
  return Error::success();
}

void Training::diverge(StringRef name) {
  end(TrainingEnd::Diverged);
  result.badStep = result.steps;
  result.badName = name.str();
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

//===- Train.cpp - gradc train --------------------------------------------===//

#include "Commands.h"
#include "Signals.h"
#include "TrainFiles.h"
#include "TrainScreen.h"
#include "gradc/Diagnostics/Characters.h"
#include "gradc/Driver/DriverError.h"
#include "gradc/Driver/Figures.h"

#include "llvm/Support/FileSystem.h"
#include <fmt/format.h>

using namespace llvm;

namespace gradc {
namespace {
/// One training from the loaded file to the last message.
class TrainCommand {
public:
  explicit TrainCommand(Session &session)
      : session(session), options(session.options), console(session.console),
        files(session) {}

  Error run();

private:
  Session &session;
  const Options &options;
  Console &console;
  std::unique_ptr<TrainingData> data;
  std::unique_ptr<Model> model;
  CompileOptions compileOptions;
  CompileForBatch compileForBatch;
  TrainingPlan plan;
  TrainFiles files;
  std::optional<TrainScreen> screen;
  int64_t epochs = 0; ///< as many as there will be at most

  Error checkRequest();
  Error prepare();
  void makePlan();
  int64_t countSteps();
  Error makeModel();
  Expected<TrainingResult> runSteps();
  Error finish(TrainingResult result);
  Error reportDivergence(const TrainingResult &result);
};
} // namespace

/// What must be known before time is spent.
Error TrainCommand::checkRequest() {
  if (Error error = session.checkTrainable())
    return error;
  if (!options.data.empty() && !sys::fs::is_directory(options.data))
    return makeUsageError("option '--data': '" + showText(options.data) +
                          "' is no directory");
  if (options.threads > 1)
    session.messages.note("training runs on 1 thread; more are not supported "
                          "yet");
  return files.check();
}

void TrainCommand::makePlan() {
  const TrainSettings &settings = session.getSettings();
  plan.epochs = settings.epochs;
  plan.maxSteps = settings.steps;
  plan.seed = settings.seed;
  plan.shuffle = settings.shuffle;
  plan.shuffleSeed = settings.shuffleSeed.value_or(settings.seed);
  plan.dropLast = settings.dropLast;
  plan.watchEvery = settings.watchEvery;
  plan.rate = [rate = session.getRate()](int64_t) { return rate; };
}

/// Steps of an epoch; also sets how many epochs there are.
int64_t TrainCommand::countSteps() {
  int64_t batch = model->getProgram().batch, samples = data->train->size();
  int64_t steps = samples / batch;
  if (!plan.dropLast && samples % batch != 0)
    ++steps;
  epochs = plan.epochs;
  if (plan.maxSteps == 0 || steps == 0)
    return steps;
  int64_t needed = (plan.maxSteps - 1) / steps + 1;
  epochs = plan.epochs > 0 ? std::min(plan.epochs, needed) : needed;
  return std::min(steps, plan.maxSteps);
}

Error TrainCommand::makeModel() {
  Expected<Program> program = session.compile(compileOptions);
  if (!program)
    return program.takeError();
  session.times.mark("compiling");
  Expected<std::unique_ptr<Model>> made = Model::create(std::move(*program));
  if (!made)
    return made.takeError();
  model = std::move(*made);
  compileForBatch = [this](int64_t batch) -> Expected<std::unique_ptr<Model>> {
    CompileOptions other = compileOptions;
    other.batch = batch;
    Expected<Program> program = session.compile(other);
    if (!program)
      return program.takeError();
    return Model::create(std::move(*program));
  };
  model->call("initialize", nullptr, nullptr, 0, 0, int64_t(plan.seed));
  if (!options.weights.empty())
    return readWeights(*model, options.weights);
  return Error::success();
}

/// Everything up to the first step: data and code at the same time.
Error TrainCommand::prepare() {
  makePlan();
  compileOptions = session.getCompileOptions();
  compileOptions.gradients = !options.gradients.empty();
  DataLoader loader(session.getSettings(), options);
  double before = session.times.getTotal();
  if (Error error = makeModel())
    return error;
  session.times.mark("loading the code");
  double seconds = session.times.getTotal() - before;
  Expected<std::unique_ptr<TrainingData>> loaded = loader.get();
  if (!loaded)
    return loaded.takeError();
  data = std::move(*loaded);
  session.times.mark("waiting for the data");
  const Program &program = model->getProgram();
  if (Error error = checkData(program, data->samples))
    return error;
  if (data->testSamples)
    if (Error error = checkData(program, *data->testSamples))
      return error;
  if (data->train->size() < program.batch)
    session.messages.warn(fmt::format(
        "a batch of {} is more than the {} samples to train on",
        formatCount(program.batch), formatCount(data->train->size())));
  if (Error error = files.open(program, *data, plan))
    return error;
  int64_t stepsPerEpoch = countSteps();
  screen.emplace(options, console, program, stepsPerEpoch);
  screen->showHead(program, *data, seconds, files.getRunDirectory());
  if (!options.gradients.empty())
    return dumpGradients(*model, compileForBatch, *data->train, plan,
                         options.gradients);
  return Error::success();
}

Expected<TrainingResult> TrainCommand::runSteps() {
  TrainingObserver observer;
  auto stopWhenLost = [this] {
    if (console.out.hasFailed() || files.hasFailed())
      stopRequested = true;
  };
  observer.onStep = [&](const StepRecord &record) {
    if (record.step == 1)
      session.times.mark("first step");
    files.onStep(record);
    screen->onStep(record, epochs);
    stopWhenLost();
  };
  observer.onEpoch = [&](const EpochRecord &record) {
    files.onEpoch(record);
    screen->onEpoch(record);
    stopWhenLost();
  };
  catchSignals();
  const data::BatchReader *validation =
      data->validation ? &*data->validation : nullptr;
  return trainModel(*model, compileForBatch, *data->train, validation, plan,
                    observer, &stopRequested);
}

Error TrainCommand::reportDivergence(const TrainingResult &result) {
  ExitCode code =
      options.failOnNaN ? ExitCode::CheckFailed : ExitCode::Diverged;
  return makeDriverError(
      code,
      fmt::format("training diverged: '{}' is not finite at step {}; no "
                  "weights are written",
                  result.badName, formatCount(result.badStep)),
      {fmt::format("the learning rate is {}: try a lower one, or a clip: --set "
                   "'train.clip=norm 1.0'",
                   plan.rate(result.badStep))});
}

Error TrainCommand::finish(TrainingResult result) {
  // Weights that are of no use must not replace any that are.
  if (result.end != TrainingEnd::Diverged)
    if (std::string name =
            findNonFinite(model->getProgram(), model->getState());
        !name.empty()) {
      result.end = TrainingEnd::Diverged;
      result.badStep = result.steps;
      result.badName = name;
    }
  screen->showHealth(result.end == TrainingEnd::Diverged);
  bool hasWeights = result.end != TrainingEnd::Diverged;
  std::vector<Report> test;
  if (result.end == TrainingEnd::Done && data->test) {
    test = evaluate(*model, *data->test);
    screen->showTest(test, data->test->size());
  }
  Error error = files.finish(*model, result, test, hasWeights);
  if (error)
    return error;
  if (options.timeReport)
    errs() << session.times.format();
  if (!hasWeights)
    return reportDivergence(result);
  std::string weights = "weights: " + showText(files.getWeightsPath());
  if (int number = getStopSignal()) {
    session.messages.note(fmt::format("stopped after step {}; {}",
                                      formatCount(result.steps), weights));
    return make_error<DriverError>(128 + number, "");
  }
  screen->showLine(weights);
  return Error::success();
}

Error TrainCommand::run() {
  if (Error error = checkRequest())
    return error;
  if (Error error = prepare())
    return error;
  Expected<TrainingResult> result = runSteps();
  if (!result)
    return result.takeError();
  return finish(std::move(*result));
}

Error runTrain(Session &session) { return TrainCommand(session).run(); }

} // namespace gradc

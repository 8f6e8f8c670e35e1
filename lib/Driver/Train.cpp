//===- Train.cpp - gradc train --------------------------------------------===//

#include "Commands.h"
#include "DryRun.h"
#include "Signals.h"
#include "TrainFiles.h"
#include "TrainScreen.h"
#include "gradc/Diagnostics/Characters.h"
#include "gradc/Driver/DriverError.h"
#include "gradc/Driver/Figures.h"
#include "gradc/Execution/Threads.h"

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
  CodeOrigin code = {};

  Error checkRequest();
  void startThreads();
  Error load();
  Error checkLoaded();
  Error begin();
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
  startThreads();
  return files.check();
}

/// As many threads as asked for and as the machine can give. Fewer change
/// nothing but the time.
void TrainCommand::startThreads() {
  unsigned wanted = options.threads;
  if (unsigned processors = countProcessors(); wanted > processors) {
    session.messages.note(fmt::format(
        "{} for this process: training runs on {}",
        processors == 1 ? "there is 1 processor"
                        : fmt::format("there are {} processors", processors),
        processors == 1 ? "1 thread" : fmt::format("{} threads", processors)));
    wanted = processors;
  }
  if (wanted == 1)
    return;
  if (Error error = useThreads(wanted))
    session.messages.note("training runs on 1 thread: " +
                          toString(std::move(error)));
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
  if (options.dryRun) {
    epochs = 1;
    return std::min(steps, *options.dryRun);
  }
  if (plan.maxSteps == 0 || steps == 0)
    return steps;
  int64_t needed = (plan.maxSteps - 1) / steps + 1;
  epochs = plan.epochs > 0 ? std::min(plan.epochs, needed) : needed;
  return std::min(steps, plan.maxSteps);
}

Error TrainCommand::makeModel() {
  CompileOptions timed = compileOptions;
  timed.onPhase = [this](StringRef phase) { session.times.mark(phase); };
  Expected<Program> program = session.compile(timed);
  if (!program)
    return program.takeError();
  code.isFromCache = session.wasCached();
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
    return Model::create(std::move(*program), /*withState=*/false);
  };
  model->call("initialize", nullptr, nullptr, 0, 0, int64_t(plan.seed));
  if (!options.weights.empty())
    return readWeights(*model, options.weights);
  return Error::success();
}

/// Data and code, at the same time.
Error TrainCommand::load() {
  makePlan();
  compileOptions = session.getCompileOptions();
  compileOptions.gradients = !options.gradients.empty();
  DataLoader loader(session.getSettings(), options);
  double before = session.times.getTotal();
  if (Error error = makeModel())
    return error;
  session.times.mark("loading the code");
  code.seconds = session.times.getTotal() - before;
  Expected<std::unique_ptr<TrainingData>> loaded = loader.get();
  if (!loaded)
    return loaded.takeError();
  data = std::move(*loaded);
  session.times.mark("waiting for the data");
  return checkLoaded();
}

Error TrainCommand::checkLoaded() {
  const Program &program = model->getProgram();
  for (auto *part : {&data->train, &data->validation, &data->test})
    if (part->has_value())
      if (Error error = session.checkData(program, **part))
        return error;
  if (data->train->size() < program.batch)
    session.messages.warn(fmt::format(
        "a batch of {} is more than the {} samples to train on",
        formatCount(program.batch), formatCount(data->train->size())));
  // The rest of an epoch is compiled at its end: too late to say this.
  int64_t last = plan.countLastBatch(data->train->size(), program.batch);
  return last == 0 ? Error::success() : session.checkBatch(last);
}

/// Everything up to the first step that a training writes and shows.
Error TrainCommand::begin() {
  const Program &program = model->getProgram();
  if (!options.dryRun)
    if (Error error = files.open(program, *data, plan))
      return error;
  int64_t stepsPerEpoch = countSteps();
  screen.emplace(options, console, program, stepsPerEpoch);
  screen->showHead(program, *data, code, files.getRunDirectory());
  if (options.dryRun) {
    limitData(*data, program.batch, *options.dryRun);
    plan.epochs = 1;
  } else if (!options.gradients.empty()) {
    return dumpGradients(*model, compileForBatch, *data->train, plan,
                         options.gradients);
  }
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
  bool hasWeights = result.end != TrainingEnd::Diverged;
  if (!options.dryRun)
    screen->showHealth(!hasWeights);
  std::vector<Report> test;
  if (result.end == TrainingEnd::Done && data->test) {
    test = evaluate(*model, *data->test);
    screen->showTest(test, data->test->size());
  }
  if (!options.dryRun)
    if (Error error = files.finish(*model, result, test, hasWeights))
      return error;
  session.showTimes();
  if (!hasWeights)
    return reportDivergence(result);
  std::string weights = options.dryRun
                            ? "dry run: nothing is written"
                            : "weights: " + showText(files.getWeightsPath());
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
  if (Error error = load())
    return error;
  if (options.dryRun) {
    Expected<std::string> tables =
        formatDryRun(session, *model, compileForBatch, *data, plan);
    if (!tables)
      return tables.takeError();
    console.out.write(*tables);
    if (options.dryRun == 0) {
      session.showTimes();
      return Error::success();
    }
  }
  if (Error error = begin())
    return error;
  Expected<TrainingResult> result = runSteps();
  if (!result)
    return result.takeError();
  return finish(std::move(*result));
}

Error runTrain(Session &session) { return TrainCommand(session).run(); }

} // namespace gradc

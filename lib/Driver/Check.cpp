//===- Check.cpp - gradc check --------------------------------------------===//

#include "Commands.h"
#include "TrainFiles.h"
#include "gradc/Driver/DriverError.h"
#include "gradc/Driver/Figures.h"
#include "gradc/Execution/GradientCheck.h"

#include <fmt/format.h>

using namespace llvm;

namespace gradc {

static const char *getName(CheckVerdict verdict) {
  switch (verdict) {
  case CheckVerdict::Passed:
    return "passed";
  case CheckVerdict::Failed:
    return "FAILED";
  case CheckVerdict::Untested:
    return "untested";
  }
  return "";
}

/// A gradient of 0 has passed, but says little of how it is computed.
static const char *getName(const TensorCheck &check) {
  CheckVerdict verdict = check.getVerdict();
  bool isZero = verdict == CheckVerdict::Passed && !check.hasSlope();
  return isZero ? "zero" : getName(verdict);
}

static constexpr char rowFormat[] =
    "  {:24} {:>14} {:>9} {:>8} {:>7} {:>7} {:>12}  {}\n";

static std::string formatHead() {
  return fmt::format(rowFormat, "parameter", "shape", "tested", "passed",
                     "kinks", "small", "worst error", "verdict");
}

static std::string formatRow(const TensorCheck &check) {
  double worst = check.worstIndex >= 0 ? check.worst.relativeError : 0;
  if (check.directionVerdict)
    worst = std::max(worst, check.direction.relativeError);
  return fmt::format(
      rowFormat, check.name, data::formatShape(check.shape),
      formatCount(check.tested), formatCount(check.passed),
      formatCount(check.kinks), formatCount(check.belowResolution),
      check.worstIndex >= 0 || check.hasSlope() ? fmt::format("{:.1e}", worst)
                                                : "-",
      getName(check));
}

/// The worst parameter: of those that failed the one with the largest error,
/// else one that could not be tested.
static const TensorCheck *findWorst(const GradientCheckResult &result) {
  const TensorCheck *worst = nullptr;
  CheckVerdict verdict = result.getVerdict();
  for (const TensorCheck &tensor : result.tensors)
    if (tensor.getVerdict() == verdict &&
        (!worst || tensor.worst.relativeError > worst->worst.relativeError))
      worst = &tensor;
  return worst;
}

static Error reportVerdict(const GradientCheckResult &result) {
  if (result.getVerdict() == CheckVerdict::Passed)
    return Error::success();
  const TensorCheck *worst = findWorst(result);
  if (!worst)
    return makeDriverError(
        ExitCode::CheckFailed,
        result.tensors.empty()
            ? "the network has no parameters to check"
            : "all gradients are 0: the loss does not depend on any parameter");
  if (result.getVerdict() == CheckVerdict::Untested)
    return makeDriverError(
        ExitCode::CheckFailed,
        fmt::format("the gradient of '{}' could not be tested: every element "
                    "is too small or lies at a kink",
                    worst->name));
  return makeDriverError(
      ExitCode::CheckFailed,
      fmt::format("the gradient of '{}' is wrong: element {} is {}, by "
                  "differences {}",
                  worst->name, worst->worstIndex, worst->worst.analytic,
                  worst->worst.numeric));
}

/// A model in f64 with the weights to check at.
static Expected<std::unique_ptr<Model>> makeModel(Session &session,
                                                  int64_t batch) {
  CompileOptions options = session.getCompileOptions();
  options.isF64 = options.gradients = true;
  options.watch = false;
  options.batch = batch;
  Expected<Program> program = session.compile(options);
  if (!program)
    return program.takeError();
  Expected<std::unique_ptr<Model>> model = Model::create(std::move(*program));
  if (!model)
    return model;
  (*model)->call("initialize", nullptr, nullptr, 0, 0,
                 int64_t(session.getSettings().seed));
  if (!session.options.weights.empty())
    if (Error error = readWeights(**model, session.options.weights))
      return error;
  return model;
}

static Error checkModel(Session &session, Model &model) {
  const Options &options = session.options;
  GradientCheckOptions checkOptions;
  checkOptions.seed = session.getSettings().seed;
  checkOptions.allElements = options.allElements;
  Output &out = session.console.out;
  if (!options.quiet) {
    out.write(fmt::format("gradients of {} in f64 against differences of the "
                          "loss, {} samples\n\n",
                          model.getProgram().networkName,
                          model.getProgram().batch));
    out.write(formatHead());
    checkOptions.onTensor = [&](const TensorCheck &tensor) {
      out.write(formatRow(tensor));
    };
  }
  Expected<GradientCheckResult> result = checkGradients(
      model, model.getInputs(), model.getTargets(), checkOptions);
  if (!result)
    return result.takeError();
  if (!options.quiet)
    out.write(fmt::format("\n{}\n", getName(result->getVerdict())));
  return reportVerdict(*result);
}

Error runCheck(Session &session) {
  const TrainSettings &settings = session.getSettings();
  if (Error error = session.checkTrainable())
    return error;
  Expected<std::unique_ptr<TrainingData>> data =
      DataLoader(settings, session.options).get();
  if (!data)
    return data.takeError();
  const data::BatchReader &samples = *(*data)->train;
  // One batch, in the order of the file: the check asks nothing of its order.
  std::vector<int64_t> positions = data::epochOrder(
      std::min(samples.size(), settings.batch), 0, 1, /*shuffle=*/false);
  Expected<std::unique_ptr<Model>> model = makeModel(session, positions.size());
  if (!model)
    return model.takeError();
  if (Error error = session.checkData((*model)->getProgram(), samples))
    return error;
  gatherBatch(**model, samples, positions);
  return checkModel(session, **model);
}

} // namespace gradc

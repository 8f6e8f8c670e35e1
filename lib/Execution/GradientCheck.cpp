//===- GradientCheck.cpp - Compiled gradients against quotients -----------===//

#include "gradc/Execution/GradientCheck.h"

#include "DifferenceQuotient.h"
#include "gradc/Data/Philox.h"
#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>
#include <set>

using namespace llvm;

namespace gradc {

// Of a larger tensor, so many elements are drawn.
static constexpr int64_t kMostElements = 64;

CheckVerdict TensorCheck::getVerdict() const {
  if (passed < tested || directionVerdict == CheckVerdict::Failed)
    return CheckVerdict::Failed;
  if (tested > 0 || directionVerdict == CheckVerdict::Passed)
    return CheckVerdict::Passed;
  return CheckVerdict::Untested;
}

CheckVerdict GradientCheckResult::getVerdict() const {
  CheckVerdict verdict =
      tensors.empty() ? CheckVerdict::Untested : CheckVerdict::Passed;
  for (const TensorCheck &tensor : tensors) {
    if (tensor.getVerdict() == CheckVerdict::Failed)
      return CheckVerdict::Failed;
    if (tensor.getVerdict() == CheckVerdict::Untested)
      verdict = CheckVerdict::Untested;
  }
  return verdict;
}

namespace {
/// A check under way. Puts back the state, bit for bit, at its end.
class Checker {
public:
  Checker(Model &model, const void *inputs, const void *targets,
          const GradientCheckOptions &options)
      : model(model), inputs(inputs), targets(targets), options(options),
        state(static_cast<char *>(model.getState().data())),
        saved(state, state + model.getState().size()) {}
  ~Checker() { std::copy(saved.begin(), saved.end(), state); }

  Expected<GradientCheckResult> run();

private:
  Expected<double> computeGradients(Block &outputs);
  double getLoss();
  double getNoise();
  TensorCheck checkTensor(const TensorPlace &place, ArrayRef<double> gradient);
  void checkElement(double &weight, double analytic, int64_t index,
                    TensorCheck &check);
  void checkDirection(MutableArrayRef<double> weights,
                      ArrayRef<double> gradient, TensorCheck &check);
  std::vector<int64_t> drawElements(StringRef name, int64_t count) const;
  MutableArrayRef<double> getWeights(const TensorPlace &place) const {
    return {reinterpret_cast<double *>(state + place.offset),
            size_t(place.getNumElements())};
  }

  Model &model;
  const void *inputs, *targets;
  const GradientCheckOptions &options;
  char *state;
  std::vector<char> saved;
  double noise = 0; ///< deviation of one value of the loss
};
} // namespace

static Expected<double> findLoss(ArrayRef<Report> reports) {
  for (const Report &report : reports)
    if (report.name == "loss")
      return report.value;
  return createStringError("the compiled code does not report its loss");
}

double Checker::getLoss() {
  // The same step each time: the same masks.
  Expected<double> loss = findLoss(
      model.call("loss", inputs, targets, 1, 0, int64_t(options.seed)));
  return cantFail(std::move(loss));
}

/// Measures how the loss is rounded, on lines so short that it is straight.
double Checker::getNoise() {
  constexpr int kLines = 3, kPoints = 9;
  const double step = 0x1p-33;
  std::array<double, kLines> found;
  for (int line = 0; line < kLines; ++line) {
    std::array<double, kPoints> losses;
    for (int point = 0; point < kPoints; ++point) {
      data::Random random(options.seed, "noise", line);
      for (const TensorPlace &place : model.getProgram().variables)
        if (place.kind == "parameter")
          for (double &weight : getWeights(place))
            weight += (random.word() & 1 ? step : -step) *
                      std::max(1.0, std::fabs(weight));
      losses[point] = getLoss();
    }
    found[line] = estimateNoise(losses);
    std::copy(saved.begin(), saved.end(), state);
  }
  // A kink on one of the lines does no harm.
  llvm::sort(found);
  return found[kLines / 2];
}

std::vector<int64_t> Checker::drawElements(StringRef name,
                                           int64_t count) const {
  std::vector<int64_t> elements;
  if (options.allElements || count <= kMostElements) {
    elements.resize(count);
    std::iota(elements.begin(), elements.end(), 0);
    return elements;
  }
  data::Random random(options.seed, name);
  std::set<int64_t> drawn;
  while (int64_t(drawn.size()) < kMostElements)
    drawn.insert(random.below(count));
  elements.assign(drawn.begin(), drawn.end());
  return elements;
}

static SlopePair makePair(double analytic, double numeric) {
  double size = std::max(std::fabs(analytic), std::fabs(numeric));
  double error = size == 0 ? 0 : std::fabs(analytic - numeric) / size;
  if (std::isnan(error))
    error = HUGE_VAL;
  return {analytic, numeric, error};
}

void Checker::checkElement(double &weight, double analytic, int64_t index,
                           TensorCheck &check) {
  double original = weight;
  double unit = 1;
  if (std::fabs(original) > 1)
    unit = std::ldexp(1, std::ilogb(original));
  SlopeTest test = testSlope(
      [&](double distance) {
        weight = original + distance;
        return getLoss();
      },
      analytic, noise, unit);
  weight = original;
  ++check.drawn;
  if (test.outcome == SlopeOutcome::Kink) {
    ++check.kinks;
    return;
  }
  if (test.outcome == SlopeOutcome::BelowResolution) {
    ++check.belowResolution;
    return;
  }
  bool hasFailed = test.outcome == SlopeOutcome::Failed;
  bool isFirstFailure = hasFailed && check.passed == check.tested;
  bool hadFailure = check.passed < check.tested;
  ++check.tested;
  check.passed += !hasFailed;
  SlopePair pair = makePair(analytic, test.numeric);
  // One that failed comes before one that passed with the help of its noise.
  bool isWorse =
      hasFailed >= hadFailure && pair.relativeError > check.worst.relativeError;
  if (check.worstIndex < 0 || isFirstFailure || isWorse) {
    check.worstIndex = index;
    check.worst = pair;
  }
}

void Checker::checkDirection(MutableArrayRef<double> weights,
                             ArrayRef<double> gradient, TensorCheck &check) {
  std::vector<double> original(weights.begin(), weights.end());
  data::Random random(options.seed, check.name, 1);
  double length = 1 / std::sqrt(double(weights.size())), analytic = 0;
  std::vector<double> direction(weights.size());
  for (size_t i = 0; i < direction.size(); ++i) {
    direction[i] = random.word() & 1 ? length : -length;
    analytic += direction[i] * gradient[i];
  }
  SlopeTest test = testSlope(
      [&](double distance) {
        for (size_t i = 0; i < weights.size(); ++i)
          weights[i] = original[i] + distance * direction[i];
        return getLoss();
      },
      analytic, noise, /*unit=*/1);
  std::copy(original.begin(), original.end(), weights.begin());
  check.direction = makePair(analytic, test.numeric);
  check.directionVerdict =
      test.outcome == SlopeOutcome::Passed   ? CheckVerdict::Passed
      : test.outcome == SlopeOutcome::Failed ? CheckVerdict::Failed
                                             : CheckVerdict::Untested;
}

TensorCheck Checker::checkTensor(const TensorPlace &place,
                                 ArrayRef<double> gradient) {
  TensorCheck check;
  check.name = place.name;
  check.shape = place.shape;
  MutableArrayRef<double> weights = getWeights(place);
  std::vector<int64_t> elements = drawElements(place.name, weights.size());
  for (int64_t index : elements)
    checkElement(weights[index], gradient[index], index, check);
  if (elements.size() < weights.size())
    checkDirection(weights, gradient, check);
  return check;
}

/// Fills `outputs` with the gradients. Returns the loss, which the two
/// functions must be able to tell.
Expected<double> Checker::computeGradients(Block &outputs) {
  Expected<double> loss =
      findLoss(model.call("gradients", inputs, targets, 1, 0,
                          int64_t(options.seed), outputs.data()));
  if (!loss)
    return loss.takeError();
  Expected<double> again = findLoss(
      model.call("loss", inputs, targets, 1, 0, int64_t(options.seed)));
  if (!again)
    return again.takeError();
  if (!std::isfinite(*loss) || !std::isfinite(*again))
    return createStringError("the loss is not finite, so there is nothing to "
                             "compare gradients with");
  return *loss;
}

Expected<GradientCheckResult> Checker::run() {
  const ProgramFunction &function =
      model.getProgram().functions.find("gradients")->second;
  Expected<Block> outputs = Block::allocate(function.outputBytes);
  if (!outputs)
    return outputs.takeError();
  Expected<double> loss = computeGradients(*outputs);
  if (!loss)
    return loss.takeError();
  GradientCheckResult result;
  result.loss = *loss;
  noise = getNoise();
  for (const TensorPlace &place : model.getProgram().variables) {
    if (place.kind != "parameter")
      continue;
    auto output = find_if(function.outputs, [&](const TensorPlace &o) {
      return o.name == place.name && o.shape == place.shape;
    });
    if (output == function.outputs.end())
      return createStringError("the compiled code gives no gradient of '" +
                               place.name + "'");
    auto *bytes = static_cast<const char *>(outputs->data()) + output->offset;
    ArrayRef<double> gradient(reinterpret_cast<const double *>(bytes),
                              output->getNumElements());
    result.tensors.push_back(checkTensor(place, gradient));
    if (options.onTensor)
      options.onTensor(result.tensors.back());
  }
  return result;
}

Expected<GradientCheckResult>
checkGradients(Model &model, const void *inputs, const void *targets,
               const GradientCheckOptions &options) {
  if (!model.getProgram().isF64 || !model.hasFunction("gradients") ||
      !model.hasFunction("loss"))
    return createStringError("the gradient check wants code in f64 with the "
                             "functions 'gradients' and 'loss'");
  return Checker(model, inputs, targets, options).run();
}

} // namespace gradc

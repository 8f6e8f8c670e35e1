//===- GradientCheck.cpp - Compiled gradients against quotients -----------===//

#include "gradc/Execution/GradientCheck.h"

#include "CheckedModel.h"
#include "DifferenceQuotient.h"
#include "gradc/Data/Philox.h"
#include <algorithm>
#include <cmath>
#include <functional>
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

bool TensorCheck::hasSlope() const {
  return tested > zeros || direction.analytic != 0;
}

CheckVerdict GradientCheckResult::getVerdict() const {
  // Gradients that are all 0 would be right of a loss that is cut off.
  CheckVerdict verdict =
      llvm::none_of(tensors, std::mem_fn(&TensorCheck::hasSlope))
          ? CheckVerdict::Untested
          : CheckVerdict::Passed;
  for (const TensorCheck &tensor : tensors) {
    if (tensor.getVerdict() == CheckVerdict::Failed)
      return CheckVerdict::Failed;
    if (tensor.getVerdict() == CheckVerdict::Untested)
      verdict = CheckVerdict::Untested;
  }
  return verdict;
}

namespace {
/// A check under way.
class Checker {
public:
  Checker(CheckedModel &model, const GradientCheckOptions &options)
      : model(model), options(options) {}

  Error prepare();
  Expected<GradientCheckResult> run();

private:
  /// The gradient of one parameter, and those at weights nearby.
  struct Gradient {
    const TensorPlace &place;
    ArrayRef<double> here;
    SmallVector<ArrayRef<double>> nearby;
  };
  /// Moves weights along a line.
  using Move = function_ref<void(double distance)>;
  /// The slope along a line, by the gradient of a parameter.
  using Project = function_ref<double(ArrayRef<double> gradient)>;

  Expected<Gradient> findGradient(const TensorPlace &place) const;
  TensorCheck checkTensor(const TensorPlace &place, const Gradient &gradient);
  SlopeTest testLine(Move move, Project project, const Gradient &gradient,
                     double unit);
  void checkElement(double &weight, int64_t index, const Gradient &gradient,
                    TensorCheck &check);
  void checkDirection(MutableArrayRef<double> weights, const Gradient &gradient,
                      TensorCheck &check);
  std::vector<int64_t> drawElements(StringRef name, int64_t count) const;

  CheckedModel &model;
  const GradientCheckOptions &options;
  Block gradients, scratch;
  std::vector<Block> nearbyGradients;
  double noise = 0; ///< deviation of one value of the loss
};
} // namespace

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

/// Whether nothing but rounding is left of a slope, as of a sum whose terms
/// cancel: then it is another one at the slightest move. One that is small
/// stays.
static bool isRounding(double slope, ArrayRef<double> nearby) {
  return slope == 0 || llvm::any_of(nearby, [&](double other) {
           return std::fabs(other - slope) >
                  1e-3 * std::max(std::fabs(other), std::fabs(slope));
         });
}

/// Tests the slope along a line, on which `move` leaves the weights at 0.
SlopeTest Checker::testLine(Move move, Project project,
                            const Gradient &gradient, double unit) {
  auto getLoss = [&](double distance) {
    move(distance);
    return model.getLoss();
  };
  double analytic = project(gradient.here);
  SlopeTest test = testSlope(getLoss, analytic, noise, unit);
  SmallVector<double> nearby(llvm::map_range(gradient.nearby, project));
  if (test.outcome == SlopeOutcome::BelowResolution &&
      isRounding(analytic, nearby) && isFlat(getLoss, analytic, noise, unit))
    test.outcome = SlopeOutcome::Zero;
  auto getSlope = [&](double distance) {
    move(distance);
    model.computeGradients(scratch);
    return project(cantFail(model.findGradient(gradient.place, scratch)));
  };
  if (test.outcome == SlopeOutcome::Failed &&
      hasCorners(getSlope, analytic, test, noise, unit))
    test.outcome = SlopeOutcome::Kink;
  move(0);
  return test;
}

static CheckVerdict getVerdict(SlopeOutcome outcome) {
  switch (outcome) {
  case SlopeOutcome::Passed:
  case SlopeOutcome::Zero:
    return CheckVerdict::Passed;
  case SlopeOutcome::Failed:
    return CheckVerdict::Failed;
  case SlopeOutcome::Kink:
  case SlopeOutcome::BelowResolution:
    break;
  }
  return CheckVerdict::Untested;
}

void Checker::checkElement(double &weight, int64_t index,
                           const Gradient &gradient, TensorCheck &check) {
  double original = weight;
  double unit = 1;
  if (std::fabs(original) > 1)
    unit = std::ldexp(1, std::ilogb(original));
  SlopeTest test = testLine(
      [&](double distance) { weight = original + distance; },
      [&](ArrayRef<double> all) { return all[index]; }, gradient, unit);
  ++check.drawn;
  check.kinks += test.outcome == SlopeOutcome::Kink;
  check.belowResolution += test.outcome == SlopeOutcome::BelowResolution;
  check.zeros += test.outcome == SlopeOutcome::Zero;
  CheckVerdict verdict = getVerdict(test.outcome);
  if (verdict == CheckVerdict::Untested)
    return;
  bool hasFailed = verdict == CheckVerdict::Failed;
  bool isFirstFailure = hasFailed && check.passed == check.tested;
  bool hadFailure = check.passed < check.tested;
  ++check.tested;
  check.passed += !hasFailed;
  if (test.outcome == SlopeOutcome::Zero)
    return;
  SlopePair pair = makePair(gradient.here[index], test.numeric);
  // One that failed comes before one that passed with the help of its noise.
  bool isWorse =
      hasFailed >= hadFailure && pair.relativeError > check.worst.relativeError;
  if (check.worstIndex < 0 || isFirstFailure || isWorse) {
    check.worstIndex = index;
    check.worst = pair;
  }
}

void Checker::checkDirection(MutableArrayRef<double> weights,
                             const Gradient &gradient, TensorCheck &check) {
  std::vector<double> original(weights.begin(), weights.end());
  data::Random random(options.seed, check.name, 1);
  double length = 1 / std::sqrt(double(weights.size()));
  std::vector<double> direction(weights.size());
  for (double &part : direction)
    part = random.word() & 1 ? length : -length;
  auto project = [&](ArrayRef<double> all) {
    double slope = 0;
    for (auto [part, element] : llvm::zip_equal(direction, all))
      slope += part * element;
    return slope;
  };
  SlopeTest test = testLine(
      [&](double distance) {
        for (size_t i = 0; i < weights.size(); ++i)
          weights[i] = original[i] + distance * direction[i];
      },
      project, gradient, /*unit=*/1);
  check.directionVerdict = getVerdict(test.outcome);
  if (test.outcome != SlopeOutcome::Zero)
    check.direction = makePair(project(gradient.here), test.numeric);
}

TensorCheck Checker::checkTensor(const TensorPlace &place,
                                 const Gradient &gradient) {
  TensorCheck check;
  check.name = place.name;
  check.shape = place.shape;
  MutableArrayRef<double> weights = model.getWeights(place);
  std::vector<int64_t> elements = drawElements(place.name, weights.size());
  for (int64_t index : elements)
    checkElement(weights[index], index, gradient, check);
  if (elements.size() < weights.size())
    checkDirection(weights, gradient, check);
  return check;
}

Expected<Checker::Gradient>
Checker::findGradient(const TensorPlace &place) const {
  Expected<ArrayRef<double>> here = model.findGradient(place, gradients);
  if (!here)
    return here.takeError();
  Gradient gradient{place, *here, {}};
  for (const Block &block : nearbyGradients)
    gradient.nearby.push_back(cantFail(model.findGradient(place, block)));
  return gradient;
}

Error Checker::prepare() {
  Expected<Block> computed = model.computeGradients();
  if (!computed)
    return computed.takeError();
  gradients = std::move(*computed);
  Expected<Block> room = Block::allocate(gradients.size());
  if (!room)
    return room.takeError();
  scratch = std::move(*room);
  noise = model.measureNoise();
  Expected<std::vector<Block>> nearby = model.computeNearbyGradients();
  if (!nearby)
    return nearby.takeError();
  nearbyGradients = std::move(*nearby);
  return Error::success();
}

Expected<GradientCheckResult> Checker::run() {
  if (Error error = prepare())
    return error;
  GradientCheckResult result;
  for (const TensorPlace &place : model.getVariables()) {
    if (place.kind != "parameter")
      continue;
    Expected<Gradient> gradient = findGradient(place);
    if (!gradient)
      return gradient.takeError();
    result.tensors.push_back(checkTensor(place, *gradient));
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
  CheckedModel checked(model, inputs, targets, options.seed);
  return Checker(checked, options).run();
}

} // namespace gradc

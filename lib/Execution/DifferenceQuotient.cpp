//===- DifferenceQuotient.cpp - The slope of a noisy function -------------===//

#include "DifferenceQuotient.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include <algorithm>
#include <array>
#include <cfloat>
#include <cmath>
#include <optional>

using namespace llvm;

namespace gradc {

// Steps as powers of two of the unit. The usual one balances truncation and
// rounding; shorter ones get away from kinks, longer ones lift a small slope
// out of the noise.
static constexpr int kUsualStep = -8, kShortestStep = -20, kLongestStep = -4;

// A slope may be off by this share of itself. Quotients that are compared with
// each other have to be better than that.
static constexpr double kTolerance = 1e-6;
static constexpr double kAgreement = 0.3 * kTolerance;
static constexpr double kConfirmation = 0.5 * kTolerance;

// Thousands of slopes are tested: a bound of so many deviations holds for all.
static constexpr double kDeviations = 6;

namespace {
struct Estimate {
  double value;
  double noise; ///< bound of what rounding does to `value`
  bool isGood;  ///< quotients of two lengths agree
};
} // namespace

/// What rounding of the loss does to a slope at most. The deviations of the
/// weighted sums below are 2.04 and 2.23 noise / step.
static double boundRounding(double noise, double step) {
  return kDeviations * 2.25 * noise / step;
}

/// Five-point quotients with steps of `step` and `step` / 2, and what follows
/// from both for a step of 0.
static Estimate estimateSlope(LossOnLine loss, double noise, double step) {
  double half = loss(step / 2) - loss(-step / 2);
  double one = loss(step) - loss(-step);
  double two = loss(2 * step) - loss(-2 * step);
  double fine = (8 * half - one) / (6 * step);
  double coarse = (8 * one - two) / (12 * step);
  double difference = fine - coarse;
  double bound = boundRounding(noise, step);
  double size = std::max(std::fabs(fine), std::fabs(coarse));
  // The error of a five-point quotient goes with the fourth power of its step.
  return {fine + difference / 15, bound,
          std::fabs(difference) <= kAgreement * size + bound};
}

static bool isClose(double a, double b, double tolerance, double noise) {
  return std::fabs(a - b) <=
         tolerance * std::max(std::fabs(a), std::fabs(b)) + noise;
}

/// Whether the loss has a corner at distance 0, of a size that explains a
/// difference of slopes of `difference`. Quotients with a step of 2^`exponent`
/// units do not see one that is much nearer: their mean of the slopes on both
/// sides is the same at all lengths.
static bool hasCorner(LossOnLine loss, double difference, double noise,
                      double unit, int exponent) {
  double middle = loss(0);
  auto getBend = [&](double step) {
    return std::fabs(loss(step) - 2 * middle + loss(-step)) / step;
  };
  for (; exponent >= kShortestStep; exponent -= 4) {
    double step = std::ldexp(unit, exponent), shorter = step / 16;
    double bend = getBend(step), shorterBend = getBend(shorter);
    double bound = kDeviations * 2.5 * noise / shorter;
    // The bend of a smooth function falls to a sixteenth; a corner's stays.
    if (shorterBend > bend / 4 + bound && difference <= shorterBend + bound)
      return true;
  }
  return false;
}

/// Whether quotients of shorter steps than 2^`exponent` units come to
/// `analytic`, as long as rounding lets them tell it from a slope that is off
/// by `difference`: then longer ones reached over a corner further away.
static bool isRightNearby(LossOnLine loss, double analytic, double difference,
                          double noise, double unit, int exponent) {
  for (exponent -= 2; exponent >= kShortestStep; exponent -= 2) {
    Estimate estimate = estimateSlope(loss, noise, std::ldexp(unit, exponent));
    if (2 * estimate.noise > difference)
      return false;
    if (estimate.isGood &&
        isClose(estimate.value, analytic, kTolerance, estimate.noise))
      return true;
  }
  return false;
}

SlopeTest testSlope(LossOnLine loss, double analytic, double noise,
                    double unit) {
  auto isResolved = [&](const Estimate &e) {
    double size = std::max(std::fabs(e.value), std::fabs(analytic));
    return e.noise <= kTolerance * size;
  };
  Estimate usual = estimateSlope(loss, noise, std::ldexp(unit, kUsualStep));
  bool isSmall = usual.isGood && !isResolved(usual);
  std::optional<Estimate> doubtful;
  for (int exponent = isSmall ? kLongestStep : kUsualStep;
       exponent >= kShortestStep; exponent -= 2) {
    Estimate estimate =
        exponent == kUsualStep
            ? usual
            : estimateSlope(loss, noise, std::ldexp(unit, exponent));
    if (!estimate.isGood)
      continue;
    // Two quotients over one kink can agree by chance; those of another length
    // then do not.
    if (doubtful && isClose(doubtful->value, estimate.value, kConfirmation,
                            doubtful->noise + estimate.noise)) {
      double difference = std::fabs(doubtful->value - analytic);
      bool isKink =
          hasCorner(loss, difference, noise, unit, exponent) ||
          isRightNearby(loss, analytic, difference, noise, unit, exponent);
      return {isKink ? SlopeOutcome::Kink : SlopeOutcome::Failed,
              doubtful->value, std::ldexp(unit, exponent + 2)};
    }
    if (isClose(estimate.value, analytic, kTolerance, estimate.noise))
      return {isResolved(estimate) ? SlopeOutcome::Passed
                                   : SlopeOutcome::BelowResolution,
              estimate.value};
    doubtful = estimate;
  }
  return {SlopeOutcome::Kink};
}

/// Whether corners lie nearer than any step: then the quotient is the mean of
/// the compiled slopes on both sides, and of several corners the slope between
/// them may be any.
static bool isMeanOfSides(SlopeOnLine slope, double analytic, double numeric,
                          double noise, double unit) {
  double rounding = boundRounding(noise, std::ldexp(unit, kShortestStep));
  for (int exponent = kShortestStep; exponent < kUsualStep; exponent += 2) {
    double distance = std::ldexp(unit, exponent);
    double left = slope(-distance), right = slope(distance);
    double size = std::max(std::fabs(left), std::fabs(right));
    double bound = 10 * kTolerance * size + rounding;
    // No smooth slope changes by so much over so little.
    if (std::fabs(right - left) > 100 * kTolerance * size &&
        std::fabs((left + right) / 2 - numeric) <= bound &&
        std::fabs(analytic - numeric) > 4 * bound)
      return true;
  }
  return false;
}

/// Whether the compiled slope jumps by `difference` within the points of a
/// quotient. The fifth difference of a smooth one is next to nothing.
static bool hasJump(SlopeOnLine slope, double difference, double step) {
  constexpr double weights[] = {-1, 5, -10, 10, -5, 1};
  double sum = 0;
  for (int i = 0; i < 6; ++i)
    sum += weights[i] * slope(0.4 * (2 * i - 5) * step);
  return std::fabs(sum) >= difference;
}

bool hasCorners(SlopeOnLine slope, double analytic, const SlopeTest &failed,
                double noise, double unit) {
  // Where rounding hides a short step, the long one may reach over corners.
  double difference = std::fabs(failed.numeric - analytic);
  bool isSmall = boundRounding(noise, failed.step) > kTolerance * difference;
  return isMeanOfSides(slope, analytic, failed.numeric, noise, unit) ||
         (isSmall && hasJump(slope, difference, failed.step));
}

/// Whether the loss stays within its rounding up to `reach` away.
static bool isFlatWithin(double reach, LossOnLine loss, double analytic,
                         double noise) {
  double middle = loss(0);
  for (double distance : {-reach, -reach / 4, reach / 4, reach}) {
    double change = std::fabs(loss(distance) - middle);
    // What cancels there may be larger, and so is its rounding.
    std::array<double, 9> losses;
    for (size_t i = 0; i < losses.size(); ++i)
      losses[i] = loss(distance * (1 + std::ldexp(double(i), -33)));
    double bound = kDeviations * std::max(noise, estimateNoise(losses));
    if (!(change <= bound && std::fabs(analytic * distance) <= bound))
      return false;
  }
  return true;
}

bool isFlat(LossOnLine loss, double analytic, double noise, double unit) {
  double middle = loss(0), step = std::ldexp(unit, kUsualStep);
  auto isSame = [&](double distance) { return loss(distance) == middle; };
  if (analytic == 0 && isSame(step) && isSame(-step) && isSame(step / 2) &&
      isSame(-step / 2))
    return true;
  // A kink further away does not matter.
  return llvm::any_of(ArrayRef({1.0, 0.25, 0.0625}), [&](double reach) {
    return isFlatWithin(reach * unit, loss, analytic, noise);
  });
}

// From the fourth differences, as in Hamming's tables and in ECNoise (More and
// Wild, Estimating computational noise, 2011): independent errors of variance 1
// give them a variance of 1 + 16 + 36 + 16 + 1 = 70.
double estimateNoise(ArrayRef<double> values) {
  SmallVector<double> differences(values);
  for (int order = 0; order < 4; ++order) {
    for (size_t i = 0; i + 1 < differences.size(); ++i)
      differences[i] = differences[i + 1] - differences[i];
    differences.pop_back();
  }
  double sum = 0;
  for (double difference : differences)
    sum += difference * difference;
  double measured = std::sqrt(sum / (70 * double(differences.size())));
  // The result itself is rounded at least.
  double rounding = 0.3 * DBL_EPSILON * std::fabs(values[0]);
  return std::max({measured, rounding, DBL_MIN});
}

} // namespace gradc

//===- DifferenceQuotient.h - The slope of a noisy function -----*- C++ -*-===//

#ifndef GRADC_LIB_EXECUTION_DIFFERENCEQUOTIENT_H
#define GRADC_LIB_EXECUTION_DIFFERENCEQUOTIENT_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace gradc {

/// The loss at a distance from where the weights are, along some line.
using LossOnLine = llvm::function_ref<double(double distance)>;
/// What the compiled gradient says is its slope there.
using SlopeOnLine = llvm::function_ref<double(double distance)>;

/// How a slope compares with that of the loss.
/// `Zero` is for the caller to say: one below resolution that `isFlat`.
enum class SlopeOutcome { Passed, Failed, Zero, Kink, BelowResolution };

struct SlopeTest {
  SlopeOutcome outcome;
  double numeric = 0; ///< by quotients; of no meaning at a kink
  double step = 0;    ///< of the quotients, where they failed
};

/// Compares `analytic` with the slope of `loss` at distance 0. `noise` is the
/// deviation of one value of the loss, `unit` the length that a step is
/// measured in: a power of two.
SlopeTest testSlope(LossOnLine loss, double analytic, double noise,
                    double unit);

/// Whether a test `failed` because of corners that its steps reach over, which
/// show in the compiled slope at other places of the line. A slope that is
/// wrong where the loss is smooth is not excused.
bool hasCorners(SlopeOnLine slope, double analytic, const SlopeTest &failed,
                double noise, double unit);

/// Whether `loss` does not depend on the distance at all: what a slope of 0
/// means, where it is not merely small. So it is where the loss is the same to
/// the bit, and where it stays within its rounding over a unit, or a sixteenth
/// of it at least, many steps of `testSlope`. `analytic` is too small to be
/// told from 0.
bool isFlat(LossOnLine loss, double analytic, double noise, double unit);

/// The deviation of the rounding errors in `values`, which were computed at
/// equal distances so small that all else is a straight line.
double estimateNoise(llvm::ArrayRef<double> values);

} // namespace gradc

#endif // GRADC_LIB_EXECUTION_DIFFERENCEQUOTIENT_H

//===- AdamOptimizers.cpp - Adam and AdamW --------------------------------===//

#include "gradc/Dialect/Train/Train.h"
#include "gradc/Interfaces/Scalar.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;
using namespace gradc;
using namespace gradc::train;

namespace {
/// The settings that Adam and AdamW share.
struct AdamSettings {
  FloatAttr rate, beta1, beta2, epsilon;
};
} // namespace

static FailureOr<AdamSettings> takeSettings(OpBuilder &builder,
                                            SourceArguments &arguments) {
  FailureOr<double> rate =
      arguments.takeNumberOr("lr", 0.001, NumberRange::positive());
  FailureOr<double> beta1 =
      arguments.takeNumberOr("beta1", 0.9, NumberRange::share());
  FailureOr<double> beta2 =
      arguments.takeNumberOr("beta2", 0.999, NumberRange::share());
  FailureOr<double> epsilon =
      arguments.takeNumberOr("eps", 1e-8, NumberRange::positive());
  if (failed(rate) || failed(beta1) || failed(beta2) || failed(epsilon))
    return failure();
  return AdamSettings{
      builder.getF64FloatAttr(*rate), builder.getF64FloatAttr(*beta1),
      builder.getF64FloatAttr(*beta2), builder.getF64FloatAttr(*epsilon)};
}

/// 1 - b^t in f64. By -expm1(t log b): for b near 1 the difference would lose
/// digits.
static Scalar buildCorrection(OpBuilder &builder, Location loc, double beta,
                              Value step) {
  Value count =
      arith::SIToFPOp::create(builder, loc, builder.getF64Type(), step);
  return -expm1(Scalar(builder, loc, count) * std::log(beta));
}

/// The rate over 1 - b1^t, and 1 / sqrt(1 - b2^t).
static SmallVector<Value> buildAdamScalars(OpBuilder &builder, Location loc,
                                           double beta1, double beta2,
                                           Value rate, Value step) {
  Scalar correction1 = buildCorrection(builder, loc, beta1, step);
  Scalar correction2 = buildCorrection(builder, loc, beta2, step);
  return {Scalar(builder, loc, rate) / correction1, 1.0 / sqrt(correction2)};
}

/// Algorithm 1 of Kingma and Ba: epsilon stands outside the root, beside the
/// corrected one.
static SmallVector<Value> buildAdamUpdate(Scalar w, Scalar g, Scalar m,
                                          Scalar v, Scalar correctedRate,
                                          Scalar rootCorrection, double beta1,
                                          double beta2, double epsilon) {
  m = beta1 * m + (1 - beta1) * g;
  v = beta2 * v + (1 - beta2) * (g * g);
  Scalar denominator = sqrt(v) * rootCorrection + epsilon;
  return {w - correctedRate * m / denominator, m, v};
}

StringRef AdamOp::getSourcePlace() { return "optimizer"; }
StringRef AdamOp::getSourceWord() { return "adam"; }

FailureOr<Operation *> AdamOp::fromSource(OpBuilder &builder, Location loc,
                                          ValueRange inputs,
                                          SourceArguments &arguments) {
  FailureOr<AdamSettings> settings = takeSettings(builder, arguments);
  if (failed(settings))
    return failure();
  return AdamOp::create(builder, loc, settings->rate, settings->beta1,
                        settings->beta2, settings->epsilon)
      .getOperation();
}

unsigned AdamOp::getNumStepScalars() { return 2; }

SmallVector<StringRef> AdamOp::getStateNames() { return {"m", "v"}; }

SmallVector<Value> AdamOp::buildStepScalars(OpBuilder &builder, Value rate,
                                            Value step) {
  return buildAdamScalars(builder, getLoc(), getBeta1().convertToDouble(),
                          getBeta2().convertToDouble(), rate, step);
}

SmallVector<Value> AdamOp::buildUpdate(OpBuilder &builder, Value parameter,
                                       Value gradient, ValueRange states,
                                       ValueRange scalars) {
  auto scalar = [&](Value value) { return Scalar(builder, getLoc(), value); };
  return buildAdamUpdate(
      scalar(parameter), scalar(gradient), scalar(states[0]), scalar(states[1]),
      scalar(scalars[0]), scalar(scalars[1]), getBeta1().convertToDouble(),
      getBeta2().convertToDouble(), getEpsilon().convertToDouble());
}

StringRef AdamwOp::getSourcePlace() { return "optimizer"; }
StringRef AdamwOp::getSourceWord() { return "adamw"; }

FailureOr<Operation *> AdamwOp::fromSource(OpBuilder &builder, Location loc,
                                           ValueRange inputs,
                                           SourceArguments &arguments) {
  FailureOr<AdamSettings> settings = takeSettings(builder, arguments);
  FailureOr<double> decay =
      arguments.takeNumberOr("weight_decay", 0.01, NumberRange::notNegative());
  if (failed(settings) || failed(decay))
    return failure();
  return AdamwOp::create(builder, loc, settings->rate, settings->beta1,
                         settings->beta2, settings->epsilon,
                         builder.getF64FloatAttr(*decay))
      .getOperation();
}

unsigned AdamwOp::getNumStepScalars() { return 3; }

SmallVector<StringRef> AdamwOp::getStateNames() { return {"m", "v"}; }

SmallVector<Value> AdamwOp::buildStepScalars(OpBuilder &builder, Value rate,
                                             Value step) {
  SmallVector<Value> scalars =
      buildAdamScalars(builder, getLoc(), getBeta1().convertToDouble(),
                       getBeta2().convertToDouble(), rate, step);
  Scalar plainRate(builder, getLoc(), rate);
  scalars.push_back(1.0 - plainRate * getWeightDecay().convertToDouble());
  return scalars;
}

SmallVector<Value> AdamwOp::buildUpdate(OpBuilder &builder, Value parameter,
                                        Value gradient, ValueRange states,
                                        ValueRange scalars) {
  auto scalar = [&](Value value) { return Scalar(builder, getLoc(), value); };
  // The decay is decoupled: it scales the weight, not the gradient. Biases are
  // decayed too, as the paper and PyTorch do.
  Scalar decayed = scalar(parameter) * scalar(scalars[2]);
  return buildAdamUpdate(
      decayed, scalar(gradient), scalar(states[0]), scalar(states[1]),
      scalar(scalars[0]), scalar(scalars[1]), getBeta1().convertToDouble(),
      getBeta2().convertToDouble(), getEpsilon().convertToDouble());
}

//===- Optimizers.cpp - The rules of an update ----------------------------===//

#include "gradc/Dialect/Train/Train.h"
#include "gradc/Interfaces/Scalar.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;
using namespace gradc;
using namespace gradc::train;

static FloatAttr f64(OpBuilder &builder, double value) {
  return builder.getF64FloatAttr(value);
}

/// The rule's learning rate, or `otherwise`.
static FailureOr<double> takeRate(SourceArguments &arguments,
                                  double otherwise) {
  return arguments.takeNumberOr("lr", otherwise, NumberRange::positive());
}

//===----------------------------------------------------------------------===//
// sgd
//===----------------------------------------------------------------------===//

FailureOr<Operation *> SgdOp::fromSource(OpBuilder &builder, Location loc,
                                         ValueRange inputs,
                                         SourceArguments &arguments) {
  FailureOr<double> rate = takeRate(arguments, 0.01);
  FailureOr<double> momentum =
      arguments.takeNumberOr("momentum", 0, NumberRange::share());
  if (failed(rate) || failed(momentum))
    return failure();
  if (*momentum != 0)
    return MomentumOp::create(builder, loc, f64(builder, *rate),
                              f64(builder, *momentum))
        .getOperation();
  return SgdOp::create(builder, loc, f64(builder, *rate)).getOperation();
}

StringRef SgdOp::getSourcePlace() { return "optimizer"; }
StringRef SgdOp::getSourceWord() { return "sgd"; }
SmallVector<StringRef> SgdOp::getStateNames() { return {}; }

SmallVector<Value> SgdOp::buildUpdate(OpBuilder &builder, Value parameter,
                                      Value gradient, ValueRange states,
                                      ValueRange scalars) {
  Scalar w(builder, getLoc(), parameter), g(builder, getLoc(), gradient);
  return {w - Scalar(builder, getLoc(), scalars[0]) * g};
}

//===----------------------------------------------------------------------===//
// The forms of momentum
//===----------------------------------------------------------------------===//

SmallVector<StringRef> MomentumOp::getStateNames() { return {"velocity"}; }

SmallVector<Value> MomentumOp::buildUpdate(OpBuilder &builder, Value parameter,
                                           Value gradient, ValueRange states,
                                           ValueRange scalars) {
  Scalar w(builder, getLoc(), parameter), g(builder, getLoc(), gradient);
  Scalar v(builder, getLoc(), states[0]), rate(builder, getLoc(), scalars[0]);
  v = getMomentum().convertToDouble() * v + g;
  return {w - rate * v, v};
}

FailureOr<Operation *>
AveragedMomentumOp::fromSource(OpBuilder &builder, Location loc,
                               ValueRange inputs, SourceArguments &arguments) {
  FailureOr<double> rate = takeRate(arguments, 0.01);
  FailureOr<double> gamma =
      arguments.takeNumberOr("gamma", 0.9, NumberRange::share());
  if (failed(rate) || failed(gamma))
    return failure();
  return AveragedMomentumOp::create(builder, loc, f64(builder, *rate),
                                    f64(builder, *gamma))
      .getOperation();
}

StringRef AveragedMomentumOp::getSourcePlace() { return "optimizer"; }
StringRef AveragedMomentumOp::getSourceWord() { return "momentum"; }
SmallVector<StringRef> AveragedMomentumOp::getStateNames() {
  return {"velocity"};
}

SmallVector<Value> AveragedMomentumOp::buildUpdate(OpBuilder &builder,
                                                   Value parameter,
                                                   Value gradient,
                                                   ValueRange states,
                                                   ValueRange scalars) {
  double gamma = getGamma().convertToDouble();
  Scalar w(builder, getLoc(), parameter), g(builder, getLoc(), gradient);
  Scalar v(builder, getLoc(), states[0]), rate(builder, getLoc(), scalars[0]);
  v = gamma * v + (1 - gamma) * g;
  return {w - rate * v, v};
}

FailureOr<Operation *> NesterovOp::fromSource(OpBuilder &builder, Location loc,
                                              ValueRange inputs,
                                              SourceArguments &arguments) {
  FailureOr<double> rate = takeRate(arguments, 0.01);
  FailureOr<double> momentum =
      arguments.takeNumberOr("momentum", 0.9, NumberRange::share());
  if (failed(rate) || failed(momentum))
    return failure();
  return NesterovOp::create(builder, loc, f64(builder, *rate),
                            f64(builder, *momentum))
      .getOperation();
}

StringRef NesterovOp::getSourcePlace() { return "optimizer"; }
StringRef NesterovOp::getSourceWord() { return "nesterov"; }
SmallVector<StringRef> NesterovOp::getStateNames() { return {"velocity"}; }

SmallVector<Value> NesterovOp::buildUpdate(OpBuilder &builder, Value parameter,
                                           Value gradient, ValueRange states,
                                           ValueRange scalars) {
  double momentum = getMomentum().convertToDouble();
  Scalar w(builder, getLoc(), parameter), g(builder, getLoc(), gradient);
  Scalar v(builder, getLoc(), states[0]), rate(builder, getLoc(), scalars[0]);
  v = momentum * v + g;
  return {w - rate * (g + momentum * v), v};
}

//===----------------------------------------------------------------------===//
// rmsprop, adagrad
//===----------------------------------------------------------------------===//

FailureOr<Operation *> RmspropOp::fromSource(OpBuilder &builder, Location loc,
                                             ValueRange inputs,
                                             SourceArguments &arguments) {
  FailureOr<double> rate = takeRate(arguments, 0.001);
  FailureOr<double> rho =
      arguments.takeNumberOr("rho", 0.9, NumberRange::share());
  FailureOr<double> epsilon =
      arguments.takeNumberOr("eps", 1e-8, NumberRange::positive());
  if (failed(rate) || failed(rho) || failed(epsilon))
    return failure();
  return RmspropOp::create(builder, loc, f64(builder, *rate),
                           f64(builder, *rho), f64(builder, *epsilon))
      .getOperation();
}

StringRef RmspropOp::getSourcePlace() { return "optimizer"; }
StringRef RmspropOp::getSourceWord() { return "rmsprop"; }
SmallVector<StringRef> RmspropOp::getStateNames() { return {"square"}; }

SmallVector<Value> RmspropOp::buildUpdate(OpBuilder &builder, Value parameter,
                                          Value gradient, ValueRange states,
                                          ValueRange scalars) {
  double rho = getRho().convertToDouble();
  Scalar w(builder, getLoc(), parameter), g(builder, getLoc(), gradient);
  Scalar s(builder, getLoc(), states[0]), rate(builder, getLoc(), scalars[0]);
  s = rho * s + (1 - rho) * (g * g);
  return {w - rate * g / (sqrt(s) + getEpsilon().convertToDouble()), s};
}

FailureOr<Operation *> AdagradOp::fromSource(OpBuilder &builder, Location loc,
                                             ValueRange inputs,
                                             SourceArguments &arguments) {
  FailureOr<double> rate = takeRate(arguments, 0.01);
  FailureOr<double> epsilon =
      arguments.takeNumberOr("eps", 1e-10, NumberRange::positive());
  if (failed(rate) || failed(epsilon))
    return failure();
  return AdagradOp::create(builder, loc, f64(builder, *rate),
                           f64(builder, *epsilon))
      .getOperation();
}

StringRef AdagradOp::getSourcePlace() { return "optimizer"; }
StringRef AdagradOp::getSourceWord() { return "adagrad"; }
SmallVector<StringRef> AdagradOp::getStateNames() { return {"square"}; }

SmallVector<Value> AdagradOp::buildUpdate(OpBuilder &builder, Value parameter,
                                          Value gradient, ValueRange states,
                                          ValueRange scalars) {
  Scalar w(builder, getLoc(), parameter), g(builder, getLoc(), gradient);
  Scalar s(builder, getLoc(), states[0]), rate(builder, getLoc(), scalars[0]);
  s = s + g * g;
  return {w - rate * g / (sqrt(s) + getEpsilon().convertToDouble()), s};
}

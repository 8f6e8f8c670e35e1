//===- Losses.cpp - Losses and metrics ------------------------------------===//

#include "gradc/Dialect/NN/NN.h"
#include "gradc/Interfaces/Scalar.h"

using namespace mlir;
using namespace gradc;
using namespace gradc::nn;

FailureOr<LossArguments> nn::takeLossArguments(Value prediction,
                                               SourceArguments &arguments) {
  FailureOr<unsigned> outputs =
      arguments.takeWordOr("outputs", 0, {"mean", "sum"});
  FailureOr<double> scale =
      arguments.takeNumberOr("scale", 1, NumberRange::positive());
  FailureOr<Value> target = arguments.takeTarget(prediction.getType());
  if (failed(outputs) || failed(scale) || failed(target))
    return failure();
  return LossArguments{*target, static_cast<Reduction>(*outputs), *scale};
}

Value nn::buildJoinedOutputs(OpBuilder &builder, Value errors,
                             Reduction outputs, double scale) {
  auto type = cast<RankedTensorType>(errors.getType());
  Location loc = errors.getLoc();
  int64_t samples = type.getDimSize(0);
  int64_t units = type.getNumElements() / samples;
  if (type.getRank() != 2)
    errors = ReshapeOp::create(
        builder, loc,
        RankedTensorType::get({samples, units}, type.getElementType()), errors);
  if (outputs == Reduction::mean)
    scale /= double(units);
  return SumUnitsOp::create(builder, loc, getSampleType(errors), errors,
                            builder.getF64FloatAttr(scale));
}

//===----------------------------------------------------------------------===//
// The formulas of the losses on single outputs
//===----------------------------------------------------------------------===//

SmallVector<Value> MeanSquaredErrorTermOp::buildScalars(OpBuilder &builder,
                                                        ValueRange scalars) {
  Scalar prediction(builder, getLoc(), scalars[0]);
  Scalar difference = prediction - Scalar(builder, getLoc(), scalars[1]);
  return {difference * difference};
}

SmallVector<Value>
MeanSquaredErrorTermGradOp::buildScalars(OpBuilder &builder,
                                         ValueRange scalars) {
  Scalar dy(builder, getLoc(), scalars[0]);
  Scalar prediction(builder, getLoc(), scalars[1]);
  Scalar difference = prediction - Scalar(builder, getLoc(), scalars[2]);
  return {dy * (2.0 * difference)};
}

SmallVector<Value> MeanAbsoluteErrorTermOp::buildScalars(OpBuilder &builder,
                                                         ValueRange scalars) {
  Scalar prediction(builder, getLoc(), scalars[0]);
  return {abs(prediction - Scalar(builder, getLoc(), scalars[1]))};
}

/// -1, 0 or 1; NaN stays NaN.
static Scalar sign(Scalar x) {
  Scalar negative = select(isLess(x, 0), x.constant(-1), x * 0.0);
  return select(isGreater(x, 0), x.constant(1), negative);
}

SmallVector<Value>
MeanAbsoluteErrorTermGradOp::buildScalars(OpBuilder &builder,
                                          ValueRange scalars) {
  Scalar dy(builder, getLoc(), scalars[0]);
  Scalar prediction(builder, getLoc(), scalars[1]);
  return {dy * sign(prediction - Scalar(builder, getLoc(), scalars[2]))};
}

SmallVector<Value> HuberTermOp::buildScalars(OpBuilder &builder,
                                             ValueRange scalars) {
  double delta = getParameter().convertToDouble();
  Scalar prediction(builder, getLoc(), scalars[0]);
  Scalar difference = prediction - Scalar(builder, getLoc(), scalars[1]);
  Scalar size = abs(difference);
  return {select(isGreater(size, delta), delta * (size - 0.5 * delta),
                 0.5 * (difference * difference))};
}

SmallVector<Value> HuberTermGradOp::buildScalars(OpBuilder &builder,
                                                 ValueRange scalars) {
  double delta = getParameter().convertToDouble();
  Scalar dy(builder, getLoc(), scalars[0]);
  Scalar prediction(builder, getLoc(), scalars[1]);
  Scalar difference = prediction - Scalar(builder, getLoc(), scalars[2]);
  Scalar slope = select(isLess(difference, -delta), difference.constant(-delta),
                        difference);
  slope = select(isGreater(slope, delta), slope.constant(delta), slope);
  return {dy * slope};
}

SmallVector<Value> BinaryCrossEntropyTermOp::buildScalars(OpBuilder &builder,
                                                          ValueRange scalars) {
  Scalar z(builder, getLoc(), scalars[0]);
  Scalar target(builder, getLoc(), scalars[1]);
  Scalar positive = select(isLess(z, 0), z.constant(0), z);
  return {positive - z * target + log1p(exp(-abs(z)))};
}

SmallVector<Value>
BinaryCrossEntropyTermGradOp::buildScalars(OpBuilder &builder,
                                           ValueRange scalars) {
  Scalar dy(builder, getLoc(), scalars[0]);
  Scalar z(builder, getLoc(), scalars[1]);
  Scalar target(builder, getLoc(), scalars[2]);
  // s(z) - t as (1 - t) s(z) - t s(-z): where z and t agree, s(z) - t would
  // cancel to 0 from z = 17 on in f32.
  Scalar right = 1.0 / (1.0 + exp(-z)), left = 1.0 / (1.0 + exp(z));
  return {dy * ((1.0 - target) * right - target * left)};
}

//===----------------------------------------------------------------------===//
// crossentropy, accuracy
//===----------------------------------------------------------------------===//

StringRef CrossEntropyOp::getSourcePlace() { return "loss"; }
StringRef CrossEntropyOp::getSourceWord() { return "crossentropy"; }

FailureOr<Operation *> CrossEntropyOp::fromSource(OpBuilder &builder,
                                                  Location loc,
                                                  ValueRange inputs,
                                                  SourceArguments &arguments) {
  Value logits = lookThrough<SoftmaxOp>(inputs[0]);
  auto type = cast<RankedTensorType>(logits.getType());
  if (type.getRank() != 2 || type.getDimSize(1) < 2) {
    auto diagnostic = mlir::emitError(loc)
                      << "'crossentropy' needs an output for each of at least "
                         "two classes";
    if (Operation *producer = inputs[0].getDefiningOp())
      diagnostic.attachNote(producer->getLoc())
          << "this layer ends the network";
    noteSteps(diagnostic, inputs[0]);
    return diagnostic;
  }
  FailureOr<Value> labels = arguments.takeTarget(
      RankedTensorType::get({type.getDimSize(0)}, builder.getI32Type()));
  if (failed(labels))
    return failure();
  return CrossEntropyOp::create(builder, loc, getSampleType(logits), logits,
                                *labels)
      .getOperation();
}

LogicalResult CrossEntropyOp::verify() {
  auto logits = cast<RankedTensorType>(getLogits().getType());
  auto labels = cast<RankedTensorType>(getLabels().getType());
  if (logits.getRank() != 2 || labels.getDimSize(0) != logits.getDimSize(0) ||
      getResult().getType() != getSampleType(getLogits()))
    return emitOpError("needs samples x classes logits and a label for each "
                       "sample, and gives one number for each");
  return success();
}

FailureOr<SmallVector<Value>>
CrossEntropyOp::buildGradients(OpBuilder &builder, ValueRange gradients) {
  Value gradient = CrossEntropyGradOp::create(builder, getLoc(), gradients[0],
                                              getLogits(), getLabels());
  return SmallVector<Value>{gradient, {}};
}

StringRef AccuracyOp::getSourcePlace() { return "metric"; }
StringRef AccuracyOp::getSourceWord() { return "accuracy"; }

FailureOr<Operation *> AccuracyOp::fromSource(OpBuilder &builder, Location loc,
                                              ValueRange inputs,
                                              SourceArguments &arguments) {
  auto type = cast<RankedTensorType>(inputs[0].getType());
  if (type.getRank() != 2) {
    auto diagnostic = mlir::emitError(loc)
                      << "'accuracy' needs a network that ends in a vector";
    noteSteps(diagnostic, inputs[0]);
    return diagnostic;
  }
  FailureOr<Value> target = arguments.takeTarget({});
  if (failed(target))
    return failure();
  // The largest logit is the largest probability, and a sigmoid is above 1/2
  // where its input is positive: the function that ends the net need not run.
  Value prediction = inputs[0];
  if (type.getDimSize(1) > 1)
    prediction = lookThrough<SoftmaxOp>(prediction);
  Value logit = lookThrough<SigmoidOp>(prediction);
  // A loss that takes logits says that the net gives some, sigmoid or not.
  bool isLogit = logit != prediction;
  for (Operation *user : target->getUsers())
    if (auto loss = dyn_cast<BinaryCrossEntropyOp>(user))
      isLogit |= loss.getPrediction() == logit;
  return AccuracyOp::create(builder, loc, getSampleType(logit), logit, *target,
                            APFloat(isLogit ? 0.0 : 0.5))
      .getOperation();
}

LogicalResult AccuracyOp::verify() {
  auto prediction = cast<RankedTensorType>(getPrediction().getType());
  auto target = cast<RankedTensorType>(getTarget().getType());
  bool isLabels = target.getElementType().isInteger();
  if (prediction.getRank() != 2 ||
      target.getDimSize(0) != prediction.getDimSize(0) ||
      (!isLabels && target != prediction))
    return emitOpError("needs samples x outputs predictions and a target for "
                       "each sample");
  return success();
}

//===- Normalization.cpp - Mean 0 and variance 1 --------------------------===//
//
// Ioffe and Szegedy, Batch Normalization (ICML 2015), algorithm 1 and the
// gradient after it; Ba, Kiros and Hinton, Layer Normalization (2016).
//
//===----------------------------------------------------------------------===//

#include "gradc/Dialect/NN/NN.h"
#include "gradc/Interfaces/Scalar.h"

using namespace mlir;
using namespace gradc;
using namespace gradc::nn;

static RankedTensorType getTensorType(Value value) {
  return cast<RankedTensorType>(value.getType());
}

/// A deviation of 0 must not divide: a constant unit is normalized to 0.
static LogicalResult verifyEps(Operation *op, const APFloat &eps) {
  if (!NumberRange::positive().contains(eps.convertToDouble()))
    return op->emitOpError("needs an eps greater than 0");
  return success();
}

//===----------------------------------------------------------------------===//
// Over the batch
//===----------------------------------------------------------------------===//

static LogicalResult verifyNormalize(Operation *op, Value tensor, Value units,
                                     int64_t axis, const APFloat &eps) {
  auto type = getTensorType(tensor), vector = getTensorType(units);
  if (axis < 0 || axis >= type.getRank())
    return op->emitOpError("has no dimension ") << axis;
  if (vector.getRank() != 1 || vector.getDimSize(0) != type.getDimSize(axis) ||
      vector.getElementType() != type.getElementType())
    return op->emitOpError("needs one number for each unit");
  return verifyEps(op, eps);
}

LogicalResult NormalizeOp::verify() {
  return verifyNormalize(*this, getInput(), getFactor(), getAxis(), getEps());
}

LogicalResult NormalizeGradOp::verify() {
  return verifyNormalize(*this, getInput(), getFactor(), getAxis(), getEps());
}

FailureOr<SmallVector<Value>>
NormalizeOp::buildGradients(OpBuilder &builder, ValueRange gradients) {
  if (gradients[1] || gradients[2])
    return emitOpError("has no gradient through its mean and variance");
  auto type = getTensorType(getInput());
  if (type.getNumElements() == type.getDimSize(getAxis())) {
    auto diagnostic = mlir::emitError(getLoc())
                      << "a unit has one value in a batch of "
                      << type.getDimSize(0)
                      << ", and normalized it is 0, whatever it was: nothing "
                         "can be learned from it";
    diagnostic.attachNote(getLoc())
        << "take another 'batch', or 'drop_last=on' where the last batch of an "
           "epoch is that small";
    return diagnostic;
  }
  if (!gradients[0])
    return SmallVector<Value>{{}, {}, {}};
  auto grad = NormalizeGradOp::create(
      builder, getLoc(),
      TypeRange{getInput().getType(), getFactor().getType(),
                getShift().getType()},
      gradients[0], getInput(), getFactor(), getMean(), getVariance(),
      getEpsAttr(), getAxisAttr());
  return SmallVector<Value>(grad.getResults());
}

//===----------------------------------------------------------------------===//
// Over the elements of a sample
//===----------------------------------------------------------------------===//

LogicalResult NormalizeRowsOp::verify() {
  auto type = getTensorType(getInput());
  auto rows = getTensorType(getInverseDeviation());
  int64_t dimensions = getDimensions();
  if (dimensions >= type.getRank())
    return emitOpError("must leave the samples apart");
  if (rows.getShape() != type.getShape().drop_back(dimensions) ||
      rows.getElementType() != type.getElementType())
    return emitOpError("gives one deviation for each row");
  return verifyEps(*this, getEps());
}

FailureOr<SmallVector<Value>>
NormalizeRowsOp::buildGradients(OpBuilder &builder, ValueRange gradients) {
  if (gradients[1])
    return emitOpError("has no gradient through its deviation");
  if (!gradients[0])
    return SmallVector<Value>{{}};
  Value gradient = NormalizeRowsGradOp::create(
      builder, getLoc(), getInput().getType(), gradients[0], getResult(),
      getInverseDeviation());
  return SmallVector<Value>{gradient};
}

LogicalResult NormalizeRowsGradOp::verify() {
  auto type = getTensorType(getNormalized());
  auto rows = getTensorType(getInverseDeviation());
  if (rows.getRank() >= type.getRank() ||
      rows.getShape() != type.getShape().take_front(rows.getRank()) ||
      rows.getElementType() != type.getElementType())
    return emitOpError("needs one deviation for each row");
  return success();
}

//===----------------------------------------------------------------------===//
// Statistics
//===----------------------------------------------------------------------===//

SmallVector<Value> InverseDeviationOp::buildScalars(OpBuilder &builder,
                                                    ValueRange scalars) {
  Scalar variance = Scalar(builder, getLoc(), scalars[0]).widen();
  Scalar inverse = 1.0 / sqrt(variance + getEps().convertToDouble());
  return {inverse.convertTo(scalars[0].getType())};
}

SmallVector<Value> MovingAverageOp::buildScalars(OpBuilder &builder,
                                                 ValueRange scalars) {
  Scalar average = Scalar(builder, getLoc(), scalars[0]).widen();
  Scalar value = Scalar(builder, getLoc(), scalars[1]).widen();
  double share = getShare().convertToDouble();
  Scalar next =
      (1 - share) * average + (share * getScale().convertToDouble()) * value;
  return {next.convertTo(scalars[0].getType())};
}

Value MovingAverageOp::getReusedOperand(unsigned) { return getAverage(); }

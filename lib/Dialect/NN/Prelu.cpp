//===- Prelu.cpp - An activation that learns ------------------------------===//
//
// He, Zhang, Ren and Sun, Delving Deep into Rectifiers (ICCV 2015),
// section 2.1.
//
//===----------------------------------------------------------------------===//

#include "gradc/Dialect/NN/NN.h"
#include <limits>

using namespace mlir;
using namespace gradc;
using namespace gradc::nn;

//===----------------------------------------------------------------------===//
// The layer
//===----------------------------------------------------------------------===//

StringRef PreluOp::getSourcePlace() { return "layer"; }
StringRef PreluOp::getSourceWord() { return "prelu"; }

FailureOr<Operation *> PreluOp::fromSource(OpBuilder &builder, Location loc,
                                           ValueRange inputs,
                                           SourceArguments &arguments) {
  FailureOr<double> slope =
      arguments.takeNumberOr("slope", 0.25, NumberRange::any());
  if (failed(slope))
    return failure();
  return PreluOp::create(builder, loc, arguments.getName(), inputs[0],
                         APFloat(*slope))
      .getOperation();
}

LogicalResult PreluOp::verify() {
  if (getType().getRank() < 2)
    return emitOpError("needs samples and units");
  if (!getSlope().isFinite())
    return emitOpError("needs a finite slope");
  return success();
}

bool PreluOp::isActivation() { return true; }

FailureOr<SmallVector<Value>> PreluOp::expand(OpBuilder &builder,
                                              LayerMode mode) {
  Value slope = buildUnitParameter(builder, getLoc(), getInput(), getName(),
                                   "slope", getSlope().convertToDouble());
  Value result = ParametricReluOp::create(
      builder, getLoc(), getType(), getInput(), slope,
      builder.getI64IntegerAttr(getUnitAxis(getType())));
  return SmallVector<Value>{result};
}

//===----------------------------------------------------------------------===//
// Its mathematics
//===----------------------------------------------------------------------===//

static LogicalResult verifySlopes(Operation *op, Value tensor, Value slopes,
                                  int64_t axis) {
  auto type = cast<RankedTensorType>(tensor.getType());
  auto vector = cast<RankedTensorType>(slopes.getType());
  if (axis < 0 || axis >= type.getRank())
    return op->emitOpError("has no dimension ") << axis;
  if (vector.getRank() != 1 || vector.getDimSize(0) != type.getDimSize(axis) ||
      vector.getElementType() != type.getElementType())
    return op->emitOpError("needs one slope for each unit");
  return success();
}

LogicalResult ParametricReluOp::verify() {
  return verifySlopes(*this, getInput(), getSlope(), getAxis());
}

LogicalResult ParametricReluGradOp::verify() {
  return verifySlopes(*this, getInput(), getSlope(), getAxis());
}

static ParametricReluGradOp buildGrad(OpBuilder &builder, ParametricReluOp op,
                                      Value gradient) {
  return ParametricReluGradOp::create(
      builder, op.getLoc(),
      TypeRange{op.getInput().getType(), op.getSlope().getType()}, gradient,
      op.getInput(), op.getSlope(), op.getAxisAttr());
}

FailureOr<SmallVector<Value>>
ParametricReluOp::buildGradients(OpBuilder &builder, ValueRange gradients) {
  return SmallVector<Value>(
      buildGrad(builder, *this, gradients[0]).getResults());
}

Value ParametricReluOp::buildSlope(OpBuilder &builder) {
  return buildGrad(builder, *this, buildOnes(builder, getInput()))
      .getInputGradient();
}

/// What is learned has no bound.
double ParametricReluOp::getMaxSlope() {
  return std::numeric_limits<double>::infinity();
}

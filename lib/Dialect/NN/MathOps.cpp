//===- MathOps.cpp - What layers expand to --------------------------------===//

#include "gradc/Dialect/NN/NN.h"
#include "gradc/Interfaces/Scalar.h"
#include "mlir/Dialect/Arith/IR/Arith.h"

#include <cmath>

using namespace mlir;
using namespace gradc;
using namespace gradc::nn;

static RankedTensorType getTensorType(Value value) {
  return cast<RankedTensorType>(value.getType());
}

//===----------------------------------------------------------------------===//
// matmul
//===----------------------------------------------------------------------===//

LogicalResult MatmulOp::verify() {
  auto lhs = getTensorType(getLhs()), rhs = getTensorType(getRhs());
  auto result = getTensorType(getResult());
  if (lhs.getRank() != 2 || rhs.getRank() != 2 || result.getRank() != 2)
    return emitOpError("multiplies matrices");
  int64_t rows = lhs.getDimSize(getTransposeLhs() ? 1 : 0);
  int64_t depth = lhs.getDimSize(getTransposeLhs() ? 0 : 1);
  int64_t otherDepth = rhs.getDimSize(getTransposeRhs() ? 1 : 0);
  int64_t columns = rhs.getDimSize(getTransposeRhs() ? 0 : 1);
  if (depth != otherDepth)
    return emitOpError("sums over ") << depth << " elements of the left and "
                                     << otherDepth << " of the right matrix";
  if (result.getDimSize(0) != rows || result.getDimSize(1) != columns)
    return emitOpError("gives ") << rows << " x " << columns << " elements";
  return success();
}

/// lhs rhs with each factor as it stands or transposed.
static Value buildProduct(OpBuilder &builder, Location loc, Value like,
                          Value lhs, bool transposeLhs, Value rhs,
                          bool transposeRhs) {
  return MatmulOp::create(builder, loc, like.getType(), lhs, rhs, transposeLhs,
                          transposeRhs);
}

FailureOr<SmallVector<Value>> MatmulOp::buildGradients(OpBuilder &builder,
                                                       ValueRange gradients) {
  // With C = A B: dA = dC B^T, dB = A^T dC; a transposed factor transposes its
  // gradient, which exchanges the two factors.
  Value a = getLhs(), b = getRhs(), dc = gradients[0];
  bool ta = getTransposeLhs(), tb = getTransposeRhs();
  Value da = ta ? buildProduct(builder, getLoc(), a, b, tb, dc, true)
                : buildProduct(builder, getLoc(), a, dc, false, b, !tb);
  Value db = tb ? buildProduct(builder, getLoc(), b, dc, true, a, ta)
                : buildProduct(builder, getLoc(), b, a, !ta, dc, false);
  return SmallVector<Value>{da, db};
}

/// A^T B sums over the rows of both: over the samples, where rows are samples.
bool MatmulOp::sumsSamples() { return getTransposeLhs() && !getTransposeRhs(); }

//===----------------------------------------------------------------------===//
// Sums and spreads
//===----------------------------------------------------------------------===//

/// One number for each unit of a tensor.
static LogicalResult verifyUnits(Operation *op, Value tensor, Value units,
                                 int64_t axis) {
  auto type = getTensorType(tensor), vector = getTensorType(units);
  if (axis < 0 || axis >= type.getRank())
    return op->emitOpError("has no dimension ") << axis;
  if (vector.getRank() != 1 || vector.getDimSize(0) != type.getDimSize(axis) ||
      vector.getElementType() != type.getElementType())
    return op->emitOpError("needs one number for each unit");
  return success();
}

LogicalResult AddBiasOp::verify() {
  return verifyUnits(*this, getInput(), getBias(), getAxis());
}

FailureOr<SmallVector<Value>> AddBiasOp::buildGradients(OpBuilder &builder,
                                                        ValueRange gradients) {
  Value sum = SumSamplesOp::create(builder, getLoc(), getBias().getType(),
                                   gradients[0], getAxis());
  return SmallVector<Value>{gradients[0], sum};
}

LogicalResult ScaleUnitsOp::verify() {
  return verifyUnits(*this, getInput(), getFactor(), getAxis());
}

FailureOr<SmallVector<Value>>
ScaleUnitsOp::buildGradients(OpBuilder &builder, ValueRange gradients) {
  Value input = ScaleUnitsOp::create(builder, getLoc(), gradients[0],
                                     getFactor(), getAxis());
  Value products = MulOp::create(builder, getLoc(), gradients[0], getInput());
  Value factor = SumSamplesOp::create(builder, getLoc(), getFactor().getType(),
                                      products, getAxis());
  return SmallVector<Value>{input, factor};
}

LogicalResult SumSamplesOp::verify() {
  return verifyUnits(*this, getInput(), getResult(), getAxis());
}

bool SumSamplesOp::sumsSamples() { return getAxis() != 0; }

LogicalResult SumUnitsOp::verify() {
  auto input = getTensorType(getInput());
  if (input.getRank() != 2 || getType() != getSampleType(getInput()))
    return emitOpError("gives one number for each sample");
  return success();
}

FailureOr<SmallVector<Value>> SumUnitsOp::buildGradients(OpBuilder &builder,
                                                         ValueRange gradients) {
  Value gradient = SpreadUnitsOp::create(
      builder, getLoc(), getInput().getType(), gradients[0], getScaleAttr());
  return SmallVector<Value>{gradient};
}

LogicalResult ReshapeOp::verify() {
  auto input = getTensorType(getInput()), result = getTensorType(getResult());
  if (input.getNumElements() != result.getNumElements() ||
      input.getElementType() != result.getElementType())
    return emitOpError("must keep the number of elements");
  return success();
}

FailureOr<SmallVector<Value>> ReshapeOp::buildGradients(OpBuilder &builder,
                                                        ValueRange gradients) {
  Value gradient =
      ReshapeOp::create(builder, getLoc(), getInput().getType(), gradients[0]);
  return SmallVector<Value>{gradient};
}

//===----------------------------------------------------------------------===//
// Element by element
//===----------------------------------------------------------------------===//

SmallVector<Value> AddOp::buildScalars(OpBuilder &builder, ValueRange scalars) {
  return {Scalar(builder, getLoc(), scalars[0]) +
          Scalar(builder, getLoc(), scalars[1])};
}

FailureOr<SmallVector<Value>> AddOp::buildGradients(OpBuilder &builder,
                                                    ValueRange gradients) {
  return SmallVector<Value>{gradients[0], gradients[0]};
}

SmallVector<Value> SubOp::buildScalars(OpBuilder &builder, ValueRange scalars) {
  return {Scalar(builder, getLoc(), scalars[0]) -
          Scalar(builder, getLoc(), scalars[1])};
}

FailureOr<SmallVector<Value>> SubOp::buildGradients(OpBuilder &builder,
                                                    ValueRange gradients) {
  Value minusOne =
      arith::ConstantOp::create(builder, getLoc(), builder.getF64FloatAttr(-1));
  Value rhs = ScaleOp::create(builder, getLoc(), gradients[0], minusOne);
  return SmallVector<Value>{gradients[0], rhs};
}

SmallVector<Value> MulOp::buildScalars(OpBuilder &builder, ValueRange scalars) {
  return {Scalar(builder, getLoc(), scalars[0]) *
          Scalar(builder, getLoc(), scalars[1])};
}

FailureOr<SmallVector<Value>> MulOp::buildGradients(OpBuilder &builder,
                                                    ValueRange gradients) {
  Value lhs = MulOp::create(builder, getLoc(), gradients[0], getRhs());
  Value rhs = MulOp::create(builder, getLoc(), gradients[0], getLhs());
  return SmallVector<Value>{lhs, rhs};
}

Value MulOp::buildFactor(OpBuilder &, unsigned index) {
  return index == 0 ? getRhs() : getLhs();
}

SmallVector<Value> ScaleOp::buildScalars(OpBuilder &builder,
                                         ValueRange scalars) {
  Scalar x(builder, getLoc(), scalars[0]),
      factor(builder, getLoc(), scalars[1]);
  return {x * factor.convertTo(x.getType())};
}

SmallVector<Value> WeightPenaltyGradOp::buildScalars(OpBuilder &builder,
                                                     ValueRange scalars) {
  Scalar gradient(builder, getLoc(), scalars[0]);
  Scalar w(builder, getLoc(), scalars[1]);
  double l1 = getL1().convertToDouble(), l2 = getL2().convertToDouble();
  Scalar slope = l2 * w;
  if (l1 != 0) {
    Scalar sign = select(isGreater(w, 0), w.constant(1),
                         select(isLess(w, 0), w.constant(-1), w * 0.0));
    slope = slope + l1 * sign;
  }
  return {gradient.convertTo(w.getType()) * slope};
}

FailureOr<SmallVector<Value>>
WeightPenaltyOp::buildGradients(OpBuilder &builder, ValueRange gradients) {
  Value gradient = WeightPenaltyGradOp::create(
      builder, getLoc(), getWeight().getType(), gradients[0], getWeight(),
      getL1Attr(), getL2Attr());
  return SmallVector<Value>{gradient};
}

//===----------------------------------------------------------------------===//
// sum_squares
//===----------------------------------------------------------------------===//

LogicalResult SumSquaresOp::verify() {
  if (!getNarrow())
    return success();
  double scale = getNarrow()->convertToDouble();
  int exponent;
  if (!(scale > 0) || !std::isfinite(scale) ||
      std::frexp(scale, &exponent) != 0.5)
    return emitOpError("needs a power of 2 to multiply by");
  return success();
}

//===----------------------------------------------------------------------===//
// softmax
//===----------------------------------------------------------------------===//

StringRef SoftmaxOp::getSourcePlace() { return "layer"; }
StringRef SoftmaxOp::getSourceWord() { return "softmax"; }

FailureOr<Operation *> SoftmaxOp::fromSource(OpBuilder &builder, Location loc,
                                             ValueRange inputs,
                                             SourceArguments &arguments) {
  return SoftmaxOp::create(builder, loc, inputs[0].getType(), inputs[0])
      .getOperation();
}

FailureOr<SmallVector<Value>> SoftmaxOp::buildGradients(OpBuilder &builder,
                                                        ValueRange gradients) {
  Value gradient = SoftmaxGradOp::create(builder, getLoc(), getType(),
                                         gradients[0], getResult());
  return SmallVector<Value>{gradient};
}

//===- ScaledOps.cpp - How ops take in a factor for each unit -------------===//

#include "gradc/Dialect/NN/NN.h"

using namespace mlir;
using namespace gradc;
using namespace gradc::nn;

/// How many elements the op behind `value` would scale. Where others use the
/// value, it would be computed twice.
static std::optional<int64_t> countBehind(Value value, int64_t axis) {
  auto producer = value.getDefiningOp<ScalableOpInterface>();
  if (!producer || !value.hasOneUse())
    return std::nullopt;
  return producer.countScaledElements(axis);
}

static Value buildBehind(OpBuilder &builder, Value value, Value factor,
                         int64_t axis) {
  return value.getDefiningOp<ScalableOpInterface>().buildScaled(builder, factor,
                                                                axis);
}

//===----------------------------------------------------------------------===//
// matmul: the columns of the right factor
//===----------------------------------------------------------------------===//

std::optional<int64_t> MatmulOp::countScaledElements(int64_t axis) {
  if (axis != 1)
    return std::nullopt;
  return cast<RankedTensorType>(getRhs().getType()).getNumElements();
}

Value MatmulOp::buildScaled(OpBuilder &builder, Value factor, int64_t axis) {
  Value scaled = ScaleUnitsOp::create(
      builder, getLoc(), getRhs().getType(), getRhs(), factor,
      builder.getI64IntegerAttr(getTransposeRhs() ? 0 : 1));
  return MatmulOp::create(builder, getLoc(), getType(), getLhs(), scaled,
                          getTransposeLhs(), getTransposeRhs());
}

//===----------------------------------------------------------------------===//
// add_bias: the sum's two terms
//===----------------------------------------------------------------------===//

std::optional<int64_t> AddBiasOp::countScaledElements(int64_t axis) {
  if (axis != int64_t(getAxis()))
    return std::nullopt;
  std::optional<int64_t> input = countBehind(getInput(), axis);
  if (!input)
    return std::nullopt;
  return *input + cast<RankedTensorType>(getBias().getType()).getNumElements();
}

Value AddBiasOp::buildScaled(OpBuilder &builder, Value factor, int64_t axis) {
  Value input = buildBehind(builder, getInput(), factor, axis);
  Value bias = MulOp::create(builder, getLoc(), getBias(), factor);
  return AddBiasOp::create(builder, getLoc(), getType(), input, bias,
                           getAxisAttr());
}

//===----------------------------------------------------------------------===//
// tap: a place to look at, which now shows the scaled value
//===----------------------------------------------------------------------===//

std::optional<int64_t> TapOp::countScaledElements(int64_t axis) {
  return countBehind(getInput(), axis);
}

Value TapOp::buildScaled(OpBuilder &builder, Value factor, int64_t axis) {
  return TapOp::create(builder, getLoc(), getName(),
                       buildBehind(builder, getInput(), factor, axis));
}

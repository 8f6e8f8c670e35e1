//===- Activations.cpp - Two formulas for each activation -----------------===//
//
// Each gradient is written so that nothing cancels in the tails: a vanishing
// gradient must show its true size. Formulas of more than one operation are
// computed in f64 and rounded once, or their errors would add up.
//
//===----------------------------------------------------------------------===//

#include "gradc/Dialect/NN/NN.h"
#include "gradc/Interfaces/Scalar.h"
#include <algorithm>
#include <cmath>

using namespace mlir;
using namespace gradc;
using namespace gradc::nn;

/// The operands of a formula.
template <typename Op>
static Scalar operand(Op op, OpBuilder &builder, ValueRange scalars,
                      unsigned index) {
  return {builder, op.getLoc(), scalars[index]};
}

/// The same in f64, for `rounded`.
template <typename Op>
static Scalar wide(Op op, OpBuilder &builder, ValueRange scalars,
                   unsigned index) {
  return operand(op, builder, scalars, index).widen();
}

/// `result` in the type of the operands.
static SmallVector<Value> rounded(Scalar result, ValueRange scalars) {
  return {result.convertTo(scalars[0].getType())};
}

//===----------------------------------------------------------------------===//
// sigmoid, tanh
//===----------------------------------------------------------------------===//

// A function and its slope are made of the same exponential and the same
// quotient: where one loop computes both, it computes these once.

static Scalar sigmoid(Scalar x) {
  Scalar e = exp(-abs(x));
  Scalar part = 1.0 / (1.0 + e);
  return select(isLess(x, 0), e * part, part);
}

/// s(x) s(-x) = e / (1 + e)^2 with e = e^-|x|; s (1 - s) would cancel.
static Scalar sigmoidSlope(Scalar x) {
  Scalar e = exp(-abs(x));
  Scalar part = 1.0 / (1.0 + e);
  return e * part * part;
}

SmallVector<Value> SigmoidOp::buildScalars(OpBuilder &builder,
                                           ValueRange scalars) {
  return rounded(sigmoid(wide(*this, builder, scalars, 0)), scalars);
}

SmallVector<Value> SigmoidGradOp::buildScalars(OpBuilder &builder,
                                               ValueRange scalars) {
  Scalar dy = wide(*this, builder, scalars, 0);
  Scalar x = wide(*this, builder, scalars, 1);
  return rounded(dy * sigmoidSlope(x), scalars);
}

SmallVector<Value> TanhOp::buildScalars(OpBuilder &builder,
                                        ValueRange scalars) {
  Scalar x = wide(*this, builder, scalars, 0);
  // -m / (2 + m) with m = e^-2|x| - 1 loses nothing near 0.
  Scalar m = expm1(-abs(2.0 * x));
  return rounded(copySign(m * (1.0 / (2.0 + m)), x), scalars);
}

SmallVector<Value> TanhGradOp::buildScalars(OpBuilder &builder,
                                            ValueRange scalars) {
  Scalar dy = wide(*this, builder, scalars, 0);
  Scalar x = wide(*this, builder, scalars, 1);
  // 1 - tanh(x)^2 = 4 e / (1 + e)^2 with e = e^-2|x| = 1 + m.
  Scalar size = -abs(2.0 * x);
  Scalar part = 1.0 / (2.0 + expm1(size));
  return rounded(dy * (4.0 * exp(size) * part * part), scalars);
}

//===----------------------------------------------------------------------===//
// relu, leaky_relu
//===----------------------------------------------------------------------===//

SmallVector<Value> ReluOp::buildScalars(OpBuilder &builder,
                                        ValueRange scalars) {
  // Not a maximum: that would turn NaN into 0.
  Scalar x = operand(*this, builder, scalars, 0);
  return {select(isLess(x, 0), x.constant(0), x)};
}

SmallVector<Value> ReluGradOp::buildScalars(OpBuilder &builder,
                                            ValueRange scalars) {
  // The derivative at 0 is taken as 0.
  Scalar dy = operand(*this, builder, scalars, 0);
  Scalar x = operand(*this, builder, scalars, 1);
  return {select(isAtMost(x, 0), dy.constant(0), dy)};
}

SmallVector<Value> LeakyReluOp::buildScalars(OpBuilder &builder,
                                             ValueRange scalars) {
  Scalar x = operand(*this, builder, scalars, 0);
  return {select(isGreater(x, 0), x, x * getParameter().convertToDouble())};
}

SmallVector<Value> LeakyReluGradOp::buildScalars(OpBuilder &builder,
                                                 ValueRange scalars) {
  Scalar dy = operand(*this, builder, scalars, 0);
  Scalar x = operand(*this, builder, scalars, 1);
  return {select(isGreater(x, 0), dy, dy * getParameter().convertToDouble())};
}

double LeakyReluOp::computeMaxSlope() {
  return std::max(1.0, std::fabs(getParameter().convertToDouble()));
}

//===----------------------------------------------------------------------===//
// elu (Clevert et al. 2016), selu (Klambauer et al. 2017)
//===----------------------------------------------------------------------===//

SmallVector<Value> EluOp::buildScalars(OpBuilder &builder, ValueRange scalars) {
  Scalar x = wide(*this, builder, scalars, 0);
  return rounded(
      select(isGreater(x, 0), x, getParameter().convertToDouble() * expm1(x)),
      scalars);
}

SmallVector<Value> EluGradOp::buildScalars(OpBuilder &builder,
                                           ValueRange scalars) {
  Scalar dy = wide(*this, builder, scalars, 0);
  Scalar x = wide(*this, builder, scalars, 1);
  return rounded(select(isGreater(x, 0), dy,
                        dy * (getParameter().convertToDouble() * exp(x))),
                 scalars);
}

double EluOp::computeMaxSlope() {
  return std::max(1.0, getParameter().convertToDouble());
}

static constexpr double seluAlpha = 1.6732632423543772;
static constexpr double seluScale = 1.0507009873554805;

SmallVector<Value> SeluOp::buildScalars(OpBuilder &builder,
                                        ValueRange scalars) {
  Scalar x = wide(*this, builder, scalars, 0);
  return rounded(select(isGreater(x, 0), seluScale * x,
                        (seluScale * seluAlpha) * expm1(x)),
                 scalars);
}

SmallVector<Value> SeluGradOp::buildScalars(OpBuilder &builder,
                                            ValueRange scalars) {
  Scalar dy = wide(*this, builder, scalars, 0);
  Scalar x = wide(*this, builder, scalars, 1);
  return rounded(dy * select(isGreater(x, 0), x.constant(seluScale),
                             (seluScale * seluAlpha) * exp(x)),
                 scalars);
}

//===----------------------------------------------------------------------===//
// gelu (Hendrycks and Gimpel 2016), silu (Elfwing et al. 2018), softplus, exp
//===----------------------------------------------------------------------===//

static constexpr double rootOfHalf = 0.70710678118654752440;

/// The normal distribution's function, by erfc so that it keeps its digits far
/// to the left.
static Scalar normalShare(Scalar x) { return 0.5 * erfc(x * -rootOfHalf); }

SmallVector<Value> GeluOp::buildScalars(OpBuilder &builder,
                                        ValueRange scalars) {
  Scalar x = wide(*this, builder, scalars, 0);
  return rounded(x * normalShare(x), scalars);
}

SmallVector<Value> GeluGradOp::buildScalars(OpBuilder &builder,
                                            ValueRange scalars) {
  Scalar dy = wide(*this, builder, scalars, 0);
  Scalar x = wide(*this, builder, scalars, 1);
  // As in erfc: written alike, the exponential is computed once.
  Scalar z = x * -rootOfHalf;
  Scalar density = 0.39894228040143267794 * exp(-(z * z));
  return rounded(dy * (normalShare(x) + x * density), scalars);
}

SmallVector<Value> SiluOp::buildScalars(OpBuilder &builder,
                                        ValueRange scalars) {
  Scalar x = wide(*this, builder, scalars, 0);
  return rounded(x * sigmoid(x), scalars);
}

SmallVector<Value> SiluGradOp::buildScalars(OpBuilder &builder,
                                            ValueRange scalars) {
  Scalar dy = wide(*this, builder, scalars, 0);
  Scalar x = wide(*this, builder, scalars, 1);
  // s + x s (1 - s): 1 - s loses digits only where the 1 outweighs it.
  Scalar s = sigmoid(x);
  return rounded(dy * (s * (1.0 + x * (1.0 - s))), scalars);
}

SmallVector<Value> SoftplusOp::buildScalars(OpBuilder &builder,
                                            ValueRange scalars) {
  Scalar x = wide(*this, builder, scalars, 0);
  Scalar positive = select(isLess(x, 0), x.constant(0), x);
  return rounded(positive + log1p(exp(-abs(x))), scalars);
}

SmallVector<Value> SoftplusGradOp::buildScalars(OpBuilder &builder,
                                                ValueRange scalars) {
  Scalar dy = wide(*this, builder, scalars, 0);
  return rounded(dy * sigmoid(wide(*this, builder, scalars, 1)), scalars);
}

SmallVector<Value> ExpOp::buildScalars(OpBuilder &builder, ValueRange scalars) {
  return {exp(operand(*this, builder, scalars, 0))};
}

SmallVector<Value> ExpGradOp::buildScalars(OpBuilder &builder,
                                           ValueRange scalars) {
  Scalar dy = operand(*this, builder, scalars, 0);
  return {dy * exp(operand(*this, builder, scalars, 1))};
}

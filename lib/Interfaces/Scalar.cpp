//===- Scalar.cpp - Formulas on scalars, written as formulas --------------===//

#include "gradc/Interfaces/Scalar.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;

namespace gradc {

Value findNarrowTerm(Operation *addition) {
  if (!addition || !isa<arith::AddFOp>(addition) ||
      !addition->hasAttr(narrowAttr))
    return {};
  for (Value operand : addition->getOperands())
    if (auto widen = operand.getDefiningOp<arith::ExtFOp>())
      if (widen.getIn().getType().isF32())
        return widen.getIn();
  return {};
}

Scalar markWidened(Scalar result, bool isWidened) {
  result.widened = isWidened;
  return result;
}

Scalar Scalar::constant(double number) const {
  TypedAttr attribute = FloatAttr::get(getElementTypeOrSelf(value), number);
  if (auto vector = dyn_cast<ShapedType>(getType()))
    attribute = DenseElementsAttr::get(vector, Attribute(attribute));
  Scalar result(*builder, loc,
                arith::ConstantOp::create(*builder, loc, attribute));
  return markWidened(result, widened);
}

Scalar Scalar::convertTo(Type type) const {
  unsigned from = getElementTypeOrSelf(value).getIntOrFloatBitWidth();
  unsigned to = type.getIntOrFloatBitWidth();
  if (from == to)
    return {*builder, loc, value};
  if (auto vector = dyn_cast<ShapedType>(getType()))
    type = vector.clone(type);
  if (from > to)
    return {*builder, loc, arith::TruncFOp::create(*builder, loc, type, value)};
  return {*builder, loc, arith::ExtFOp::create(*builder, loc, type, value)};
}

Scalar Scalar::widen() const {
  return markWidened(convertTo(builder->getF64Type()),
                     getElementTypeOrSelf(value).isF32());
}

template <typename Op> static Scalar binary(Scalar a, Scalar b) {
  Scalar result(a.getBuilder(), a.getLoc(),
                Op::create(a.getBuilder(), a.getLoc(), Value(a), Value(b)));
  return markWidened(result, a.isWidened() || b.isWidened());
}

template <typename Op> static Scalar unary(Scalar x) {
  Scalar result(x.getBuilder(), x.getLoc(),
                Op::create(x.getBuilder(), x.getLoc(), Value(x)));
  return markWidened(result, x.isWidened());
}

/// A function that is no instruction.
template <typename Op> static Scalar function(Scalar x) {
  Scalar result = unary<Op>(x);
  if (x.isWidened())
    Value(result).getDefiningOp()->setAttr(forSingleAttr,
                                           x.getBuilder().getUnitAttr());
  return result;
}

Scalar operator+(Scalar a, Scalar b) { return binary<arith::AddFOp>(a, b); }
Scalar operator-(Scalar a, Scalar b) { return binary<arith::SubFOp>(a, b); }
Scalar operator*(Scalar a, Scalar b) { return binary<arith::MulFOp>(a, b); }
Scalar operator/(Scalar a, Scalar b) { return binary<arith::DivFOp>(a, b); }
Scalar operator+(Scalar a, double b) { return a + a.constant(b); }
Scalar operator+(double a, Scalar b) { return b.constant(a) + b; }
Scalar operator-(Scalar a, double b) { return a - a.constant(b); }
Scalar operator-(double a, Scalar b) { return b.constant(a) - b; }
Scalar operator*(Scalar a, double b) { return a * a.constant(b); }
Scalar operator*(double a, Scalar b) { return b.constant(a) * b; }
Scalar operator/(Scalar a, double b) { return a / a.constant(b); }
Scalar operator/(double a, Scalar b) { return b.constant(a) / b; }
Scalar operator-(Scalar a) { return unary<arith::NegFOp>(a); }

Scalar abs(Scalar x) { return unary<math::AbsFOp>(x); }
Scalar exp(Scalar x) { return function<math::ExpOp>(x); }
Scalar expm1(Scalar x) { return function<math::ExpM1Op>(x); }
Scalar log(Scalar x) { return function<math::LogOp>(x); }
Scalar log1p(Scalar x) { return function<math::Log1pOp>(x); }
Scalar sqrt(Scalar x) { return unary<math::SqrtOp>(x); }
Scalar tanh(Scalar x) { return function<math::TanhOp>(x); }
Scalar erfc(Scalar x) { return function<math::ErfcOp>(x); }
Scalar cos(Scalar x) { return function<math::CosOp>(x); }
Scalar copySign(Scalar size, Scalar sign) {
  return binary<math::CopySignOp>(size, sign);
}

static Value compare(arith::CmpFPredicate predicate, Scalar a, Scalar b) {
  return arith::CmpFOp::create(a.getBuilder(), a.getLoc(), predicate, a, b);
}

Value isLess(Scalar x, double bound) {
  return compare(arith::CmpFPredicate::OLT, x, x.constant(bound));
}
Value isGreater(Scalar x, double bound) {
  return compare(arith::CmpFPredicate::OGT, x, x.constant(bound));
}
Value isGreater(Scalar x, Scalar bound) {
  return compare(arith::CmpFPredicate::OGT, x, bound);
}
Value isAtMost(Scalar x, double bound) {
  return compare(arith::CmpFPredicate::OLE, x, x.constant(bound));
}
Scalar select(Value condition, Scalar a, Scalar b) {
  Scalar result(a.getBuilder(), a.getLoc(),
                arith::SelectOp::create(a.getBuilder(), a.getLoc(), condition,
                                        Value(a), Value(b)));
  return markWidened(result, a.isWidened() || b.isWidened());
}

} // namespace gradc

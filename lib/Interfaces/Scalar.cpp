//===- Scalar.cpp - Formulas on scalars, written as formulas --------------===//

#include "gradc/Interfaces/Scalar.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;

namespace gradc {

Scalar Scalar::constant(double number) const {
  auto attribute = FloatAttr::get(getType(), number);
  return {*builder, loc, arith::ConstantOp::create(*builder, loc, attribute)};
}

Scalar Scalar::convertTo(Type type) const {
  unsigned from = getType().getIntOrFloatBitWidth();
  unsigned to = type.getIntOrFloatBitWidth();
  if (from == to)
    return *this;
  if (from > to)
    return {*builder, loc, arith::TruncFOp::create(*builder, loc, type, value)};
  return {*builder, loc, arith::ExtFOp::create(*builder, loc, type, value)};
}

template <typename Op> static Scalar binary(Scalar a, Scalar b) {
  return {a.getBuilder(), a.getLoc(),
          Op::create(a.getBuilder(), a.getLoc(), Value(a), Value(b))};
}

template <typename Op> static Scalar unary(Scalar x) {
  return {x.getBuilder(), x.getLoc(),
          Op::create(x.getBuilder(), x.getLoc(), Value(x))};
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
Scalar exp(Scalar x) { return unary<math::ExpOp>(x); }
Scalar expm1(Scalar x) { return unary<math::ExpM1Op>(x); }
Scalar log(Scalar x) { return unary<math::LogOp>(x); }
Scalar log1p(Scalar x) { return unary<math::Log1pOp>(x); }
Scalar sqrt(Scalar x) { return unary<math::SqrtOp>(x); }
Scalar tanh(Scalar x) { return unary<math::TanhOp>(x); }
Scalar erfc(Scalar x) { return unary<math::ErfcOp>(x); }
Scalar cos(Scalar x) { return unary<math::CosOp>(x); }

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
  return {a.getBuilder(), a.getLoc(),
          arith::SelectOp::create(a.getBuilder(), a.getLoc(), condition,
                                  Value(a), Value(b))};
}

} // namespace gradc

//===- Exponential.cpp - exp, expm1, tanh ---------------------------------===//
//
// x = n log(2) + r with |r| <= log(2) / 2 (Cody and Waite 1980), so e^x = 2^n
// e^r. In f64 one subtraction of n log(2) is enough for an x that was an f32.
// e^r is 1 + r + r^2 q(r), which keeps e^r - 1 apart from the 1 that would
// swallow it (Tang 1992, for expm1), and 2^n is made in the bits of the
// exponent, as in SLEEF (Shibata and Petrogalli 2020). q was made by
// minimax.py.
//
//===----------------------------------------------------------------------===//

#include "MathFunctions.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;

namespace gradc {

/// (e^r - 1 - r) / r^2, so that the error of e^r - 1 is 2^-49.4: small enough
/// for slopes near their zeros, where e^x meets a number of its own size.
static const double exponentialTail[] = {
    0.49999999999999634,    0.16666666666630475,    0.04166666666710417,
    0.008333333362687769,   0.0013888888764723864,  0.00019841195899998067,
    2.4801695997651214e-05, 2.7630667813270864e-06, 2.755414915420991e-07};

namespace {
/// e^x = power (1 + rest).
struct SplitExponential {
  Scalar power, rest;
};
} // namespace

/// `x`, or -709 where it is less: there 2^n becomes 0. NaN passes.
static Scalar limitBelow(Scalar x) {
  return select(isLess(x, -709), x.constant(-709), x);
}

/// Whether `x` is written so that it cannot be positive.
static bool isNegatedSize(Scalar x) {
  auto negation = Value(x).getDefiningOp<arith::NegFOp>();
  return negation && negation.getOperand().getDefiningOp<math::AbsFOp>();
}

/// `x` from -709 to 709.4, where e^x is a finite f64, but infinite as an f32.
/// NaN passes.
static Scalar limit(Scalar x) {
  constexpr double bound = 709.4;
  if (!isNegatedSize(x))
    x = select(isGreater(x, bound), x.constant(bound), x);
  return limitBelow(x);
}

/// Of an x from -709 to 709.4.
static SplitExponential split(Scalar x) {
  // Added to this number, n stands in the last bits.
  constexpr double shift = 0x1.8p52;
  Scalar shifted =
      multiplyAdd(x, x.constant(0x1.71547652b82fep0), x.constant(shift));
  Scalar n = shifted - shift;
  Scalar r = multiplyAdd(n, x.constant(-0x1.62e42fefa39efp-1), x);
  Scalar rest = multiplyAdd(r * r, evaluatePolynomial(r, exponentialTail), r);
  // Shifted by 52 bits, nothing but n is left, in the place of the exponent.
  OpBuilder &builder = x.getBuilder();
  Location loc = x.getLoc();
  Value bits = toBits(shifted);
  Value exponent =
      arith::ShLIOp::create(builder, loc, bits, constantBits(x, bits, 52));
  Value power = arith::AddIOp::create(
      builder, loc, exponent, constantBits(x, bits, 0x3ff0000000000000));
  return {fromBits(x, power), rest};
}

Scalar buildExp(Scalar x) {
  auto [power, rest] = split(limit(x));
  return (1.0 + rest) * power;
}

Scalar buildSmallExpm1(Scalar x) {
  auto [power, rest] = split(x);
  return multiplyAdd(rest, power, power - 1.0);
}

Scalar buildExpm1(Scalar x) { return copySign(buildSmallExpm1(limit(x)), x); }

Scalar buildTanh(Scalar x) {
  // -m / (2 + m) with m = e^-2|x| - 1 loses nothing near 0 and overflows
  // nowhere.
  Scalar m = buildSmallExpm1(limitBelow(-2.0 * abs(x)));
  return copySign(m / (2.0 + m), x);
}

} // namespace gradc

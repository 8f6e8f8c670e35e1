//===- Logarithm.cpp - log, log1p -----------------------------------------===//
//
// x = 2^k (1 + f) with sqrt(1/2) <= 1 + f < sqrt(2), taken from the bits (Cody
// and Waite 1980), and log(1 + f) = f + f^2 p(f), which is right near 0 too,
// where k is 0. A polynomial of f costs less than one of f / (2 + f), which
// needs a division. p was made by minimax.py.
//
//===----------------------------------------------------------------------===//

#include "MathFunctions.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include <limits>

using namespace mlir;

namespace gradc {

/// (log(1 + f) - f) / f^2, so that the error of log(1 + f) is 2^-38.4.
static const double logarithmTail[] = {
    -0.49999999993770544, 0.3333333342521108,   -0.250000020058795,
    0.1999998738335425,   -0.16666490531359257, 0.14286208909008544,
    -0.1250661004096778,  0.11105779894376526,  -0.09880588494312578,
    0.09030017377268511,  -0.09317610779100086, 0.09174419121618047,
    -0.04841032187281258};

static constexpr double infinity = std::numeric_limits<double>::infinity();
static constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();

namespace {
/// x = 2^k (1 + f).
struct SplitNumber {
  Scalar k, f;
};
} // namespace

/// Of a positive normal number; any others of anything else.
static SplitNumber split(Scalar x) {
  constexpr uint64_t one = 0x3ff0000000000000, mantissa = 0x000fffffffffffff;
  constexpr uint64_t rootOfHalf = 0x3fe6a09e667f3bcd;
  OpBuilder &builder = x.getBuilder();
  Location loc = x.getLoc();
  Value bits = toBits(x);
  auto number = [&](uint64_t value) { return constantBits(x, bits, value); };
  // The exponent now grows by one at sqrt(1/2), not at 1.
  Value moved =
      arith::AddIOp::create(builder, loc, bits, number(one - rootOfHalf));
  // 1023 + k as the last bits of 2^52: few machines convert integers of 64
  // bits.
  Value exponent = arith::ShRUIOp::create(builder, loc, moved, number(52));
  Value placed =
      arith::OrIOp::create(builder, loc, exponent, number(0x4330000000000000));
  Scalar k = fromBits(x, placed) - (0x1p52 + 1023);
  Value digits = arith::AndIOp::create(builder, loc, moved, number(mantissa));
  Value scaled =
      arith::AddIOp::create(builder, loc, digits, number(rootOfHalf));
  return {k, fromBits(x, scaled) - 1.0};
}

static Scalar buildLogNearOne(Scalar f) {
  return multiplyAdd(f * f, evaluatePolynomial(f, logarithmTail), f);
}

static Scalar addExponent(Scalar k, Scalar logarithm) {
  return multiplyAdd(k, k.constant(0x1.62e42fefa39efp-1), logarithm);
}

/// `result`, but for the logarithm of 0, of less, of infinity and of NaN.
static Scalar treatSpecial(Scalar argument, Scalar result) {
  Scalar below = select(isLess(argument, 0), argument.constant(notANumber),
                        argument.constant(-infinity));
  result = select(isAtMost(argument, 0), below, result);
  return select(isLess(argument, infinity), result, argument);
}

Scalar buildLog(Scalar x) {
  auto [k, f] = split(x);
  return treatSpecial(x, addExponent(k, buildLogNearOne(f)));
}

Scalar buildLog1p(Scalar x) {
  Scalar sum = 1.0 + x;
  auto [k, f] = split(sum);
  // Near 0 the sum has lost digits of x, but k is 0: f is x itself.
  f = select(isLess(abs(x), 0.25), x, f);
  Scalar result = treatSpecial(sum, addExponent(k, buildLogNearOne(f)));
  return copySign(result, x);
}

} // namespace gradc

//===- ErrorFunction.cpp - erf, erfc --------------------------------------===//
//
// The polynomials were made by minimax.py.
//
//===----------------------------------------------------------------------===//

#include "MathFunctions.h"
#include "mlir/IR/Value.h"

using namespace mlir;

namespace gradc {

/// -log(erfc(z)) / z for 0 <= z <= 4, so that the error of erf is 2^-35.4.
static const double erfExponent[] = {
    1.1283791670701322,      0.6366197764987322,     0.1027724947608502,
    -0.019127356016120922,   -0.0002147382270633866, 0.0017124715983349759,
    -0.0006196296189074518,  5.976294089098259e-05,  4.071486538478305e-05,
    -2.1754819567267454e-05, 5.2316750360186854e-06, -6.672576400893016e-07,
    3.635582632463547e-08};

/// e^(z^2) erfc(z) of t = (z - 3.5) / (z + 3.5) for 0 <= z <= 10.4, with an
/// error of 2^-45.5: more than an f32 needs, for the slope of gelu near its
/// zero.
static const double scaledErfc[] = {
    0.15529365560889735,    -0.28926504483277743,    0.23313048159933422,
    -0.16133852476287688,   0.09442780695456039,     -0.04543676122950519,
    0.016976760059806868,   -0.004242238298227403,   0.00026739340362969937,
    0.0002885571793182975,  -0.00010812678218243051, -4.705668337266995e-06,
    1.3450866361249607e-05, -1.4922223208551034e-06, -1.6041506093255458e-06,
    1.5768042959306564e-07, 1.3028592448382649e-07};

/// `x`, or `bound` where it is larger; NaN stays NaN.
static Scalar limit(Scalar x, double bound) {
  return select(isGreater(x, bound), x.constant(bound), x);
}

/// erf(z) = 1 - e^(-z r(z)): one formula that keeps its digits near 0 and
/// reaches 1. As an f32 erf is 1 from 3.92 on.
Scalar buildErf(Scalar x) {
  Scalar z = limit(abs(x), 4);
  return copySign(buildSmallExpm1(-z * evaluatePolynomial(z, erfExponent)), x);
}

/// erfc(z) = e^(-z^2) q(t) for z >= 0 with t = (z - 3.5) / (z + 3.5), after
/// Shepherd and Laframboise (1981), and 2 - erfc(-z) for others.
Scalar buildErfc(Scalar x) {
  // Beyond 10.4 the first factor is 0 as an f32, and q small.
  Scalar z = limit(abs(x), 100);
  Scalar t = (z - 3.5) / (z + 3.5);
  // The square of x, not of z: a formula may contain the same exponential.
  Scalar tail = buildExp(-(x * x)) * evaluatePolynomial(t, scaledErfc);
  return select(isLess(x, 0), 2.0 - tail, tail);
}

} // namespace gradc

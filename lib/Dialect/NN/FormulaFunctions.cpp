//===- FormulaFunctions.cpp - What formulas are made of -------------------===//
//
// A row for each function: its value, the ops that compute it, its derivative.
// Slopes are written so that they do not cancel in the tails: a vanishing
// gradient must show its true size.
//
//===----------------------------------------------------------------------===//

#include "gradc/Dialect/NN/Formula.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Matchers.h"
#include <cmath>

using namespace mlir;

namespace gradc::nn {

using Values = ArrayRef<double>;
using Scalars = ArrayRef<Scalar>;
using Formulas = ArrayRef<Formula>;

static Formula make(StringRef name, Formulas operands) {
  return Formula::call(*findFormulaFunction(name), operands);
}

static Formula number(double value) { return Formula::number(value); }

static Scalar buildSigmoid(Scalar x) { return 1.0 / (1.0 + exp(-x)); }

/// e / (1 + e)^2 with e = e^-|x|: s (1 - s) would cancel.
static Scalar buildSigmoidSlope(Scalar x) {
  Scalar e = exp(-abs(x)), sum = 1.0 + e;
  return e / (sum * sum);
}

static double getSigmoidSlope(double x) {
  double e = std::exp(-std::fabs(x));
  return e / ((1 + e) * (1 + e));
}

static Scalar buildSoftplus(Scalar x) {
  return select(isLess(x, 0), x.constant(0), x) + log1p(exp(-abs(x)));
}

/// By products where the power is whole.
static Scalar buildPower(Scalar x, double power) {
  constexpr double largest = 64;
  double size = std::fabs(power);
  if (size != std::floor(size) || size > largest)
    return exp(power * log(x));
  Scalar result = x.constant(1), square = x;
  for (unsigned rest = unsigned(size); rest != 0; rest /= 2) {
    if (rest % 2 == 1)
      result = result * square;
    if (rest > 1)
      square = square * square;
  }
  return power < 0 ? 1.0 / result : result;
}

/// The number that a constant was made of: the power of `pow`.
static double getConstant(Value value) {
  Attribute attribute;
  matchPattern(value, m_Constant(&attribute));
  if (auto number = dyn_cast<FloatAttr>(attribute))
    return number.getValueAsDouble();
  return cast<DenseFPElementsAttr>(attribute)
      .getSplatValue<APFloat>()
      .convertToDouble();
}

static double getSign(double x) { return x > 0 ? 1 : x < 0 ? -1 : 0; }

static const FormulaFunction functions[] = {
    {"+", 2, true, [](Values v) { return v[0] + v[1]; },
     [](Scalars s) { return s[0] + s[1]; },
     [](Formulas, Formulas d) { return d[0] + d[1]; }},
    {"-", 2, true, [](Values v) { return v[0] - v[1]; },
     [](Scalars s) { return s[0] - s[1]; },
     [](Formulas, Formulas d) { return d[0] - d[1]; }},
    {"*", 2, true, [](Values v) { return v[0] * v[1]; },
     [](Scalars s) { return s[0] * s[1]; },
     [](Formulas f, Formulas d) { return d[0] * f[1] + f[0] * d[1]; }},
    {"/", 2, true, [](Values v) { return v[0] / v[1]; },
     [](Scalars s) { return s[0] / s[1]; },
     [](Formulas f, Formulas d) {
       return d[0] / f[1] - (f[0] * d[1]) / (f[1] * f[1]);
     }},
    {"negate", 1, true, [](Values v) { return -v[0]; },
     [](Scalars s) { return -s[0]; },
     [](Formulas, Formulas d) { return number(0) - d[0]; }},
    {"exp", 1, true, [](Values v) { return std::exp(v[0]); },
     [](Scalars s) { return exp(s[0]); },
     [](Formulas f, Formulas d) { return make("exp", f) * d[0]; }},
    {"log", 1, true, [](Values v) { return std::log(v[0]); },
     [](Scalars s) { return log(s[0]); },
     [](Formulas f, Formulas d) { return d[0] / f[0]; }},
    {"sqrt", 1, true, [](Values v) { return std::sqrt(v[0]); },
     [](Scalars s) { return sqrt(s[0]); },
     [](Formulas f, Formulas d) {
       return d[0] / (number(2) * make("sqrt", f));
     }},
    {"abs", 1, true, [](Values v) { return std::fabs(v[0]); },
     [](Scalars s) { return abs(s[0]); },
     [](Formulas f, Formulas d) { return make("sign", f) * d[0]; }},
    {"tanh", 1, true, [](Values v) { return std::tanh(v[0]); },
     [](Scalars s) { return tanh(s[0]); },
     [](Formulas f, Formulas d) {
       // 1 - tanh(x)^2 = 4 s(2x) s(-2x) with s the sigmoid.
       return number(4) * make("sigmoid_slope", {number(2) * f[0]}) * d[0];
     }},
    {"sigmoid", 1, true, [](Values v) { return 1 / (1 + std::exp(-v[0])); },
     [](Scalars s) { return buildSigmoid(s[0]); },
     [](Formulas f, Formulas d) { return make("sigmoid_slope", f) * d[0]; }},
    {"softplus", 1, true,
     [](Values v) {
       return std::fmax(v[0], 0) + std::log1p(std::exp(-std::fabs(v[0])));
     },
     [](Scalars s) { return buildSoftplus(s[0]); },
     [](Formulas f, Formulas d) { return make("sigmoid", f) * d[0]; }},
    {"relu", 1, true, [](Values v) { return v[0] < 0 ? 0 : v[0]; },
     [](Scalars s) { return select(isLess(s[0], 0), s[0].constant(0), s[0]); },
     [](Formulas f, Formulas d) { return make("step", f) * d[0]; }},
    {"erf", 1, true, [](Values v) { return std::erf(v[0]); },
     [](Scalars s) { return 1.0 - erfc(s[0]); },
     [](Formulas f, Formulas d) {
       // 2 / sqrt(pi) e^(-x^2)
       return number(1.1283791670955126) *
              make("exp", {number(0) - f[0] * f[0]}) * d[0];
     }},
    {"max", 2, true, [](Values v) { return v[0] > v[1] ? v[0] : v[1]; },
     [](Scalars s) { return select(isGreater(s[0], s[1]), s[0], s[1]); },
     [](Formulas f, Formulas d) {
       return make("where_greater", {f[0], f[1], d[0], d[1]});
     }},
    {"min", 2, true, [](Values v) { return v[1] > v[0] ? v[0] : v[1]; },
     [](Scalars s) { return select(isGreater(s[1], s[0]), s[0], s[1]); },
     [](Formulas f, Formulas d) {
       return make("where_greater", {f[1], f[0], d[0], d[1]});
     }},
    {"pow", 2, true, [](Values v) { return std::pow(v[0], v[1]); },
     [](Scalars s) { return buildPower(s[0], getConstant(s[1])); },
     [](Formulas f, Formulas d) {
       double power = *f[1].getNumber();
       return number(power) * make("pow", {f[0], number(power - 1)}) * d[0];
     }},
    {"sign", 1, false, [](Values v) { return getSign(v[0]); },
     [](Scalars s) {
       return select(isGreater(s[0], 0), s[0].constant(1),
                     select(isLess(s[0], 0), s[0].constant(-1), s[0] * 0.0));
     },
     nullptr},
    {"step", 1, false, [](Values v) { return v[0] > 0 ? 1.0 : 0.0; },
     [](Scalars s) {
       return select(isAtMost(s[0], 0), s[0].constant(0), s[0].constant(1));
     },
     nullptr},
    {"sigmoid_slope", 1, false, [](Values v) { return getSigmoidSlope(v[0]); },
     [](Scalars s) { return buildSigmoidSlope(s[0]); }, nullptr},
    {"where_greater", 4, false,
     [](Values v) { return v[0] > v[1] ? v[2] : v[3]; },
     [](Scalars s) { return select(isGreater(s[0], s[1]), s[2], s[3]); },
     nullptr},
};

ArrayRef<FormulaFunction> getFormulaFunctions() { return functions; }

const FormulaFunction *findFormulaFunction(StringRef name) {
  for (const FormulaFunction &function : functions)
    if (function.name == name)
      return &function;
  return nullptr;
}

} // namespace gradc::nn

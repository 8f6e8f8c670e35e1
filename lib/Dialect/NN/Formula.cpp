//===- Formula.cpp - Formulas of one variable -----------------------------===//

#include "gradc/Dialect/NN/Formula.h"
#include "gradc/Diagnostics/Numbers.h"
#include <cmath>
#include <limits>
#include <map>
#include <optional>

using namespace mlir;

namespace gradc::nn {

/// A function of operands; without one, a number; without either, the variable.
struct Formula::Node {
  const FormulaFunction *function = nullptr;
  std::optional<double> number;
  SmallVector<Formula> operands;
};

Formula Formula::number(double value) {
  return Formula(std::make_shared<const Node>(Node{nullptr, value, {}}));
}

Formula Formula::variable() {
  return Formula(std::make_shared<const Node>(Node{}));
}

Formula Formula::call(const FormulaFunction &function,
                      ArrayRef<Formula> operands) {
  return Formula(std::make_shared<const Node>(
      Node{&function, std::nullopt, llvm::to_vector(operands)}));
}

const double *Formula::getNumber() const {
  return node->number ? &*node->number : nullptr;
}

bool Formula::usesVariable() const {
  if (!node->function)
    return !node->number;
  return llvm::any_of(node->operands, [](const Formula &operand) {
    return operand.usesVariable();
  });
}

double Formula::evaluate(double x) const {
  if (!node->function)
    return node->number.value_or(x);
  SmallVector<double> values;
  for (const Formula &operand : node->operands)
    values.push_back(operand.evaluate(x));
  return node->function->evaluate(values);
}

Scalar Formula::build(Scalar x) const {
  // Parts that are shared are computed once.
  std::map<const Node *, Scalar> built;
  auto visit = [&](auto &visit, const Formula &formula) -> Scalar {
    const Node *node = formula.node.get();
    auto found = built.find(node);
    if (found != built.end())
      return found->second;
    if (!node->function)
      return node->number ? x.constant(*node->number) : x;
    SmallVector<Scalar> operands;
    for (const Formula &operand : node->operands)
      operands.push_back(visit(visit, operand));
    Scalar result = node->function->build(operands);
    built.emplace(node, result);
    return result;
  };
  return visit(visit, *this);
}

Formula Formula::differentiate() const {
  if (!node->function)
    return number(node->number ? 0 : 1);
  SmallVector<Formula> slopes;
  for (const Formula &operand : node->operands)
    slopes.push_back(operand.differentiate());
  return node->function->differentiate(node->operands, slopes);
}

double Formula::estimateMaxSlope() const {
  Formula slope = differentiate();
  double largest = 0, nearest = 0;
  auto look = [&](double x) {
    double size = std::fabs(slope.evaluate(x));
    // Where the formula has no value, as a logarithm left of 0, is no slope.
    if (!std::isnan(size))
      largest = std::fmax(largest, size);
  };
  // Activations bend near 0.
  for (int i = -2048; i <= 2048; ++i)
    look(i / 128.0);
  nearest = largest;
  for (double x = 16; x < 1e6; x *= 2)
    for (double sign : {-1.0, 1.0})
      look(sign * x);
  // Much steeper far away than here, where the sample is dense: no bound.
  return largest > 2 * nearest ? std::numeric_limits<double>::infinity()
                               : largest;
}

//===----------------------------------------------------------------------===//
// Simplification
//===----------------------------------------------------------------------===//

static bool isNumber(const Formula &formula, double value) {
  return formula.getNumber() && *formula.getNumber() == value;
}

/// The operation, or its result where both operands are numbers.
static Formula apply(StringRef name, const Formula &a, const Formula &b) {
  const FormulaFunction &function = *findFormulaFunction(name);
  if (a.getNumber() && b.getNumber()) {
    double value = function.evaluate({*a.getNumber(), *b.getNumber()});
    if (std::isfinite(value))
      return Formula::number(value);
  }
  return Formula::call(function, {a, b});
}

Formula operator+(const Formula &a, const Formula &b) {
  return isNumber(a, 0) ? b : isNumber(b, 0) ? a : apply("+", a, b);
}

Formula operator-(const Formula &a, const Formula &b) {
  if (isNumber(a, 0) && !b.getNumber())
    return Formula::call(*findFormulaFunction("negate"), {b});
  return isNumber(b, 0) ? a : apply("-", a, b);
}

Formula operator*(const Formula &a, const Formula &b) {
  if (isNumber(a, 0) || isNumber(b, 0))
    return Formula::number(0);
  return isNumber(a, 1) ? b : isNumber(b, 1) ? a : apply("*", a, b);
}

Formula operator/(const Formula &a, const Formula &b) {
  return isNumber(a, 0) || isNumber(b, 1) ? a : apply("/", a, b);
}

//===----------------------------------------------------------------------===//
// Text
//===----------------------------------------------------------------------===//

// How closely operands are bound; a function's are in brackets.
static constexpr unsigned sumLevel = 1, productLevel = 2, signLevel = 3;

std::string Formula::print() const { return print(0); }

std::string Formula::print(unsigned precedence) const {
  auto enclose = [&](std::string text, unsigned own) {
    return own < precedence ? "(" + text + ")" : text;
  };
  if (!node->function) {
    if (!node->number)
      return "x";
    return enclose(toString(*node->number), *node->number < 0 ? signLevel : 4);
  }
  StringRef name = node->function->name;
  if (name == "negate")
    return enclose("-" + node->operands[0].print(4), signLevel);
  if (name.size() == 1) {
    unsigned own = name == "+" || name == "-" ? sumLevel : productLevel;
    return enclose(node->operands[0].print(own) + " " + name.str() + " " +
                       node->operands[1].print(own + 1),
                   own);
  }
  std::string text = name.str() + "(";
  for (const Formula &operand : node->operands)
    text += (text.back() == '(' ? "" : ", ") + operand.print(0);
  return text + ")";
}

} // namespace gradc::nn

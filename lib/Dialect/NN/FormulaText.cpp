//===- FormulaText.cpp - Formulas as text ---------------------------------===//

#include "gradc/Diagnostics/Numbers.h"
#include "gradc/Dialect/NN/Formula.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;

namespace gradc::nn {
namespace {
/// Reads sums of products of factors from the front of a text. What it is about
/// to say of a mistake stands in `problem`.
class FormulaParser {
public:
  FormulaParser(StringRef text, std::string &problem)
      : text(text), rest(text), problem(problem) {}

  FailureOr<Formula> parse() {
    FailureOr<Formula> formula = parseSum();
    if (succeeded(formula) && !take("") && !rest.empty())
      return fail("an operator");
    return formula;
  }

private:
  StringRef text, rest;
  std::string &problem;
  unsigned depth = 0;
  // As deep as brackets in a `.net` may be, and more.
  static constexpr unsigned maxDepth = 1000;

  LogicalResult fail(const Twine &expected) {
    if (problem.empty())
      problem = ("expected " + expected + " at character " +
                 Twine(text.size() - rest.size() + 1))
                    .str();
    return failure();
  }

  /// Blanks, then `token`, if it comes next.
  bool take(StringRef token) {
    rest = rest.ltrim();
    return !token.empty() && rest.consume_front(token);
  }

  FailureOr<Formula> parseSum() { return parseChain("+", "-", true); }

  FailureOr<Formula> parseChain(StringRef one, StringRef other, bool isSum) {
    auto parseOperand = [&] {
      return isSum ? parseChain("*", "/", false) : parseFactor();
    };
    FailureOr<Formula> left = parseOperand();
    while (succeeded(left)) {
      StringRef name = take(one) ? one : take(other) ? other : StringRef();
      if (name.empty())
        break;
      FailureOr<Formula> right = parseOperand();
      if (failed(right))
        return failure();
      left = Formula::call(*findFormulaFunction(name), {*left, *right});
    }
    return left;
  }

  FailureOr<Formula> parseFactor() {
    if (take("-")) {
      FailureOr<Formula> operand = parseAtom();
      if (failed(operand))
        return failure();
      if (const double *number = operand->getNumber())
        return Formula::number(-*number);
      return Formula::call(*findFormulaFunction("negate"), {*operand});
    }
    return parseAtom();
  }

  FailureOr<Formula> parseAtom() {
    if (++depth > maxDepth)
      return fail("fewer brackets");
    take("");
    StringRef word = rest.take_while(
        [](char c) { return llvm::isAlnum(c) || c == '_' || c == '.'; });
    FailureOr<Formula> result = failure();
    if (take("("))
      result = parseBracket();
    else if (!word.empty() && !llvm::isAlpha(word.front()))
      result = parseNumber();
    else if (word == "x" && rest.consume_front(word))
      result = Formula::variable();
    else
      result = parseCall(word);
    --depth;
    return result;
  }

  FailureOr<Formula> parseBracket() {
    FailureOr<Formula> inner = parseSum();
    if (succeeded(inner) && !take(")"))
      return fail("')'");
    return inner;
  }

  FailureOr<Formula> parseNumber() {
    StringRef word = rest.take_while(
        [](char c) { return llvm::isDigit(c) || c == '.' || c == 'e'; });
    // `1e-05`: the sign belongs to the number.
    if (word.ends_with("e"))
      word = rest.take_front(
          word.size() + 1 +
          rest.drop_front(word.size() + 1).take_while(llvm::isDigit).size());
    double number;
    if (word.getAsDouble(number))
      return fail("a number");
    rest = rest.drop_front(word.size());
    return Formula::number(number);
  }

  FailureOr<Formula> parseCall(StringRef word) {
    const FormulaFunction *function = findFormulaFunction(word);
    if (!function || !function->isWritten || !llvm::isAlpha(word.front()))
      return fail("a number, 'x' or a function");
    rest = rest.drop_front(word.size());
    if (!take("("))
      return fail("'('");
    SmallVector<Formula> operands;
    do {
      FailureOr<Formula> operand = parseSum();
      if (failed(operand))
        return failure();
      operands.push_back(*operand);
    } while (take(","));
    if (operands.size() != function->numOperands)
      return fail(Twine(function->numOperands) + " operands");
    if (word == "pow" && !operands[1].getNumber())
      return fail("a number as the power");
    if (!take(")"))
      return fail("')'");
    return Formula::call(*function, operands);
  }
};
} // namespace

FailureOr<Formula> Formula::parse(StringRef text, std::string &problem) {
  return FormulaParser(text, problem).parse();
}

} // namespace gradc::nn

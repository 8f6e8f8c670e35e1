//===- ElaborateValues.cpp - The value of an expression -------------------===//

#include "Scope.h"

#include "llvm/Support/raw_ostream.h"
#include <cmath>

using namespace mlir;
using llvm::StringRef;
using llvm::Twine;

namespace gradc {

using Kind = SourceValue::Kind;
using ExpressionKind = ast::Expression::Kind;

const Binding *Scope::find(StringRef name) const {
  for (const Scope *scope = this; scope; scope = scope->parent) {
    auto found = scope->bindings.find(name);
    if (found != scope->bindings.end())
      return &found->second;
  }
  return nullptr;
}

StringRef Scope::findNearestName(StringRef name) const {
  // More names than anyone gives would make each lookup slow.
  constexpr size_t maxCandidates = 200;
  SmallVector<StringRef> candidates;
  for (const Scope *scope = this; scope; scope = scope->parent)
    for (const auto &binding : scope->bindings)
      if (candidates.size() < maxCandidates)
        candidates.push_back(binding.getKey());
  for (const Scope *scope = this; scope; scope = scope->parent)
    if (scope->knowsEpoch)
      candidates.push_back("epoch");
  llvm::sort(candidates); // a StringMap has no order of its own
  return findNearest(name, candidates);
}

Location Scope::locate(Location loc) const {
  for (const Scope *scope = this; scope; scope = scope->parent)
    if (scope->caller)
      return CallSiteLoc::get(loc, *scope->caller);
  return loc;
}

SourceValue getUnknown(Location loc) { return {Kind::Name, loc}; }

bool isUnknown(const SourceValue &value) {
  return value.kind == Kind::Name && value.text.empty();
}

bool isSame(const SourceValue &a, const SourceValue &b) {
  return a.kind == b.kind && a.number == b.number && a.text == b.text &&
         a.dimensions == b.dimensions && a.isInEpochs == b.isInEpochs &&
         llvm::equal(a.arguments, b.arguments, isSame);
}

FailureOr<int64_t> evaluateCount(const ast::Expression &expression,
                                 const Scope &scope, const Twine &what,
                                 int64_t low) {
  FailureOr<SourceValue> value = evaluate(expression, scope);
  if (failed(value))
    return failure();
  if (isUnknown(*value))
    return std::max<int64_t>(low, 1);
  if (value->kind == Kind::Number && value->isInteger && !value->isInEpochs &&
      value->number >= double(low))
    return int64_t(value->number);
  auto diagnostic = emitError(value->loc)
                    << what << " must be a whole number of at least " << low
                    << ", found '" << toString(*value) << "'";
  suggest(*diagnostic.getUnderlyingDiagnostic(), value->loc, value->nearest);
  return diagnostic;
}

/// `image[28, 28]`, `stage1[0].unit`, `encoder.*`, or a bound name.
static FailureOr<SourceValue> evaluateName(const ast::Expression &name,
                                           const Scope &scope) {
  SourceValue value{Kind::Name, scope.locate(name.loc)};
  bool isPlain =
      name.parts.size() == 1 && !name.parts[0].hasIndices && !name.hasStar;
  if (isPlain) {
    StringRef text = name.parts[0].text;
    if (const Binding *binding = scope.find(text)) {
      binding->isUsed = true;
      SourceValue bound = binding->value;
      bound.loc = value.loc;
      return bound;
    }
    if (scope.knowsEpoch && text == "epoch") {
      value.kind = Kind::Number;
      value.number = 1;
      value.isInteger = value.isInEpochs = true;
      return value;
    }
    value.text = text.str();
    value.nearest = scope.findNearestName(text).str();
    // A slip must not also make the param it meant look unused.
    if (const Binding *meant = scope.find(value.nearest))
      meant->isUsed = true;
    return value;
  }
  bool isPath = name.parts.size() > 1 || name.hasStar;
  for (const ast::NamePart &part : name.parts) {
    if (!value.text.empty())
      value.text += '.';
    value.text += part.text;
    if (!part.hasIndices)
      continue;
    for (const ast::Expression &index : part.indices) {
      FailureOr<int64_t> number =
          evaluateCount(index, scope, "an index or a dimension", 0);
      if (failed(number))
        return failure();
      value.dimensions.push_back(*number);
    }
    if (!isPath)
      continue;
    value.text += '[';
    llvm::raw_string_ostream os(value.text);
    llvm::interleaveComma(value.dimensions, os);
    value.text += ']';
    value.dimensions.clear();
  }
  if (name.hasStar)
    value.text += ".*";
  return value;
}

/// An operand of arithmetic.
static FailureOr<SourceValue> evaluateNumber(const ast::Expression &expression,
                                             const Scope &scope) {
  FailureOr<SourceValue> value = evaluate(expression, scope);
  if (failed(value) || value->kind == Kind::Number)
    return value;
  if (isUnknown(*value)) {
    SourceValue one{Kind::Number, value->loc};
    one.number = 1;
    one.isInteger = true;
    return one;
  }
  if (value->kind == Kind::Name && value->text == toString(*value)) {
    auto diagnostic = emitError(value->loc)
                      << "unknown name '" << value->text << "'";
    suggest(*diagnostic.getUnderlyingDiagnostic(), value->loc, value->nearest);
    return diagnostic;
  }
  return emitError(value->loc)
         << "expected a number, found '" << toString(*value) << "'";
}

/// Epochs may be added to epochs and multiplied by numbers.
static LogicalResult combineUnits(SourceValue &left, char sign,
                                  const SourceValue &right) {
  switch (sign) {
  case '+':
  case '-':
    if (left.isInEpochs == right.isInEpochs)
      return success();
    break;
  case '*':
    if (left.isInEpochs && right.isInEpochs)
      break;
    left.isInEpochs |= right.isInEpochs;
    return success();
  case '/':
    if (right.isInEpochs && !left.isInEpochs)
      break;
    left.isInEpochs &= !right.isInEpochs;
    return success();
  default:
    if (!left.isInEpochs && !right.isInEpochs)
      return success();
  }
  return emitError(right.loc)
         << "'epoch' can only be multiplied or divided by a number";
}

/// left = left sign right.
static LogicalResult combine(SourceValue &left, char sign,
                             const SourceValue &right) {
  if (failed(combineUnits(left, sign, right)))
    return failure();
  bool isDivision = sign == '/' || sign == '%';
  if (isDivision && right.number == 0)
    return emitError(right.loc) << "division by zero";
  left.isInteger &= right.isInteger;
  switch (sign) {
  case '+':
    left.number += right.number;
    break;
  case '-':
    left.number -= right.number;
    break;
  case '*':
    left.number *= right.number;
    break;
  case '/':
    left.isInteger &= std::fmod(left.number, right.number) == 0;
    left.number /= right.number;
    break;
  default:
    left.number = std::fmod(left.number, right.number);
  }
  return success();
}

static LogicalResult checkResult(const SourceValue &value) {
  if (!std::isfinite(value.number))
    return emitError(value.loc) << "the result is too large for a number";
  if (value.isInteger && std::fabs(value.number) > maxWholeNumber)
    return emitError(value.loc)
           << "the result " << toString(value.number)
           << " is too large for a whole number, the limit is 9007199254740992";
  return success();
}

static FailureOr<SourceValue> evaluateChain(const ast::Expression &chain,
                                            const Scope &scope) {
  FailureOr<SourceValue> result = evaluateNumber(chain.operands[0], scope);
  if (failed(result))
    return failure();
  result->loc = scope.locate(chain.loc);
  for (size_t i = 0; i < chain.operators.size(); ++i) {
    FailureOr<SourceValue> right = evaluateNumber(chain.operands[i + 1], scope);
    if (failed(right) || failed(combine(*result, chain.operators[i], *right)) ||
        failed(checkResult(*result)))
      return failure();
  }
  return result;
}

FailureOr<SourceValue> evaluate(const ast::Expression &expression,
                                const Scope &scope) {
  SourceValue value{Kind::Number, scope.locate(expression.loc)};
  switch (expression.kind) {
  case ExpressionKind::Number:
    value.number = expression.number;
    value.isInteger = expression.isInteger;
    return value;
  case ExpressionKind::Size:
    value.kind = Kind::Size;
    value.dimensions.assign(expression.dimensions.begin(),
                            expression.dimensions.end());
    return value;
  case ExpressionKind::String:
    value.kind = Kind::String;
    value.text = expression.text;
    return value;
  case ExpressionKind::Name:
    return evaluateName(expression, scope);
  case ExpressionKind::Call:
    value.kind = Kind::Call;
    value.text = expression.text;
    for (const ast::Expression &operand : expression.operands) {
      FailureOr<SourceValue> argument = evaluate(operand, scope);
      if (failed(argument))
        return failure();
      value.arguments.push_back(std::move(*argument));
    }
    return value;
  case ExpressionKind::Shape:
    value.kind = Kind::Shape;
    for (const ast::Expression &operand : expression.operands) {
      FailureOr<int64_t> number =
          evaluateCount(operand, scope, "a dimension", 1);
      if (failed(number))
        return failure();
      value.dimensions.push_back(*number);
    }
    return value;
  case ExpressionKind::Negate: {
    FailureOr<SourceValue> number =
        evaluateNumber(expression.operands[0], scope);
    if (failed(number))
      return failure();
    number->loc = value.loc;
    number->number = number->isInteger ? 0 - number->number : -number->number;
    return number;
  }
  case ExpressionKind::Sum:
  case ExpressionKind::Product:
    return evaluateChain(expression, scope);
  }
  return failure();
}

} // namespace gradc

//===- ElaborateFormulas.cpp - Activations given by formulas --------------===//

#include "Elaborator.h"

using namespace mlir;
using llvm::ArrayRef;
using llvm::StringRef;

namespace gradc {

using Kind = SourceValue::Kind;
using ExpressionKind = ast::Expression::Kind;

/// Their names are words from here on, before blocks and labels are looked at.
LogicalResult Elaborator::nameFormulas() {
  LogicalResult result = success();
  llvm::StringMap<Location> first;
  for (const ast::Formula &formula : file.formulas) {
    auto [place, isNew] = first.try_emplace(formula.name, formula.loc);
    if (!isNew) {
      auto diagnostic = emitError(formula.loc)
                        << "a second activation '" << formula.name << "'";
      diagnostic.attachNote(place->second) << "the first is here";
      result = diagnostic;
    } else if (words.contains(formula.name)) {
      result = emitError(formula.loc) << "'" << formula.name
                                      << "' is a word of the language, an "
                                         "activation needs another name";
    }
  }
  for (const auto &name : first)
    words.insert(name.getKey());
  return result;
}

LogicalResult Elaborator::defineFormulas(ElaboratedFile &result) {
  bool isGood = true;
  for (const ast::Formula &formula : file.formulas) {
    FormulaDefinition definition{
        formula.name, formula.loc, "", {}, {Kind::Number, formula.loc}};
    isGood &= succeeded(readFormals(formula, definition)) &&
              succeeded(readBody(formula.value, definition, definition.body));
    result.formulas.push_back(std::move(definition));
  }
  return success(isGood);
}

/// The variable, then the settings with their defaults.
LogicalResult Elaborator::readFormals(const ast::Formula &formula,
                                      FormulaDefinition &definition) {
  for (const ast::Formal &formal : formula.formals) {
    bool isVariable = definition.variable.empty();
    if (definition.find(formal.name) || formal.name == definition.variable)
      return emitError(formal.loc)
             << "a second argument '" << formal.name << "' of the activation";
    if (isVariable) {
      definition.variable = formal.name;
      continue;
    }
    FormulaDefinition::Setting setting{formal.name, {}};
    if (formal.value) {
      FailureOr<SourceValue> value = evaluate(*formal.value, params);
      if (failed(value))
        return failure();
      if (value->kind != Kind::Number)
        return emitError(value->loc)
               << "'" << formal.name << "' must be a number, found '"
               << toString(*value) << "'";
      setting.value = value->number;
    }
    definition.settings.push_back(setting);
  }
  return success();
}

/// A name in a formula: the variable, a setting, or a param that is a number.
FailureOr<SourceValue>
Elaborator::readName(const ast::Expression &name,
                     const FormulaDefinition &definition) {
  if (name.parts.size() == 1 && !name.parts[0].hasIndices && !name.hasStar) {
    StringRef text = name.parts[0].text;
    if (text == definition.variable || definition.find(text)) {
      SourceValue value{Kind::Name, name.loc};
      value.text = text.str();
      return value;
    }
  }
  FailureOr<SourceValue> value = evaluate(name, params);
  if (failed(value) || value->kind == Kind::Number || isUnknown(*value))
    return value;
  SmallVector<StringRef> candidates{definition.variable};
  for (const FormulaDefinition::Setting &setting : definition.settings)
    candidates.push_back(setting.name);
  auto diagnostic = emitError(name.loc)
                    << "unknown name '" << toString(*value) << "' in a formula";
  StringRef nearest = findNearest(value->text, candidates);
  suggest(*diagnostic.getUnderlyingDiagnostic(), name.loc,
          nearest.empty() ? StringRef(value->nearest) : nearest);
  return diagnostic;
}

/// `a - b * c` as calls of `-` and `*`: what a chain of operators means.
LogicalResult Elaborator::readChain(const ast::Expression &chain,
                                    const FormulaDefinition &definition,
                                    SourceValue &result) {
  if (failed(readBody(chain.operands[0], definition, result)))
    return failure();
  for (size_t i = 0; i < chain.operators.size(); ++i) {
    if (chain.operators[i] == '%')
      return emitError(chain.loc)
             << "'%' jumps: a formula with it has no derivative";
    SourceValue right{Kind::Number, chain.loc};
    if (failed(readBody(chain.operands[i + 1], definition, right)))
      return failure();
    SourceValue call{Kind::Call, chain.loc};
    call.text = chain.operators[i];
    call.arguments = {std::move(result), std::move(right)};
    result = std::move(call);
  }
  return success();
}

LogicalResult Elaborator::readBody(const ast::Expression &expression,
                                   const FormulaDefinition &definition,
                                   SourceValue &result) {
  switch (expression.kind) {
  case ExpressionKind::Number:
  case ExpressionKind::Name: {
    FailureOr<SourceValue> value = readName(expression, definition);
    if (succeeded(value))
      result = std::move(*value);
    return value;
  }
  case ExpressionKind::Sum:
  case ExpressionKind::Product:
    return readChain(expression, definition, result);
  case ExpressionKind::Negate:
  case ExpressionKind::Call: {
    SourceValue call{Kind::Call, expression.loc};
    call.text =
        expression.kind == ExpressionKind::Negate ? "-" : expression.text;
    for (const ast::Expression &operand : expression.operands) {
      call.arguments.push_back({Kind::Number, operand.loc});
      if (failed(readBody(operand, definition, call.arguments.back())))
        return failure();
    }
    result = std::move(call);
    return success();
  }
  default:
    return emitError(expression.loc)
           << "a formula is made of numbers, names and functions";
  }
}

} // namespace gradc

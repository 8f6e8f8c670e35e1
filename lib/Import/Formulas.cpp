//===- Formulas.cpp - Formulas in use and in print ------------------------===//

#include "Importer.h"
#include "gradc/Diagnostics/Numbers.h"

using namespace mlir;

namespace gradc {

using Kind = SourceValue::Kind;

const FormulaDefinition::Setting *
FormulaDefinition::find(StringRef setting) const {
  for (const Setting &known : settings)
    if (known.name == setting)
      return &known;
  return nullptr;
}

/// Operators stand between their operands, each in brackets.
static void print(llvm::raw_ostream &os, const SourceValue &value) {
  bool isOperator = value.kind == Kind::Call && value.text.size() == 1 &&
                    !llvm::isAlpha(value.text[0]);
  if (!isOperator && value.kind != Kind::Call) {
    os << toString(value);
    return;
  }
  if (!isOperator)
    os << value.text;
  os << '(';
  if (isOperator && value.arguments.size() == 1)
    os << value.text;
  std::string between = isOperator ? " " + value.text + " " : ", ";
  llvm::interleave(
      value.arguments, os,
      [&](const SourceValue &argument) { print(os, argument); }, between);
  os << ')';
}

void FormulaDefinition::print(llvm::raw_ostream &os) const {
  os << "activation " << name << '(' << variable;
  for (const Setting &setting : settings) {
    os << ", " << setting.name;
    if (setting.value)
      os << " = " << toString(*setting.value);
  }
  os << ") = ";
  gradc::print(os, body);
  os << '\n';
}

/// The body with numbers for its settings, in the variable `x`.
static void bind(SourceValue &value, const FormulaDefinition &formula,
                 const llvm::StringMap<double> &numbers) {
  for (SourceValue &argument : value.arguments)
    bind(argument, formula, numbers);
  if (value.kind != Kind::Name)
    return;
  if (value.text == formula.variable) {
    value.text = "x";
    return;
  }
  auto number = numbers.find(value.text);
  if (number == numbers.end())
    return;
  value.kind = Kind::Number;
  value.number = number->second;
}

const FormulaDefinition *Importer::findFormula(StringRef word) const {
  for (const FormulaDefinition &formula : file.formulas)
    if (formula.name == word)
      return &formula;
  return nullptr;
}

FailureOr<Operation *> Importer::buildFormula(const FormulaDefinition &formula,
                                              const SourceCall &call,
                                              ValueRange inputs) {
  SourceArguments arguments(call);
  llvm::StringMap<double> numbers;
  for (const FormulaDefinition::Setting &setting : formula.settings) {
    FailureOr<double> number =
        setting.value ? arguments.takeNumberOr(setting.name, *setting.value,
                                               NumberRange::any())
                      : arguments.takeNumber(setting.name, NumberRange::any());
    if (failed(number))
      return failure();
    numbers[setting.name] = *number;
  }
  if (failed(arguments.finish()))
    return failure();
  SourceCall line{call.word, call.loc, call.name};
  line.values.push_back(formula.body);
  bind(line.values.back(), formula, numbers);
  return build("formula", "formula", line, inputs);
}

} // namespace gradc

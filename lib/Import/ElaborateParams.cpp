//===- ElaborateParams.cpp - Params, their domains, and -D ----------------===//

#include "Elaborator.h"
#include "gradc/Frontend/Parser.h"

using namespace mlir;
using llvm::ArrayRef;
using llvm::StringRef;

namespace gradc {

using Kind = SourceValue::Kind;

LogicalResult Elaborator::checkSettings(ArrayRef<ParamSetting> settings) {
  LogicalResult result = success();
  SmallVector<StringRef> names;
  for (const ast::Param &param : file.params)
    names.push_back(param.name);
  for (const ParamSetting &setting : settings) {
    if (llvm::is_contained(names, setting.name))
      continue;
    auto diagnostic = emitError(UnknownLoc::get(context))
                      << "-D" << setting.name << "=" << setting.value
                      << ": unknown param '" << setting.name << "'";
    StringRef nearest = findNearest(setting.name, names);
    if (!nearest.empty())
      diagnostic << "; did you mean '" << nearest << "'?";
    else if (names.empty())
      diagnostic.attachNote() << "the file has no params";
    result = diagnostic;
  }
  return result;
}

LogicalResult Elaborator::bindParams(ArrayRef<ParamSetting> settings) {
  LogicalResult result = checkSettings(settings);
  for (const ast::Param &param : file.params) {
    if (const Binding *first = params.find(param.name)) {
      auto diagnostic = emitError(param.loc)
                        << "a second param '" << param.name << "'";
      diagnostic.attachNote(first->loc) << "the first is here";
      result = diagnostic;
      continue;
    }
    FailureOr<SourceValue> value = bindParam(param, settings);
    if (failed(value))
      result = failure();
    // A param that is wrong is still known, so that its uses are not wrong too.
    params.bindings.try_emplace(
        param.name,
        Binding{succeeded(value) ? *value : getUnknown(param.loc), param.loc});
  }
  for (const std::string &name : file.missingNames)
    params.bindings.try_emplace(name, Binding{getUnknown(file.loc), file.loc});
  return result;
}

FailureOr<SourceValue> Elaborator::bindParam(const ast::Param &param,
                                             ArrayRef<ParamSetting> settings) {
  // The default is checked even where -D replaces it.
  FailureOr<SourceValue> value = evaluate(param.value, params);
  if (failed(value) || failed(checkDomain(param, *value, nullptr)))
    return failure();
  auto given =
      llvm::find_if(llvm::reverse(settings), [&](const ParamSetting &setting) {
        return setting.name == param.name;
      });
  if (given == settings.rend())
    return value;
  bool isNumber = value->kind == Kind::Number;
  value = evaluateSetting(param, *given);
  if (failed(value))
    return failure();
  if (isNumber && value->kind != Kind::Number) {
    auto diagnostic = emitError(UnknownLoc::get(context))
                      << "-D" << param.name << "=" << given->value << ": '"
                      << param.name << "' is a number";
    diagnostic.attachNote(param.loc) << "the param is declared here";
    return diagnostic;
  }
  if (failed(checkDomain(param, *value, &*given)))
    return failure();
  return value;
}

FailureOr<SourceValue>
Elaborator::evaluateSetting(const ast::Param &param,
                            const ParamSetting &setting) {
  llvm::SourceMgr sources;
  unsigned id = sources.AddNewSourceBuffer(
      llvm::MemoryBuffer::getMemBufferCopy(setting.value, "-D" + setting.name),
      llvm::SMLoc());
  FailureOr<ast::Expression> expression = parseValue(sources, id, context);
  if (failed(expression))
    return failure();
  return evaluate(*expression, params);
}

/// How the value of `param` came about, for the beginning of a message.
static std::string describeOrigin(const ast::Param &param,
                                  const ParamSetting *setting) {
  if (!setting)
    return "the default of '" + param.name + "'";
  return "-D" + setting->name + "=" + setting->value + ": '" + param.name + "'";
}

/// Checks a value against `low..high`.
static LogicalResult checkRange(const ast::Param &param,
                                const SourceValue &value,
                                ArrayRef<SourceValue> bounds,
                                const ParamSetting *setting) {
  for (const SourceValue &bound : bounds)
    if (bound.kind != Kind::Number)
      return emitError(bound.loc) << "expected a number as the bound, found '"
                                  << toString(bound) << "'";
  double low = bounds[0].number, high = bounds[1].number;
  if (low > high)
    return emitError(param.domain->loc)
           << "no number lies in " << toString(low) << ".." << toString(high);
  if (value.kind == Kind::Number && value.number >= low && value.number <= high)
    return success();
  Location loc =
      setting ? Location(UnknownLoc::get(value.loc.getContext())) : value.loc;
  auto diagnostic = emitError(loc)
                    << describeOrigin(param, setting)
                    << " must be a number from " << toString(low) << " to "
                    << toString(high) << ", found '" << toString(value) << "'";
  diagnostic.attachNote(param.domain->loc) << "the domain is given here";
  return diagnostic;
}

/// Checks a value against `{a, b, c}`.
static LogicalResult checkChoices(const ast::Param &param,
                                  const SourceValue &value,
                                  ArrayRef<SourceValue> choices,
                                  const ParamSetting *setting) {
  if (llvm::any_of(choices, [&](const SourceValue &choice) {
        return isSame(choice, value);
      }))
    return success();
  Location loc =
      setting ? Location(UnknownLoc::get(value.loc.getContext())) : value.loc;
  auto diagnostic = emitError(loc)
                    << describeOrigin(param, setting) << " must be one of ";
  std::vector<std::string> words;
  for (const SourceValue &choice : choices)
    words.push_back(toString(choice));
  llvm::interleave(
      words, [&](const std::string &word) { diagnostic << "'" << word << "'"; },
      [&] { diagnostic << ", "; });
  diagnostic << ", found '" << toString(value) << "'";
  SmallVector<StringRef> candidates(words.begin(), words.end());
  StringRef nearest = findNearest(value.text, candidates);
  if (setting && !nearest.empty())
    diagnostic << "; did you mean '" << nearest << "'?";
  else
    suggest(*diagnostic.getUnderlyingDiagnostic(), loc, nearest);
  diagnostic.attachNote(param.domain->loc) << "the domain is given here";
  return diagnostic;
}

LogicalResult Elaborator::checkDomain(const ast::Param &param,
                                      const SourceValue &value,
                                      const ParamSetting *setting) {
  if (!param.domain || isUnknown(value))
    return success();
  std::vector<SourceValue> values;
  for (const ast::Expression &expression : param.domain->values) {
    FailureOr<SourceValue> element = evaluate(expression, params);
    if (failed(element))
      return failure();
    values.push_back(std::move(*element));
  }
  if (param.domain->isRange)
    return checkRange(param, value, values, setting);
  return checkChoices(param, value, values, setting);
}

} // namespace gradc

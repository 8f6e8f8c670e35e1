//===- SourceArguments.cpp - The evaluated arguments of a source line -----===//

#include "gradc/Interfaces/SourceArguments.h"

#include "llvm/ADT/Twine.h"
#include <cmath>

using namespace mlir;
using llvm::ArrayRef;
using llvm::StringRef;
using llvm::Twine;

namespace gradc {

using Kind = SourceValue::Kind;

/// "'p' must be a number, found 'relu'", with the param that was meant.
static InFlightDiagnostic refuseValue(const SourceValue &value, StringRef name,
                                      const Twine &what) {
  auto diagnostic = emitError(value.loc)
                    << "'" << name << "' must be " << what << ", found '"
                    << toString(value) << "'";
  suggest(*diagnostic.getUnderlyingDiagnostic(), value.loc, value.nearest);
  return diagnostic;
}

static std::string describeIntegers(int64_t low, int64_t high) {
  if (high >= std::numeric_limits<int64_t>::max())
    return "a whole number of at least " + std::to_string(low);
  return "a whole number from " + std::to_string(low) + " to " +
         std::to_string(high);
}

/// "'a', 'b' or 'c'".
static std::string describeChoices(ArrayRef<StringRef> choices) {
  std::string text;
  for (size_t i = 0; i < choices.size(); ++i) {
    if (i != 0)
      text += i + 1 == choices.size() ? " or " : ", ";
    text += ("'" + choices[i] + "'").str();
  }
  return text;
}

InFlightDiagnostic SourceArguments::missing(StringRef name, StringRef what) {
  return emitError(call.loc)
         << "'" << call.word << "' needs '" << name << "', " << what;
}

const SourceValue *SourceArguments::takeNamedValue(StringRef name) {
  asked.push_back(name.str());
  for (size_t i = 0; i < call.named.size(); ++i) {
    if (call.named[i].name != name || namedTaken[i])
      continue;
    namedTaken[i] = true;
    return &call.named[i].value;
  }
  return nullptr;
}

const SourceValue *SourceArguments::takeValue(StringRef name) {
  positional.push_back(name.str());
  if (const SourceValue *value = takeNamedValue(name))
    return value;
  for (size_t i = 0; i < call.values.size(); ++i) {
    if (taken[i])
      continue;
    taken[i] = true;
    return &call.values[i];
  }
  return nullptr;
}

bool SourceArguments::isGiven(StringRef name) const {
  return llvm::any_of(call.named, [&](const SourceNamedValue &named) {
    return named.name == name;
  });
}

SmallVector<const SourceValue *> SourceArguments::takeRemainingValues() {
  SmallVector<const SourceValue *> values;
  for (size_t i = 0; i < call.values.size(); ++i) {
    if (taken[i])
      continue;
    taken[i] = true;
    values.push_back(&call.values[i]);
  }
  return values;
}

const std::vector<SourceCall> *SourceArguments::takeBody() {
  bodyTaken = true;
  return call.hasBody ? &call.body : nullptr;
}

static FailureOr<int64_t> readInteger(const SourceValue &value, StringRef name,
                                      int64_t low, int64_t high) {
  // 2.0 is a whole number too, however it came about.
  bool isWhole = value.kind == Kind::Number && !value.isInEpochs &&
                 value.number == std::floor(value.number);
  if (!isWhole || value.number < double(low) || value.number > double(high))
    return refuseValue(value, name, describeIntegers(low, high));
  return int64_t(value.number);
}

static FailureOr<double> readNumber(const SourceValue &value, StringRef name,
                                    const NumberRange &range) {
  if (value.kind != Kind::Number || value.isInEpochs)
    return refuseValue(value, name, "a number");
  if (!range.contains(value.number))
    return refuseValue(value, name, range.describe());
  return value.number;
}

static FailureOr<unsigned> readWord(const SourceValue &value, StringRef name,
                                    ArrayRef<StringRef> choices) {
  if (value.kind == Kind::Name && value.dimensions.empty()) {
    const StringRef *found = llvm::find(choices, StringRef(value.text));
    if (found != choices.end())
      return unsigned(found - choices.begin());
  }
  auto diagnostic = emitError(value.loc)
                    << "'" << name << "' must be " << describeChoices(choices)
                    << ", found '" << toString(value) << "'";
  if (value.kind == Kind::Name)
    suggest(*diagnostic.getUnderlyingDiagnostic(), value.loc,
            findNearest(value.text, choices));
  return diagnostic;
}

FailureOr<std::optional<double>>
SourceArguments::takeNamedNumber(StringRef name, const NumberRange &range) {
  const SourceValue *value = takeNamedValue(name);
  if (!value)
    return std::optional<double>();
  FailureOr<double> number = readNumber(*value, name, range);
  if (failed(number))
    return failure();
  return std::optional<double>(*number);
}

FailureOr<bool> SourceArguments::takeNamedSwitchOr(StringRef name,
                                                   bool otherwise) {
  const SourceValue *value = takeNamedValue(name);
  if (!value)
    return otherwise;
  FailureOr<unsigned> index = readWord(*value, name, {"on", "off"});
  if (failed(index))
    return failure();
  return *index == 0;
}

FailureOr<int64_t> SourceArguments::takeInteger(StringRef name, int64_t low,
                                                int64_t high) {
  if (const SourceValue *value = takeValue(name))
    return readInteger(*value, name, low, high);
  return missing(name, describeIntegers(low, high));
}

FailureOr<int64_t> SourceArguments::takeIntegerOr(StringRef name,
                                                  int64_t otherwise,
                                                  int64_t low, int64_t high) {
  if (const SourceValue *value = takeValue(name))
    return readInteger(*value, name, low, high);
  return otherwise;
}

FailureOr<double> SourceArguments::takeNumber(StringRef name,
                                              const NumberRange &range) {
  if (const SourceValue *value = takeValue(name))
    return readNumber(*value, name, range);
  return missing(name, "a number " + range.describe());
}

FailureOr<double> SourceArguments::takeNumberOr(StringRef name,
                                                double otherwise,
                                                const NumberRange &range) {
  if (const SourceValue *value = takeValue(name))
    return readNumber(*value, name, range);
  return otherwise;
}

FailureOr<bool> SourceArguments::takeSwitchOr(StringRef name, bool otherwise) {
  FailureOr<unsigned> index =
      takeWordOr(name, otherwise ? 0 : 1, {"on", "off"});
  if (failed(index))
    return failure();
  return *index == 0;
}

FailureOr<unsigned> SourceArguments::takeWord(StringRef name,
                                              ArrayRef<StringRef> choices) {
  if (const SourceValue *value = takeValue(name))
    return readWord(*value, name, choices);
  return missing(name, describeChoices(choices));
}

FailureOr<unsigned> SourceArguments::takeWordOr(StringRef name,
                                                unsigned otherwise,
                                                ArrayRef<StringRef> choices) {
  if (const SourceValue *value = takeValue(name))
    return readWord(*value, name, choices);
  return otherwise;
}

FailureOr<std::string> SourceArguments::takeString(StringRef name) {
  const SourceValue *value = takeValue(name);
  if (!value)
    return missing(name, "a text in quotes");
  if (value->kind != Kind::String)
    return refuseValue(*value, name, "a text in quotes");
  return value->text;
}

FailureOr<SmallVector<int64_t>> SourceArguments::takeShape(StringRef name) {
  const SourceValue *value = takeValue(name);
  if (!value)
    return missing(name, "a shape like '[28, 28]'");
  if (value->kind != Kind::Shape)
    return refuseValue(*value, name, "a shape like '[28, 28]'");
  return SmallVector<int64_t>(value->dimensions);
}

FailureOr<Value> SourceArguments::takeTarget(Type type) {
  if (context.target)
    return context.target(call.loc, type);
  return emitError(call.loc) << "'" << call.word << "' has no target here";
}

FailureOr<SmallVector<Value>> SourceArguments::takeLayers() {
  SmallVector<const SourceValue *> labels = takeRemainingValues();
  if (labels.empty() || !context.layer)
    return emitError(call.loc)
           << "'" << call.word << "' needs the label of a layer";
  SmallVector<Value> values;
  for (const SourceValue *label : labels) {
    FailureOr<Value> value = context.layer(*label);
    if (failed(value))
      return failure();
    values.push_back(*value);
  }
  return values;
}

FailureOr<Value> SourceArguments::buildBody(Value input) {
  const std::vector<SourceCall> *lines = takeBody();
  if (!lines || lines->empty() || !context.body)
    return emitError(call.loc)
           << "'" << call.word << "' needs layers between '{' and '}'";
  return context.body(*lines, input);
}

FailureOr<Value>
SourceArguments::buildProjection(Value input, RankedTensorType type,
                                 ArrayRef<SourceNamedValue> arguments) {
  if (!context.projection)
    return Value();
  return context.projection(input, type, arguments);
}

LogicalResult SourceArguments::finish() {
  LogicalResult result = success();
  SmallVector<StringRef> names(asked.begin(), asked.end());
  for (size_t i = 0; i < call.named.size(); ++i) {
    if (namedTaken[i])
      continue;
    const SourceNamedValue &named = call.named[i];
    auto diagnostic = emitError(named.nameLoc)
                      << "'" << call.word << "' has no argument '" << named.name
                      << "'";
    suggest(*diagnostic.getUnderlyingDiagnostic(), named.nameLoc,
            findNearest(named.name, names));
    result = diagnostic;
  }
  for (size_t i = 0; i < call.values.size(); ++i) {
    if (taken[i])
      continue;
    auto diagnostic = emitError(call.values[i].loc)
                      << "'" << call.word << "' takes no "
                      << (i == 0 ? "value" : "further value") << ", found '"
                      << toString(call.values[i]) << "'";
    // `dense 10 units=20`: the name took what the value was meant for.
    for (size_t j = 0; j < call.named.size(); ++j)
      if (namedTaken[j] && llvm::is_contained(positional, call.named[j].name))
        diagnostic.attachNote(call.named[j].nameLoc)
            << "'" << call.named[j].name << "' is already given by its name";
    result = diagnostic;
    break;
  }
  if (call.hasBody && !bodyTaken)
    result = emitError(call.loc) << "'" << call.word << "' takes no body";
  return result;
}

} // namespace gradc

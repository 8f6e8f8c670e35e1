//===- TrainWords.cpp - The lines of the train section without ops --------===//

#include "SettingWords.h"

#include <cmath>

using namespace mlir;
using llvm::ArrayRef;
using llvm::StringRef;

namespace gradc {

using Kind = SourceValue::Kind;

FailureOr<double> readNumber(const SourceValue &value, StringRef name,
                             NumberRange range, bool isWhole) {
  bool isNumber = value.kind == Kind::Number && !value.isInEpochs;
  bool isRight = isNumber && range.contains(value.number) &&
                 (!isWhole || value.number == std::floor(value.number));
  if (isRight)
    return value.number;
  auto diagnostic = emitError(value.loc);
  diagnostic << "'" << name << "' must be ";
  if (isWhole)
    diagnostic << "a whole number, ";
  diagnostic << range.describe() << ", found '" << toString(value) << "'";
  suggest(*diagnostic.getUnderlyingDiagnostic(), value.loc, value.nearest);
  return diagnostic;
}

FailureOr<double> takeNamedNumberOr(SourceArguments &arguments, StringRef name,
                                    double otherwise, NumberRange range,
                                    bool isWhole) {
  if (const SourceValue *value = arguments.takeNamedValue(name))
    return readNumber(*value, name, range, isWhole);
  return otherwise;
}

/// Stores a whole number that must be given.
template <typename T>
static LogicalResult readInteger(SourceArguments &arguments, StringRef name,
                                 int64_t low, int64_t high, T &to) {
  FailureOr<int64_t> number = arguments.takeInteger(name, low, high);
  if (failed(number))
    return failure();
  to = *number;
  return success();
}

static LogicalResult readBatch(SourceArguments &arguments,
                               TrainSettings &settings) {
  LogicalResult size =
      readInteger(arguments, "size", 1, int64_t(1) << 24, settings.batch);
  FailureOr<bool> dropLast = arguments.takeNamedSwitchOr("drop_last", false);
  if (failed(size) || failed(dropLast))
    return failure();
  settings.dropLast = *dropLast;
  return success();
}

// More than any machine will take, and exact as a number of the source.
static constexpr int64_t kMostSteps = int64_t(1) << 50;

static LogicalResult readEpochs(SourceArguments &arguments,
                                TrainSettings &settings) {
  return readInteger(arguments, "number", 1, int64_t(1) << 31, settings.epochs);
}

static LogicalResult readSteps(SourceArguments &arguments,
                               TrainSettings &settings) {
  return readInteger(arguments, "number", 1, kMostSteps, settings.steps);
}

static LogicalResult readSeed(SourceArguments &arguments,
                              TrainSettings &settings) {
  return readInteger(arguments, "number", 0, kLargestSeed, settings.seed);
}

static LogicalResult readWatch(SourceArguments &arguments,
                               TrainSettings &settings) {
  FailureOr<unsigned> what = arguments.takeWord("watch", {"gradients", "off"});
  if (failed(what))
    return failure();
  if (*what == 1) {
    settings.watchEvery = 0;
    return success();
  }
  FailureOr<bool> throughTime =
      arguments.takeNamedSwitchOr("through_time", false);
  FailureOr<double> every =
      takeNamedNumberOr(arguments, "every", double(settings.watchEvery),
                        {1, double(kMostSteps)}, /*isWhole=*/true);
  if (failed(every) || failed(throughTime))
    return failure();
  settings.watchesTime = *throughTime;
  settings.watchEvery = int64_t(*every);
  return success();
}

static LogicalResult readSchedule(SourceArguments &arguments,
                                  TrainSettings &settings) {
  const SourceValue *value = arguments.takeValue("schedule");
  if (!value)
    return emitError(arguments.getLoc())
           << "'schedule' needs a kind: 'constant'";
  StringRef kinds[] = {"constant", "step", "exponential", "cosine", "plateau"};
  std::string kind = toString(*value);
  if (!llvm::is_contained(kinds, kind)) {
    auto diagnostic = emitError(value->loc)
                      << "unknown schedule '" << kind << "'";
    suggest(*diagnostic.getUnderlyingDiagnostic(), value->loc,
            findNearest(kind, kinds));
    return diagnostic;
  }
  if (kind != "constant")
    return emitError(value->loc)
           << "'schedule " << kind << "' is not supported yet";
  if (const SourceValue *warmup = arguments.takeNamedValue("warmup"))
    return emitError(warmup->loc) << "'warmup' is not supported yet";
  return success();
}

ArrayRef<SettingWord> getTrainWords() {
  static constexpr SettingWord words[] = {
      {"batch", readBatch}, {"epochs", readEpochs}, {"steps", readSteps},
      {"seed", readSeed},   {"watch", readWatch},   {"schedule", readSchedule},
      {"phase", nullptr},   {"stop", nullptr},      {"checkpoint", nullptr},
      {"restore", nullptr}, {"freeze", nullptr},    {"unfreeze", nullptr},
      {"expect", nullptr},
  };
  return words;
}

} // namespace gradc

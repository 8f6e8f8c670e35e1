//===- DataWords.cpp - The lines of the data section ----------------------===//

#include "SettingWords.h"

#include "gradc/Data/Source.h"
#include <cmath>

using namespace mlir;
using llvm::ArrayRef;
using llvm::StringRef;

namespace gradc {

using Kind = SourceValue::Kind;

// Sources of the language that no table has a row for yet.
static constexpr StringRef kLaterSources[] = {"csv"};

/// The first word after `source` or `test`.
static FailureOr<const data::SourceKind *>
takeKind(SourceArguments &arguments) {
  const SourceValue *value = arguments.takeValue("kind");
  if (!value)
    return emitError(arguments.getLoc())
           << "'" << arguments.getWord()
           << "' needs a data set like 'digits' or a file format like 'idx'";
  std::string word = toString(*value);
  bool isName = value->kind == Kind::Name;
  const data::SourceKind *kind = isName ? data::findSource(word) : nullptr;
  if (kind)
    return kind;
  if (isName && llvm::is_contained(kLaterSources, word))
    return emitError(value->loc) << "'" << word << "' is not supported yet";
  SmallVector<StringRef> candidates(ArrayRef<StringRef>{kLaterSources});
  for (const data::SourceKind &known : data::sourceKinds())
    candidates.push_back(known.word);
  auto diagnostic = emitError(value->loc)
                    << "unknown data source '" << word << "'";
  suggest(*diagnostic.getUnderlyingDiagnostic(), value->loc,
          findNearest(word, candidates));
  return diagnostic;
}

static LogicalResult takeFiles(SourceArguments &arguments,
                               const data::SourceKind &kind,
                               std::vector<std::string> &files) {
  if (kind.files == 0)
    return success(); // `finish` refuses what is there
  for (const SourceValue *value : arguments.takeRemainingValues()) {
    if (value->kind != Kind::String || value->text.empty())
      return emitError(value->loc) << "expected the name of a file in quotes, "
                                   << "found '" << toString(*value) << "'";
    if (files.size() == kind.files)
      return emitError(value->loc)
             << "'" << kind.word << "' reads " << kind.files
             << " files, found a further one";
    files.push_back(value->text);
  }
  if (files.size() < kind.files)
    return emitError(arguments.getLoc())
           << "'" << kind.word << "' needs the names of " << kind.files
           << " files, found " << files.size();
  return success();
}

static LogicalResult readSource(SourceArguments &arguments,
                                std::optional<SourceSetting> &setting) {
  FailureOr<const data::SourceKind *> kind = takeKind(arguments);
  if (failed(kind))
    return failure();
  SourceSetting source{arguments.getLoc(), (*kind)->word.str(), {}, {}};
  LogicalResult result = takeFiles(arguments, **kind, source.files);
  for (const data::SourceOption &option : (*kind)->options) {
    constexpr double absent = std::numeric_limits<double>::quiet_NaN();
    FailureOr<double> number =
        takeNamedNumberOr(arguments, option.name, absent,
                          {option.low, option.high}, option.isInteger);
    if (failed(number))
      result = failure();
    else if (!std::isnan(*number))
      source.options.push_back({option.name.str(), *number});
  }
  setting = std::move(source);
  return result;
}

static LogicalResult readTrainSource(SourceArguments &arguments,
                                     TrainSettings &settings) {
  return readSource(arguments, settings.source);
}

static LogicalResult readTestSource(SourceArguments &arguments,
                                    TrainSettings &settings) {
  return readSource(arguments, settings.test);
}

static LogicalResult readScale(SourceArguments &arguments,
                               TrainSettings &settings) {
  FailureOr<double> factor = arguments.takeNumber("factor", NumberRange::any());
  if (failed(factor))
    return failure();
  if (*factor == 0)
    return emitError(arguments.getLoc())
           << "'scale 0' makes all inputs the same";
  settings.scale = *factor;
  return success();
}

static LogicalResult readNormalize(SourceArguments &arguments,
                                   TrainSettings &settings) {
  FailureOr<double> mean = arguments.takeNumber("mean", NumberRange::any());
  FailureOr<double> deviation =
      arguments.takeNumber("std", NumberRange::positive());
  if (failed(mean) || failed(deviation))
    return failure();
  settings.mean = *mean;
  settings.deviation = *deviation;
  return success();
}

static LogicalResult readShuffle(SourceArguments &arguments,
                                 TrainSettings &settings) {
  FailureOr<bool> isOn = arguments.takeSwitchOr("shuffle", true);
  FailureOr<double> seed = takeNamedNumberOr(
      arguments, "seed", -1, {0, double(kLargestSeed)}, /*isWhole=*/true);
  if (failed(isOn) || failed(seed))
    return failure();
  settings.shuffle = *isOn;
  if (*seed >= 0)
    settings.shuffleSeed = uint64_t(*seed);
  return success();
}

/// `validation=` or `test=`: a share below 1, or a number of samples.
static LogicalResult takePart(SourceArguments &arguments, StringRef name,
                              double &part) {
  const SourceValue *value = arguments.takeNamedValue(name);
  if (!value)
    return success();
  FailureOr<double> number =
      readNumber(*value, name, NumberRange::notNegative());
  if (failed(number))
    return failure();
  if (*number >= 1 && *number != std::floor(*number))
    return emitError(value->loc)
           << "'" << name << "' must be a share below 1 or a whole number of "
           << "samples, found '" << toString(*number) << "'";
  part = *number;
  return success();
}

static LogicalResult readSplit(SourceArguments &arguments,
                               TrainSettings &settings) {
  LogicalResult validation =
      takePart(arguments, "validation", settings.validation);
  LogicalResult test = takePart(arguments, "test", settings.testShare);
  FailureOr<bool> isRandom = arguments.takeNamedSwitchOr("random", false);
  if (failed(validation) || failed(test) || failed(isRandom))
    return failure();
  settings.randomSplit = *isRandom;
  bool areShares = settings.validation < 1 && settings.testShare < 1;
  if (areShares && settings.validation + settings.testShare >= 1)
    return emitError(arguments.getLoc())
           << "'validation' and 'test' together leave nothing to train on";
  return success();
}

ArrayRef<SettingWord> getDataWords() {
  static constexpr SettingWord words[] = {
      {"source", readTrainSource}, {"test", readTestSource},
      {"scale", readScale},        {"normalize", readNormalize},
      {"shuffle", readShuffle},    {"split", readSplit},
  };
  return words;
}

} // namespace gradc

//===- TrainSettings.cpp - What the host reads of a `.net` ----------------===//

#include "gradc/Import/TrainSettings.h"

#include "SettingWords.h"
#include "llvm/ADT/StringMap.h"

using namespace mlir;
using llvm::ArrayRef;
using llvm::StringRef;

namespace gradc {

namespace {
/// One section with all the words it may hold.
struct SectionWords {
  StringRef section, other;
  ArrayRef<SettingWord> words, otherWords;
  ArrayRef<std::string> opWords;
};
} // namespace

static const SettingWord *findWord(ArrayRef<SettingWord> words,
                                   StringRef word) {
  const SettingWord *found = llvm::find_if(
      words, [&](const SettingWord &w) { return w.word == word; });
  return found != words.end() ? found : nullptr;
}

/// Several lines of these apply from top to bottom.
static bool mayRepeat(StringRef word) {
  return word == "decay" || word == "clip";
}

static LogicalResult refuseUnknown(const SourceCall &call,
                                   const SectionWords &section) {
  if (findWord(section.otherWords, call.word))
    return emitError(call.loc) << "'" << call.word << "' belongs to the '"
                               << section.other << "' section";
  SmallVector<StringRef> candidates(section.opWords.begin(),
                                    section.opWords.end());
  for (const SettingWord &word : section.words)
    candidates.push_back(word.word);
  auto diagnostic = emitError(call.loc) << "unknown word '" << call.word
                                        << "' in '" << section.section << "'";
  suggest(*diagnostic.getUnderlyingDiagnostic(), call.loc,
          findNearest(call.word, candidates));
  return diagnostic;
}

static LogicalResult readLine(const SourceCall &call,
                              const SectionWords &section,
                              llvm::StringMap<Location> &given,
                              TrainSettings &settings) {
  const SettingWord *word = findWord(section.words, call.word);
  if (word && !word->read)
    return emitError(call.loc) << "'" << call.word << "' is not supported yet";
  if (!word && !llvm::is_contained(section.opWords, call.word))
    return refuseUnknown(call, section);
  auto [first, isNew] = given.try_emplace(call.word, call.loc);
  if (!isNew && !mayRepeat(call.word)) {
    auto diagnostic = emitError(call.loc)
                      << "'" << call.word << "' is given twice";
    diagnostic.attachNote(first->second) << "the first is here";
    return diagnostic;
  }
  if (!word)
    return success(); // the importer reads it
  SourceArguments arguments(call);
  if (failed(word->read(arguments, settings)))
    return failure();
  return arguments.finish();
}

static LogicalResult readSection(ArrayRef<SourceCall> lines,
                                 const SectionWords &section,
                                 llvm::StringMap<Location> &given,
                                 TrainSettings &settings) {
  LogicalResult result = success();
  for (const SourceCall &line : lines)
    if (failed(readLine(line, section, given, settings)))
      result = failure();
  return result;
}

/// There can be one test set only.
static LogicalResult checkTestSets(const TrainSettings &settings,
                                   const llvm::StringMap<Location> &given) {
  if (!settings.test || settings.testShare == 0)
    return success();
  auto diagnostic = emitError(given.find("split")->second)
                    << "'split' sets samples aside for a test, but the test "
                       "has a set of its own";
  diagnostic.attachNote(settings.test->loc) << "it is given here";
  return diagnostic;
}

FailureOr<TrainSettings> readTrainSettings(const ElaboratedFile &file,
                                           ArrayRef<std::string> opWords) {
  TrainSettings settings;
  llvm::StringMap<Location> inData, inTrain;
  bool isGood = succeeded(readSection(
      file.data, {"data", "train", getDataWords(), getTrainWords(), {}}, inData,
      settings));
  isGood &= succeeded(readSection(
      file.train, {"train", "data", getTrainWords(), getDataWords(), opWords},
      inTrain, settings));
  isGood = isGood && succeeded(checkTestSets(settings, inData));
  if (!isGood)
    return failure();
  // With a number of steps alone, as many epochs as they take.
  if (inTrain.contains("steps") && !inTrain.contains("epochs"))
    settings.epochs = 0;
  return settings;
}

} // namespace gradc

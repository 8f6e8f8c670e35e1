//===- Remedies.cpp - gradc --with=<remedy>,... ---------------------------===//

#include "Remedies.h"
#include "gradc/Diagnostics/FixIt.h"
#include "gradc/Driver/Compile.h"
#include "gradc/Transforms/Passes.h"
#include "mlir/Pass/PassManager.h"

using namespace mlir;

namespace gradc {
namespace {
/// What a word of `--with=` adds to the passes on a network as written.
/// `settings` is what stands behind the word: `0.2` of `dropout:0.2`.
struct Remedy {
  llvm::StringLiteral word;
  bool takesSettings;
  void (*add)(OpPassManager &passes, StringRef word, StringRef settings);
};
} // namespace

static std::string join(StringRef word, StringRef settings) {
  return settings.empty() ? word.str() : (word + ":" + settings).str();
}

static void addActivation(OpPassManager &passes, StringRef word,
                          StringRef settings) {
  ReplaceActivationOptions options;
  options.activation = join(word, settings);
  passes.addNestedPass<nn::NetworkOp>(createReplaceActivation(options));
}

static void addInit(OpPassManager &passes, StringRef word, StringRef settings) {
  ReplaceInitOptions options;
  options.init = join(word, settings);
  passes.addNestedPass<nn::NetworkOp>(createReplaceInit(options));
}

static void addBatchNorm(OpPassManager &passes, StringRef, StringRef) {
  passes.addNestedPass<nn::NetworkOp>(createInsertBatchNorm());
}

static void addDropout(OpPassManager &passes, StringRef, StringRef settings) {
  InsertDropoutOptions options;
  double rate;
  if (!settings.getAsDouble(rate)) // else as the pass has it
    options.rate = rate;
  passes.addNestedPass<nn::NetworkOp>(createInsertDropout(options));
}

static void addSkip(OpPassManager &passes, StringRef, StringRef) {
  passes.addNestedPass<nn::NetworkOp>(createInsertSkip());
}

/// In the order in which they run, whatever the order on the command line:
/// normalization stands before the new activation, and a shortcut goes around
/// both. Empty words stand for all words of that kind.
static constexpr Remedy remedies[] = {
    {"", true, addActivation},          {"", true, addInit},
    {"batchnorm", false, addBatchNorm}, {"dropout", true, addDropout},
    {"skip", false, addSkip},
};

/// The words that name an activation in a `.net`.
static std::vector<std::string> getActivations(MLIRContext *context) {
  context->loadDialect<nn::NNDialect>();
  std::vector<std::string> words;
  for (RegisteredOperationName name : context->getRegisteredOperations())
    if (auto *source = name.getInterface<SourceOpInterface>())
      if (name.hasInterface<SlopeOpInterface>())
        words.push_back(source->getSourceWord().str());
  return words;
}

static bool isInitializer(StringRef word) {
  auto kind = nn::symbolizeInitializerKind(word);
  return kind && *kind != nn::InitializerKind::constants;
}

/// The row of a word, or null.
static const Remedy *findRemedy(StringRef word, MLIRContext *context) {
  for (const Remedy &remedy : remedies)
    if (!remedy.word.empty() && remedy.word == word)
      return &remedy;
  if (llvm::is_contained(getActivations(context), word))
    return &remedies[0];
  return isInitializer(word) ? &remedies[1] : nullptr;
}

void splitRemedies(StringRef text, std::vector<std::string> &changes,
                   std::vector<std::pair<std::string, std::string>> &settings) {
  SmallVector<StringRef> items;
  text.split(items, ',');
  for (StringRef item : items) {
    auto [word, rest] = item.split(':');
    std::string values = rest.str();
    std::replace(values.begin(), values.end(), ':', ' ');
    if (word == "clip")
      settings.push_back({"train.clip", values});
    else if (word == "l1" || word == "l2")
      settings.push_back({"train.decay", (word + " " + values).str()});
    else
      changes.push_back(item.str());
  }
}

std::string checkRemedies(ArrayRef<std::string> items, MLIRContext *context) {
  for (StringRef item : items) {
    auto [word, settings] = item.split(':');
    const Remedy *remedy = findRemedy(word, context);
    if (remedy && (remedy->takesSettings || settings.empty()))
      continue;
    if (remedy)
      return "takes '" + word.str() + "' without settings; found '" +
             item.str() + "'";
    std::vector<std::string> known = getActivations(context);
    known.insert(known.end(), {"clip", "l1", "l2", "batchnorm", "dropout",
                               "skip", "he", "lecun", "xavier", "orthogonal"});
    SmallVector<StringRef> candidates(known.begin(), known.end());
    StringRef nearest = findNearest(word, candidates);
    std::string hint =
        nearest.empty() ? "" : "; did you mean '" + nearest.str() + "'?";
    return "knows no remedy '" + word.str() + "'" + hint;
  }
  return "";
}

FailureOr<ImportedNet> importWithRemedies(const ElaboratedFile &file,
                                          const ImportOptions &options,
                                          ArrayRef<std::string> items,
                                          MLIRContext *context) {
  FailureOr<ImportedNet> net = importNet(file, options, context);
  if (failed(net) || items.empty())
    return net;
  PassManager passes(context);
  for (const Remedy &remedy : remedies)
    for (StringRef item : items) {
      auto [word, settings] = item.split(':');
      if (findRemedy(word, context) == &remedy)
        remedy.add(passes, word, settings);
    }
  if (failed(passes.run(*net->module)))
    return failure();
  return net;
}

} // namespace gradc

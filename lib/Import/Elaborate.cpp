//===- Elaborate.cpp - From the syntax tree to evaluated lines ------------===//

#include "gradc/Import/Elaborate.h"
#include "Elaborator.h"

using namespace mlir;
using llvm::ArrayRef;
using llvm::StringRef;

namespace gradc {

FailureOr<ElaboratedFile> elaborate(const ast::File &file,
                                    ArrayRef<ParamSetting> settings,
                                    MLIRContext *context, int64_t maxLayers,
                                    ArrayRef<StringRef> layerWords) {
  return Elaborator(file, context, maxLayers, layerWords).run(settings);
}

Elaborator::Elaborator(const ast::File &file, MLIRContext *context,
                       int64_t maxLines, ArrayRef<StringRef> layerWords)
    : file(file), context(context), maxLines(maxLines), layerWords(layerWords) {
  words.insert(layerWords.begin(), layerWords.end());
  for (StringRef word : {"repeat", "default", "activation", "skip"})
    words.insert(word);
}

FailureOr<ElaboratedFile> Elaborator::run(ArrayRef<ParamSetting> settings) {
  // Every name could be one of those that are missing.
  if (file.lacksNames)
    return failure();
  bool isGood = succeeded(findSections());
  isGood &= succeeded(nameFormulas());
  bool hasGoodBlocks = succeeded(collectBlocks());
  isGood &= succeeded(bindParams(settings)) && hasGoodBlocks;
  ElaboratedFile result{"net", net ? net->loc : file.loc, {}, {}, {}, {}};
  isGood &= succeeded(defineFormulas(result));
  Scope scope;
  scope.parent = &params;
  isGood &= succeeded(elaborateSection(data, scope, result.data));
  if (hasGoodBlocks && net) {
    if (!net->name.empty())
      result.name = net->name;
    Frame frame;
    frame.scope.parent = &params;
    isGood &= succeeded(checkSize(net->body, frame.scope)) &&
              succeeded(expandBody(net->body, frame, result.net));
    warnUnusedDefaults(frame.defaults);
  }
  scope.knowsEpoch = true;
  isGood &= succeeded(elaborateSection(train, scope, result.train));
  if (!isGood || file.hasErrors) {
    reportUnknownWords();
    return failure();
  }
  markUsedLabels(result);
  warnUnused();
  return result;
}

/// The lines of a net that failed build no layers, so that nobody else would
/// find these.
void Elaborator::reportUnknownWords() {
  if (layerWords.empty())
    return;
  SmallVector<StringRef> candidates(layerWords);
  candidates.append({"input", "repeat", "default", "activation"});
  for (const auto &block : blocks)
    candidates.push_back(block.getKey());
  for (const ast::Formula &formula : file.formulas)
    candidates.push_back(formula.name);
  llvm::StringSet<> known;
  known.insert(candidates.begin(), candidates.end());
  known.insert(file.missingNames.begin(), file.missingNames.end());
  for (const ast::Section &section : file.sections)
    if (section.word == "net" || section.word == "block")
      reportUnknownWords(section.body, known, candidates);
}

void Elaborator::reportUnknownWords(const Body &body,
                                    const llvm::StringSet<> &known,
                                    ArrayRef<StringRef> candidates) {
  for (const ast::Statement &statement : body) {
    reportUnknownWords(statement.body, known, candidates);
    if (known.contains(statement.word))
      continue;
    auto diagnostic = emitError(statement.loc)
                      << "unknown layer '" << statement.word << "'";
    suggest(*diagnostic.getUnderlyingDiagnostic(), statement.loc,
            findNearest(statement.word, candidates));
  }
}

LogicalResult Elaborator::findSections() {
  LogicalResult result = success();
  for (const ast::Section &section : file.sections) {
    const ast::Section **slot = section.word == "data"    ? &data
                                : section.word == "net"   ? &net
                                : section.word == "train" ? &train
                                                          : nullptr;
    if (!slot)
      continue;
    if (*slot) {
      auto diagnostic = emitError(section.loc)
                        << "a second '" << section.word << "' section";
      diagnostic.attachNote((*slot)->loc) << "the first is here";
      result = diagnostic;
      continue;
    }
    *slot = &section;
  }
  if (!net && !file.lacksSections)
    return emitError(file.loc)
           << "expected a 'net' section, found the end of the file";
  return result;
}

LogicalResult Elaborator::elaborateSection(const ast::Section *section,
                                           Scope &scope, Lines &lines) {
  if (!section)
    return success();
  return elaborateLines(section->body, scope, section->word, lines);
}

LogicalResult Elaborator::elaborateLines(const Body &body, const Scope &scope,
                                         StringRef section, Lines &lines) {
  LogicalResult result = success();
  for (const ast::Statement &statement : body) {
    if (!statement.label.empty()) {
      result = emitError(statement.labelLoc)
               << "a label names a layer of the net, it means nothing in '"
               << section << "'";
      continue;
    }
    FailureOr<SourceCall> call = evaluateLine(statement, scope);
    if (failed(call) ||
        failed(elaborateLines(statement.body, scope, section, call->body))) {
      result = failure();
      continue;
    }
    lines.push_back(std::move(*call));
  }
  return result;
}

FailureOr<SourceCall> Elaborator::evaluateLine(const ast::Statement &statement,
                                               const Scope &scope) {
  SourceCall call{statement.word, scope.locate(statement.loc)};
  call.hasBody = statement.hasBody;
  bool isGood = true;
  for (const ast::Expression &expression : statement.values) {
    FailureOr<SourceValue> value = evaluate(expression, scope);
    if (succeeded(value))
      call.values.push_back(std::move(*value));
    else
      isGood = false;
  }
  llvm::StringMap<Location> given;
  for (const ast::NamedArgument &argument : statement.named) {
    auto [first, isNew] = given.try_emplace(argument.name, argument.nameLoc);
    if (!isNew) {
      auto diagnostic = emitError(scope.locate(argument.nameLoc))
                        << "'" << argument.name << "' is given twice";
      diagnostic.attachNote(first->second) << "the first is here";
      isGood = false;
      continue;
    }
    FailureOr<SourceValue> value = evaluate(argument.value, scope);
    if (succeeded(value))
      call.named.push_back(
          {argument.name, scope.locate(argument.nameLoc), std::move(*value)});
    else
      isGood = false;
  }
  if (!isGood)
    return failure();
  return call;
}

/// Adds the labels that `value` may refer to: each part of its name.
static void collectNames(const SourceValue &value, llvm::StringSet<> &names) {
  for (const SourceValue &argument : value.arguments)
    collectNames(argument, names);
  if (value.kind != SourceValue::Kind::Name)
    return;
  SmallVector<StringRef> parts;
  StringRef(value.text).split(parts, '.');
  for (StringRef part : parts)
    names.insert(part.take_until([](char c) { return c == '['; }));
}

static void collectNames(ArrayRef<SourceCall> calls, llvm::StringSet<> &names) {
  for (const SourceCall &call : calls) {
    for (const SourceValue &value : call.values)
      collectNames(value, names);
    for (const SourceNamedValue &named : call.named)
      collectNames(named.value, names);
    collectNames(call.body, names);
  }
}

static void clearUsedLabels(llvm::MutableArrayRef<SourceCall> calls,
                            const llvm::StringSet<> &names) {
  for (SourceCall &call : calls) {
    if (names.contains(StringRef(call.name).rsplit('.').second) ||
        names.contains(call.name))
      call.unusedLabel.reset();
    clearUsedLabels(call.body, names);
  }
}

void Elaborator::markUsedLabels(ElaboratedFile &result) {
  llvm::StringSet<> names;
  collectNames(result.net, names);
  collectNames(result.train, names);
  clearUsedLabels(result.net, names);
}

void Elaborator::warnUnused() {
  for (const ast::Param &param : file.params)
    if (!params.find(param.name)->isUsed &&
        !llvm::is_contained(file.replacedNames, param.name))
      emitWarning(param.loc) << "param '" << param.name << "' is not used";
  for (const ast::Formula &formula : file.formulas)
    if (!usedWords.contains(formula.name))
      emitWarning(formula.loc)
          << "activation '" << formula.name << "' is not used";
  for (const ast::Section &section : file.sections)
    if (section.word == "block" && !usedBlocks.contains(section.name))
      emitWarning(section.nameLoc)
          << "block '" << section.name << "' is not used";
}

} // namespace gradc

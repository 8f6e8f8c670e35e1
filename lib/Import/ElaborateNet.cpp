//===- ElaborateNet.cpp - Repeats, blocks, defaults, activations ----------===//

#include "Elaborator.h"

using namespace mlir;
using llvm::StringRef;

namespace gradc {

LogicalResult Elaborator::expandBody(const Body &body, Frame &frame,
                                     Lines &lines) {
  bool isGood = true;
  llvm::StringSet<> localWords;
  std::vector<std::string> names = nameLines(body, frame, localWords);
  llvm::StringMap<Location> labels;
  for (size_t i = 0; i < body.size() && !isStopped; ++i) {
    const ast::Statement &statement = body[i];
    if (!statement.label.empty())
      isGood &= succeeded(checkLabel(statement, frame, localWords, labels));
    isGood &= succeeded(expandLine(statement, names[i], frame, lines));
  }
  return success(isGood && !isStopped);
}

/// `activation act` becomes the layer that `act` names, so that no op needs to
/// know the word.
LogicalResult Elaborator::resolveActivation(SourceCall &call) {
  if (call.values.empty())
    return emitError(call.loc)
           << "expected the name of an activation after 'activation'";
  SourceValue name = std::move(call.values.front());
  if (isUnknown(name))
    return success();
  bool isWord =
      name.kind == SourceValue::Kind::Call ||
      (name.kind == SourceValue::Kind::Name && toString(name) == name.text &&
       !StringRef(name.text).contains('.'));
  if (!isWord)
    return emitError(name.loc) << "expected the name of an activation, found '"
                               << toString(name) << "'";
  call.word = name.text;
  call.loc = name.loc;
  call.values.erase(call.values.begin());
  call.values.insert(call.values.begin(), name.arguments.begin(),
                     name.arguments.end());
  return success();
}

LogicalResult Elaborator::expandLine(const ast::Statement &statement,
                                     StringRef name, Frame &frame,
                                     Lines &lines) {
  // A count and a name are no values, so this reads its line itself.
  if (statement.word == "repeat")
    return expandRepeat(statement, name, frame, lines);
  FailureOr<SourceCall> evaluated = evaluateLine(statement, frame.scope);
  if (failed(evaluated))
    return failure();
  SourceCall call = std::move(*evaluated);
  if (statement.word == "default")
    return addDefaults(statement, std::move(call), frame);
  if (statement.word == "activation" && failed(resolveActivation(call)))
    return failure();
  call.name = name.str();
  if (!statement.label.empty())
    call.unusedLabel = frame.scope.locate(statement.labelLoc);
  applyDefaults(call, frame);
  auto block = blocks.find(statement.word);
  if (block != blocks.end())
    return expandBlock(*block->second, call, frame, lines);
  usedWords.insert(call.word);
  // The size was counted before; this guards what could not be counted.
  if (++numLines > maxLines) {
    isStopped = true;
    return emitError(call.loc) << "the net has more than " << maxLines
                               << " lines, which is the limit";
  }
  if (call.hasBody) {
    Frame inner;
    inner.scope.parent = &frame.scope;
    inner.defaults.parent = &frame.defaults;
    inner.prefix = call.name + ".";
    inner.depth = frame.depth + 1;
    if (failed(expandBody(statement.body, inner, call.body)))
      return failure();
    warnUnusedDefaults(inner.defaults);
  }
  lines.push_back(std::move(call));
  return success();
}

FailureOr<const ast::Expression *> getRepeatIndex(const ast::Statement &repeat,
                                                  const Scope &scope) {
  auto getWord = [&](size_t i) -> StringRef {
    const ast::Expression &value = repeat.values[i];
    bool isWord = value.kind == ast::Expression::Kind::Name &&
                  value.parts.size() == 1 && !value.parts[0].hasIndices &&
                  !value.hasStar;
    return isWord ? StringRef(value.parts[0].text) : StringRef();
  };
  if (repeat.values.empty())
    return emitError(scope.locate(repeat.loc))
           << "expected a number of turns after 'repeat'";
  if (!repeat.named.empty())
    return emitError(scope.locate(repeat.named[0].nameLoc))
           << "'repeat' has no argument '" << repeat.named[0].name << "'";
  if (!repeat.hasBody)
    return emitError(scope.locate(repeat.loc))
           << "expected '{' and layers after 'repeat'";
  if (repeat.values.size() == 1)
    return nullptr;
  if (repeat.values.size() == 3 && getWord(1) == "as" && !getWord(2).empty())
    return &repeat.values[2];
  return emitError(scope.locate(repeat.values[1].loc))
         << "expected 'as' and a name, or '{', after the number of turns";
}

LogicalResult Elaborator::expandRepeat(const ast::Statement &statement,
                                       StringRef name, Frame &frame,
                                       Lines &lines) {
  FailureOr<const ast::Expression *> index =
      getRepeatIndex(statement, frame.scope);
  if (failed(index))
    return failure();
  FailureOr<int64_t> turns =
      evaluateCount(statement.values[0], frame.scope, "the number of turns", 0);
  if (failed(turns))
    return failure();
  for (int64_t turn = 0; turn < *turns; ++turn) {
    Frame inner;
    inner.scope.parent = &frame.scope;
    inner.defaults.parent = &frame.defaults;
    inner.prefix = (name + "[" + llvm::Twine(turn) + "].").str();
    inner.depth = frame.depth + 1;
    if (*index) {
      SourceValue value{SourceValue::Kind::Number, (*index)->loc};
      value.number = double(turn);
      value.isInteger = true;
      inner.scope.bindings.try_emplace(
          (*index)->parts[0].text,
          Binding{std::move(value), (*index)->loc, false});
    }
    // The next turns would be wrong in the same way.
    if (failed(expandBody(statement.body, inner, lines)))
      return failure();
    warnUnusedDefaults(inner.defaults);
  }
  return success();
}

LogicalResult Elaborator::expandBlock(const ast::Section &block,
                                      const SourceCall &call, Frame &frame,
                                      Lines &lines) {
  usedBlocks.insert(block.name);
  if (frame.depth >= ast::maxNesting) {
    isStopped = true;
    return emitError(call.loc) << "blocks are nested too deeply, the limit is "
                               << ast::maxNesting << " levels";
  }
  Frame inner;
  inner.scope.parent = &params;
  inner.defaults.parent = &frame.defaults;
  inner.prefix = call.name + ".";
  inner.depth = frame.depth + 1;
  // The block's own defaults are written in the block, so the use goes on top.
  inner.scope.caller = call.loc;
  if (failed(bindArguments(block, call, inner.scope)) ||
      failed(expandBody(block.body, inner, lines)))
    return failure();
  warnUnusedDefaults(inner.defaults);
  for (const ast::Formal &formal : block.formals)
    if (!file.hasErrors && !inner.scope.find(formal.name)->isUsed)
      emitWarning(formal.loc) << "argument '" << formal.name << "' of block '"
                              << block.name << "' is not used";
  return success();
}

LogicalResult Elaborator::addDefaults(const ast::Statement &statement,
                                      SourceCall &&call, Frame &frame) {
  if (!statement.label.empty())
    return emitError(statement.labelLoc)
           << "a 'default' makes no layer to name";
  if (call.values.empty() || call.values[0].kind != SourceValue::Kind::Name ||
      toString(call.values[0]) != call.values[0].text)
    return emitError(call.values.empty() ? call.loc : call.values[0].loc)
           << "expected the name of a layer after 'default'";
  if (call.values.size() > 1)
    return emitError(call.values[1].loc)
           << "expected 'name=value' in a 'default', found '"
           << toString(call.values[1]) << "'";
  if (call.named.empty())
    return emitError(call.loc) << "expected 'name=value' in a 'default'";
  if (statement.hasBody)
    return emitError(call.loc) << "'default' takes no body";
  frame.defaults.entries[call.values[0].text].push_back(
      {call.values[0].loc, std::move(call.named), false});
  return success();
}

/// What the line gives goes first, then the nearest scope, then the last line.
void Elaborator::applyDefaults(SourceCall &call, Frame &frame) {
  llvm::StringSet<> given;
  for (const SourceNamedValue &named : call.named)
    given.insert(named.name);
  for (Defaults *level = &frame.defaults; level; level = level->parent) {
    auto found = level->entries.find(call.word);
    if (found == level->entries.end())
      continue;
    for (Defaults::Entry &entry : llvm::reverse(found->second)) {
      entry.isUsed = true;
      for (const SourceNamedValue &argument : entry.arguments)
        if (given.insert(argument.name).second)
          call.named.push_back(argument);
    }
  }
}

void Elaborator::warnUnusedDefaults(const Defaults &defaults) {
  for (const auto &[word, entries] : defaults.entries)
    for (const Defaults::Entry &entry : entries)
      if (!entry.isUsed && !file.hasErrors)
        emitWarning(entry.loc) << "no '" << word << "' follows this 'default'";
}

} // namespace gradc

//===- ElaborateSize.cpp - How many lines a net expands to ----------------===//
//
// A net of two hundred bytes may stand for more layers than any machine holds,
// so they are counted before one is built.
//
//===----------------------------------------------------------------------===//

#include "Elaborator.h"

#include "llvm/Support/MathExtras.h"

using namespace mlir;
using llvm::StringRef;

namespace gradc {

/// Stands for every size from 2^64 - 1 on.
static constexpr uint64_t endless = ~uint64_t(0);
/// Lines looked at while counting; beyond, the size counts as endless.
static constexpr uint64_t maxSteps = 1000000;

LogicalResult Elaborator::checkSize(const Body &body, const Scope &scope) {
  uint64_t total = 0;
  for (const ast::Statement &statement : body) {
    uint64_t size = 0;
    {
      // What is wrong in the lines is reported when they are expanded.
      ScopedDiagnosticHandler quiet(context,
                                    [](Diagnostic &) { return success(); });
      size = countLine(statement, scope, 0);
    }
    total = llvm::SaturatingAdd(total, size);
    isLowerBound |= total == endless;
    if (total <= maxLines)
      continue;
    Location loc =
        statement.values.empty() ? statement.loc : statement.values[0].loc;
    auto diagnostic = emitError(loc);
    if (size > maxLines)
      diagnostic << "'" << statement.word << "' expands to ";
    else
      diagnostic << "with this line the net has ";
    if (isLowerBound)
      diagnostic << "at least ";
    if (total == endless)
      diagnostic << "10^19";
    else
      diagnostic << (size > maxLines ? size : total);
    return diagnostic << " lines, the limit is " << maxLines;
  }
  return success();
}

uint64_t Elaborator::countLines(const Body &body, const Scope &scope,
                                unsigned depth) {
  uint64_t total = 0;
  for (const ast::Statement &statement : body) {
    total = llvm::SaturatingAdd(total, countLine(statement, scope, depth));
    if (total == endless)
      break;
  }
  return total;
}

uint64_t Elaborator::countNoFurther() {
  isLowerBound = true;
  return endless;
}

uint64_t Elaborator::countLine(const ast::Statement &statement,
                               const Scope &scope, unsigned depth) {
  if (++numSteps > maxSteps + file.sections.size() + maxLines)
    return countNoFurther();
  if (statement.word == "default")
    return 0;
  if (statement.word == "repeat")
    return countRepeat(statement, scope, depth);
  auto block = blocks.find(statement.word);
  // Deeper, expandBlock refuses it.
  if (block != blocks.end())
    return depth < ast::maxNesting
               ? countBlock(*block->second, statement, scope, depth)
               : 1;
  return llvm::SaturatingAdd(uint64_t(1),
                             countLines(statement.body, scope, depth + 1));
}

/// An empty turn counts as a line: it takes time too.
uint64_t Elaborator::countRepeat(const ast::Statement &statement,
                                 const Scope &scope, unsigned depth) {
  FailureOr<const ast::Expression *> index = getRepeatIndex(statement, scope);
  if (failed(index))
    return 0;
  FailureOr<int64_t> turns =
      evaluateCount(statement.values[0], scope, "the number of turns", 0);
  if (failed(turns) || *turns == 0)
    return 0;
  auto countTurn = [&](int64_t turn) {
    Scope inner;
    inner.parent = &scope;
    if (*index) {
      SourceValue value{SourceValue::Kind::Number, (*index)->loc};
      value.number = double(turn);
      value.isInteger = true;
      inner.bindings.try_emplace((*index)->parts[0].text,
                                 Binding{value, (*index)->loc, false});
    }
    return std::max<uint64_t>(1, countLines(statement.body, inner, depth + 1));
  };
  // Turns may differ in size where they know their number. When they are more
  // than the limit, the first tells enough.
  isLowerBound |= *index && uint64_t(*turns) > maxLines;
  if (!*index || uint64_t(*turns) > maxLines)
    return llvm::SaturatingMultiply(uint64_t(*turns), countTurn(0));
  uint64_t total = 0;
  for (int64_t turn = 0; turn < *turns && total != endless; ++turn)
    total = llvm::SaturatingAdd(total, countTurn(turn));
  return total;
}

/// The same block with the same arguments is counted once, else a chain of
/// blocks that each use the next twice would take forever.
uint64_t Elaborator::countBlock(const ast::Section &block,
                                const ast::Statement &statement,
                                const Scope &scope, unsigned depth) {
  FailureOr<SourceCall> use = evaluateLine(statement, scope);
  Scope inner;
  inner.parent = &params;
  if (failed(use) || failed(bindArguments(block, *use, inner)))
    return 0;
  std::string key = block.name;
  for (const ast::Formal &formal : block.formals)
    key += " " + toString(inner.find(formal.name)->value);
  auto known = blockSizes.find(key);
  if (known != blockSizes.end())
    return known->second;
  uint64_t size = countLines(block.body, inner, depth + 1);
  blockSizes[key] = size;
  return size;
}

} // namespace gradc

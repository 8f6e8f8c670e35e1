//===- ElaborateBlocks.cpp - Blocks and their arguments -------------------===//

#include "Elaborator.h"

using namespace mlir;
using llvm::ArrayRef;
using llvm::StringRef;

namespace gradc {

/// Formals of the same name.
static LogicalResult checkFormals(const ast::Section &block) {
  llvm::StringMap<Location> seen;
  for (const ast::Formal &formal : block.formals) {
    auto [first, isNew] = seen.try_emplace(formal.name, formal.loc);
    if (isNew)
      continue;
    auto diagnostic = emitError(formal.loc) << "a second argument '"
                                            << formal.name << "' of the block";
    diagnostic.attachNote(first->second) << "the first is here";
    return diagnostic;
  }
  return success();
}

LogicalResult Elaborator::collectBlocks() {
  LogicalResult result = success();
  for (const ast::Section &section : file.sections) {
    if (section.word != "block")
      continue;
    if (failed(checkFormals(section)))
      result = failure();
    if (words.contains(section.name)) {
      result = emitError(section.nameLoc) << "'" << section.name
                                          << "' is a word of the language, a "
                                             "block needs another name";
      continue;
    }
    auto [first, isNew] = blocks.try_emplace(section.name, &section);
    if (isNew)
      continue;
    auto diagnostic = emitError(section.nameLoc)
                      << "a second block '" << section.name << "'";
    diagnostic.attachNote(first->second->nameLoc) << "the first is here";
    result = diagnostic;
  }
  for (const ast::Section &section : file.sections)
    if (section.word == "block" || section.word == "net")
      collectWords(section.body);
  return failed(checkRecursion()) ? failure() : result;
}

namespace {
/// A block that another one uses, and where.
struct BlockUse {
  const ast::Section *block;
  Location loc;
};

/// A block on the way of the search, and which of its uses comes next.
struct Visit {
  const ast::Section *block;
  SmallVector<BlockUse> uses;
  size_t next = 0;
};
} // namespace

static void collectUses(const std::vector<ast::Statement> &body,
                        const llvm::StringMap<const ast::Section *> &blocks,
                        SmallVectorImpl<BlockUse> &uses) {
  for (const ast::Statement &statement : body) {
    auto found = blocks.find(statement.word);
    if (found != blocks.end())
      uses.push_back({found->second, statement.loc});
    collectUses(statement.body, blocks, uses);
  }
}

/// The chain of uses from the block of `use` back to itself.
static LogicalResult refuseRecursion(ArrayRef<Visit> path,
                                     const BlockUse &use) {
  auto diagnostic = emitError(use.loc)
                    << "block '" << use.block->name << "' uses itself";
  const Visit *start = llvm::find_if(
      path, [&](const Visit &visit) { return visit.block == use.block; });
  for (const Visit &visit : llvm::make_range(start, path.end() - 1)) {
    const BlockUse &step = visit.uses[visit.next - 1];
    diagnostic.attachNote(step.loc) << "'" << visit.block->name << "' uses '"
                                    << step.block->name << "' here";
  }
  return diagnostic;
}

/// A search in depth with a stack of its own: the chain of blocks may be as
/// long as the file.
LogicalResult Elaborator::checkRecursion() {
  LogicalResult result = success();
  llvm::StringSet<> done, open;
  for (const ast::Section &section : file.sections) {
    if (section.word != "block" || done.contains(section.name))
      continue;
    SmallVector<Visit> path;
    auto enter = [&](const ast::Section *block) {
      open.insert(block->name);
      path.push_back({block, {}, 0});
      collectUses(block->body, blocks, path.back().uses);
    };
    enter(&section);
    while (!path.empty()) {
      Visit &visit = path.back();
      if (visit.next == visit.uses.size()) {
        open.erase(visit.block->name);
        done.insert(visit.block->name);
        path.pop_back();
        continue;
      }
      const BlockUse &use = visit.uses[visit.next++];
      if (open.contains(use.block->name))
        result = refuseRecursion(path, use);
      else if (!done.contains(use.block->name))
        enter(use.block);
    }
  }
  return result;
}

/// Reports arguments that do not fit, with the place of the block.
static LogicalResult refuseArgument(const ast::Section &block, Location loc,
                                    const llvm::Twine &message,
                                    StringRef nearest = {}) {
  auto diagnostic = emitError(loc) << message;
  suggest(*diagnostic.getUnderlyingDiagnostic(), loc, nearest);
  diagnostic.attachNote(block.nameLoc)
      << "block '" << block.name << "' is defined here";
  return diagnostic;
}

LogicalResult Elaborator::bindArguments(const ast::Section &block,
                                        const SourceCall &use, Scope &scope) {
  SmallVector<StringRef> names;
  for (const ast::Formal &formal : block.formals)
    names.push_back(formal.name);
  if (use.hasBody)
    return refuseArgument(block, use.loc,
                          "block '" + block.name + "' takes no body");
  if (use.values.size() > names.size())
    return refuseArgument(block, use.values[names.size()].loc,
                          "block '" + block.name + "' takes " +
                              llvm::Twine(names.size()) + " argument" +
                              (names.size() == 1 ? "" : "s") + ", found " +
                              llvm::Twine(use.values.size()));
  for (size_t i = 0; i < use.values.size(); ++i)
    scope.bindings.try_emplace(
        names[i], Binding{use.values[i], block.formals[i].loc, false});
  for (const SourceNamedValue &named : use.named) {
    const auto *formal = llvm::find(names, named.name);
    if (formal == names.end())
      return refuseArgument(block, named.nameLoc,
                            "block '" + block.name + "' has no argument '" +
                                named.name + "'",
                            findNearest(named.name, names));
    Location loc = block.formals[formal - names.begin()].loc;
    if (!scope.bindings
             .try_emplace(named.name, Binding{named.value, loc, false})
             .second)
      return refuseArgument(block, named.nameLoc,
                            "'" + named.name + "' is given twice");
  }
  for (const ast::Formal &formal : block.formals) {
    if (scope.bindings.count(formal.name))
      continue;
    if (!formal.value)
      return refuseArgument(block, use.loc,
                            "block '" + block.name + "' needs its argument '" +
                                formal.name + "'");
    FailureOr<SourceValue> value = evaluate(*formal.value, scope);
    if (failed(value))
      return failure();
    scope.bindings.try_emplace(formal.name,
                               Binding{std::move(*value), formal.loc, false});
  }
  return success();
}

} // namespace gradc

//===- Settings.cpp - Lines of the file set on the command line -----------===//

#include "gradc/Import/Settings.h"
#include "gradc/Diagnostics/FixIt.h"
#include "gradc/Frontend/Parser.h"

#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using llvm::StringRef;

namespace gradc {

static InFlightDiagnostic refuse(MLIRContext *context, StringRef path,
                                 StringRef text) {
  return emitError(UnknownLoc::get(context))
         << "--set " << path << "=" << text << ": ";
}

static bool isWord(StringRef word) {
  return !word.empty() && llvm::isAlpha(word.front()) &&
         llvm::all_of(word,
                      [](char c) { return llvm::isAlnum(c) || c == '_'; });
}

/// A buffer of its own name for each text, so that a place leads to its text.
static unsigned addBuffer(llvm::SourceMgr &sources, StringRef text) {
  std::string name = "<command line>";
  unsigned number = 1;
  for (unsigned id = 1; id <= sources.getNumBuffers(); ++id)
    if (sources.getMemoryBuffer(id)->getBufferIdentifier().starts_with(
            "<command line"))
      ++number;
  if (number > 1)
    name = "<command line " + std::to_string(number) + ">";
  return sources.AddNewSourceBuffer(
      llvm::MemoryBuffer::getMemBufferCopy(text, name), llvm::SMLoc());
}

/// The section `word`, which is added where the file has none.
static ast::Section &getSection(ast::File &file, StringRef word) {
  auto found = llvm::find_if(file.sections, [&](const ast::Section &section) {
    return section.word == word;
  });
  if (found != file.sections.end())
    return *found;
  file.sections.push_back({word.str(), file.loc, {}, file.loc, {}, {}});
  return file.sections.back();
}

static ast::Statement *findStatement(ast::Section &section, StringRef word) {
  for (ast::Statement &statement : section.body)
    if (statement.word == word)
      return &statement;
  return nullptr;
}

static void collectNames(const ast::Expression &value,
                         std::vector<std::string> &names) {
  for (const ast::NamePart &part : value.parts) {
    names.push_back(part.text);
    for (const ast::Expression &index : part.indices)
      collectNames(index, names);
  }
  for (const ast::Expression &operand : value.operands)
    collectNames(operand, names);
}

static void collectNames(const ast::Statement &statement,
                         std::vector<std::string> &names) {
  for (const ast::Expression &value : statement.values)
    collectNames(value, names);
  for (const ast::NamedArgument &named : statement.named)
    collectNames(named.value, names);
}

static LogicalResult setStatement(ast::File &file, ast::Section &section,
                                  StringRef word, unsigned bufferId,
                                  const llvm::SourceMgr &sources,
                                  MLIRContext *context) {
  FailureOr<ast::Statement> statement =
      parseStatementTail(sources, bufferId, word, context);
  if (failed(statement))
    return failure();
  if (ast::Statement *old = findStatement(section, word)) {
    collectNames(*old, file.replacedNames);
    *old = std::move(*statement);
  } else {
    section.body.push_back(std::move(*statement));
  }
  return success();
}

static LogicalResult setArgument(ast::File &file, ast::Section &section,
                                 StringRef word, StringRef argument,
                                 unsigned bufferId,
                                 const llvm::SourceMgr &sources,
                                 MLIRContext *context) {
  FailureOr<ast::Expression> value = parseValue(sources, bufferId, context);
  if (failed(value))
    return failure();
  ast::Statement *statement = findStatement(section, word);
  if (!statement) {
    section.body.emplace_back(value->loc);
    statement = &section.body.back();
    statement->word = word.str();
  }
  llvm::erase_if(statement->named, [&](const ast::NamedArgument &named) {
    if (named.name != argument)
      return false;
    collectNames(named.value, file.replacedNames);
    return true;
  });
  Location loc = value->loc;
  statement->named.push_back({argument.str(), loc, std::move(*value)});
  return success();
}

LogicalResult applySetting(ast::File &file, StringRef path, StringRef text,
                           llvm::SourceMgr &sources, MLIRContext *context) {
  static const StringRef sectionWords[] = {"data", "train"};
  SmallVector<StringRef> parts;
  path.split(parts, '.');
  if (!llvm::is_contained(sectionWords, parts[0])) {
    auto diagnostic = refuse(context, path, text);
    diagnostic << "a path begins with 'data' or 'train', found '" << parts[0]
               << "'";
    StringRef nearest = findNearest(parts[0], sectionWords);
    if (!nearest.empty())
      diagnostic << "; did you mean '" << nearest << "'?";
    return diagnostic;
  }
  if (parts.size() < 2 || parts.size() > 3 || !llvm::all_of(parts, isWord))
    return refuse(context, path, text)
           << "a path is like 'train.clip' or 'train.optimizer.lr'";
  unsigned bufferId = addBuffer(sources, text);
  ast::Section &section = getSection(file, parts[0]);
  if (parts.size() == 2)
    return setStatement(file, section, parts[1], bufferId, sources, context);
  return setArgument(file, section, parts[1], parts[2], bufferId, sources,
                     context);
}

} // namespace gradc

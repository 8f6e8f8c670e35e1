//===- ElaborateNames.cpp - The names of layers ---------------------------===//

#include "Elaborator.h"

#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using llvm::StringRef;

namespace gradc {

void Elaborator::collectWords(const Body &body) {
  for (const ast::Statement &statement : body) {
    words.insert(statement.word);
    collectWords(statement.body);
  }
}

/// `dense` of `dense_1`; empty where no number ends the name.
static StringRef getStem(StringRef name) {
  StringRef stem = name.rtrim("0123456789");
  if (stem.size() == name.size() || !stem.consume_back("_"))
    return {};
  return stem;
}

LogicalResult Elaborator::checkLabel(const ast::Statement &statement,
                                     const Frame &frame,
                                     const llvm::StringSet<> &localWords,
                                     llvm::StringMap<Location> &labels) {
  StringRef label = statement.label, stem = getStem(label);
  Location loc = frame.scope.locate(statement.labelLoc);
  auto [first, isNew] = labels.try_emplace(label, statement.labelLoc);
  if (!isNew) {
    auto diagnostic = emitError(loc) << "a second label '" << label << "'";
    diagnostic.attachNote(first->second) << "the first is here";
    return diagnostic;
  }
  for (StringRef word : {label, stem})
    if (!word.empty() && (words.contains(word) || localWords.contains(word)))
      return emitError(loc)
             << "label '" << label << "' looks like the name of a layer "
             << "without a label";
  // Where the label is referred to, the value would be found.
  const Binding *binding = frame.scope.find(label);
  if (binding && binding->loc != file.loc) { // not one that is missing
    auto diagnostic = emitError(loc) << "label '" << label
                                     << "' is already the name of a value";
    diagnostic.attachNote(binding->loc) << "declared here";
    return diagnostic;
  }
  return success();
}

/// The word that a line has once it is evaluated: `activation act` is named
/// after the activation.
std::string Elaborator::getWord(const ast::Statement &statement,
                                const Frame &frame) {
  if (statement.word != "activation" || statement.values.empty())
    return statement.word;
  // What is wrong with it is reported when the line is expanded.
  ScopedDiagnosticHandler quiet(context,
                                [](Diagnostic &) { return success(); });
  FailureOr<SourceValue> value = evaluate(statement.values[0], frame.scope);
  if (failed(value) || value->text.empty())
    return statement.word;
  return value->text;
}

/// The full name of each line of a body.
std::vector<std::string> Elaborator::nameLines(const Body &body,
                                               const Frame &frame,
                                               llvm::StringSet<> &localWords) {
  llvm::StringMap<unsigned> count, next;
  std::vector<std::string> names;
  for (const ast::Statement &statement : body) {
    names.push_back(getWord(statement, frame));
    localWords.insert(names.back());
    if (statement.label.empty())
      ++count[names.back()];
  }
  for (size_t i = 0; i < body.size(); ++i) {
    std::string word = std::move(names[i]);
    names[i] = frame.prefix;
    if (!body[i].label.empty())
      names[i] += body[i].label;
    else if (count[word] == 1)
      names[i] += word;
    else
      names[i] += word + "_" + std::to_string(++next[word]);
  }
  return names;
}

} // namespace gradc

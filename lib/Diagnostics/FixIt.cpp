//===- FixIt.cpp - Suggestions that a diagnostic carries ------------------===//

#include "gradc/Diagnostics/FixIt.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "llvm/ADT/SmallVector.h"
#include <algorithm>

using namespace mlir;
using llvm::ArrayRef;
using llvm::StringRef;

namespace gradc {

/// Insertions, deletions, replacements and swaps of neighbours.
static unsigned countEdits(StringRef from, StringRef to) {
  size_t width = to.size() + 1;
  SmallVector<unsigned> table((from.size() + 1) * width);
  auto at = [&](size_t i, size_t j) -> unsigned & {
    return table[i * width + j];
  };
  for (size_t i = 0; i <= from.size(); ++i) {
    for (size_t j = 0; j <= to.size(); ++j) {
      if (i == 0 || j == 0) {
        at(i, j) = i + j;
        continue;
      }
      unsigned replaced = at(i - 1, j - 1) + (from[i - 1] != to[j - 1]);
      at(i, j) = std::min({replaced, at(i - 1, j) + 1, at(i, j - 1) + 1});
      if (i > 1 && j > 1 && from[i - 1] == to[j - 2] &&
          from[i - 2] == to[j - 1])
        at(i, j) = std::min(at(i, j), at(i - 2, j - 2) + 1);
    }
  }
  return at(from.size(), to.size());
}

StringRef findNearest(StringRef word, ArrayRef<StringRef> candidates) {
  // A swap of two letters in `relu` or `same` is half of the word in plain
  // edits, but the likeliest slip of all; it counts as one.
  constexpr unsigned maxEdits = 2;
  constexpr size_t longestWord = 64;
  if (word.size() > longestWord)
    return {};
  StringRef best;
  unsigned bestScore = ~0u;
  for (StringRef candidate : candidates) {
    if (candidate.empty() || candidate.size() > word.size() + maxEdits ||
        word.size() > candidate.size() + maxEdits)
      continue;
    unsigned edits = countEdits(word, candidate);
    if (edits > maxEdits || 2 * edits >= word.size())
      continue;
    // Of equally near words, the one with the same first letter.
    unsigned score = 2 * edits + (candidate.front() != word.front());
    if (score < bestScore) {
      bestScore = score;
      best = candidate;
    }
  }
  return best;
}

void addFixIt(Diagnostic &diagnostic, Location range, StringRef text) {
  Attribute parts[] = {LocationAttr(range),
                       StringAttr::get(range.getContext(), text)};
  diagnostic.getMetadata().push_back(
      DiagnosticArgument(ArrayAttr::get(range.getContext(), parts)));
}

void suggest(Diagnostic &diagnostic, Location range, StringRef nearest) {
  if (nearest.empty())
    return;
  diagnostic << "; did you mean '" << nearest << "'?";
  addFixIt(diagnostic, range, nearest);
}

std::optional<FixIt> getFixIt(const Diagnostic &diagnostic) {
  // MLIR gives metadata only from diagnostics that may change.
  for (DiagnosticArgument &argument :
       const_cast<Diagnostic &>(diagnostic).getMetadata()) {
    if (argument.getKind() !=
        DiagnosticArgument::DiagnosticArgumentKind::Attribute)
      continue;
    auto parts = dyn_cast<ArrayAttr>(argument.getAsAttribute());
    if (!parts || parts.size() != 2)
      continue;
    auto range = dyn_cast<LocationAttr>(parts[0]);
    auto text = dyn_cast<StringAttr>(parts[1]);
    if (range && text)
      return FixIt{Location(range), text.str()};
  }
  return std::nullopt;
}

} // namespace gradc

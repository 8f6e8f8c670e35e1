//===- SourceLine.cpp - A line of source as a terminal shows it -----------===//

#include "SourceLine.h"
#include "gradc/Diagnostics/Characters.h"

#include "llvm/Support/Unicode.h"
#include <algorithm>

using llvm::StringRef;

namespace gradc {

/// Characters shown of a line that is longer than that, and how many of them
/// before the caret.
static constexpr unsigned windowSize = 160;
static constexpr unsigned windowLead = 60;
static constexpr unsigned tabSize = 8;

static unsigned measure(StringRef shown) {
  int width = llvm::sys::unicode::columnWidthUTF8(shown);
  return width < 0 ? 1 : unsigned(width);
}

SourceLine::SourceLine(StringRef line, unsigned column) {
  // Bytes are at least as many as characters, so a short line needs no count.
  bool isLong = line.size() > windowSize;
  if (isLong && column > windowLead)
    firstColumn = column - windowLead;
  for (unsigned skipped = 1; skipped < firstColumn && !line.empty(); ++skipped)
    line = line.drop_front(decodeCharacter(line).size);
  unsigned width = 0;
  if (firstColumn > 1) {
    text = "...";
    width = 3;
  }
  while (!line.empty() && offsets.size() < windowSize) {
    offsets.push_back(width);
    std::string shown = line.front() == '\t'
                            ? std::string(tabSize - width % tabSize, ' ')
                            : showCharacter(line);
    line = line.drop_front(decodeCharacter(line).size);
    width += measure(shown);
    text += shown;
  }
  offsets.push_back(width);
  if (!line.empty())
    text += "...";
}

unsigned SourceLine::getOffset(unsigned column) const {
  if (column < firstColumn)
    return offsets.front();
  size_t index = std::min<size_t>(column - firstColumn, offsets.size() - 1);
  return offsets[index];
}

} // namespace gradc

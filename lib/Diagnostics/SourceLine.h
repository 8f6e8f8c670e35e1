//===- SourceLine.h - A line of source as a terminal shows it ---*- C++ -*-===//

#ifndef GRADC_LIB_DIAGNOSTICS_SOURCELINE_H
#define GRADC_LIB_DIAGNOSTICS_SOURCELINE_H

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include <string>

namespace gradc {

/// A line with tabs as blanks and odd characters in words, cut to a window
/// where it is too long, which knows where each character of the source stands.
class SourceLine {
public:
  /// `column` (from 1) is the character that must be visible.
  SourceLine(llvm::StringRef line, unsigned column);

  llvm::StringRef getText() const { return text; }
  /// How many cells stand before the character at `column` of the source; a
  /// column out of the window gives its nearest end.
  unsigned getOffset(unsigned column) const;

private:
  std::string text;
  unsigned firstColumn = 1;
  /// Of each visible character, and one past the last.
  llvm::SmallVector<unsigned> offsets;
};

} // namespace gradc

#endif // GRADC_LIB_DIAGNOSTICS_SOURCELINE_H

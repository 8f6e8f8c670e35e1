//===- Renderer.h - How diagnostics reach the reader ------------*- C++ -*-===//
//
// The one path of every message about a source: MLIR's diagnostics, from the
// lexer to the last pass, shown with the line they are about.
//
//===----------------------------------------------------------------------===//

#ifndef GRADC_DIAGNOSTICS_RENDERER_H
#define GRADC_DIAGNOSTICS_RENDERER_H

#include "gradc/Diagnostics/FixIt.h"
#include "mlir/IR/Diagnostics.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/raw_ostream.h"
#include <string>

namespace gradc {

/// How a `DiagnosticRenderer` writes.
struct DiagnosticOptions {
  enum class Format {
    Text, ///< as clang does: place, message, line, caret, fix-it
    JSON, ///< one object per diagnostic and line
  };
  Format format = Format::Text;
  bool color = false;
  /// After so many errors nothing more is shown.
  unsigned maxErrors = 20;
};

/// A place in a source: lines and characters from 1, the end one past the last
/// character. An empty file name: no place.
struct SourceSpan {
  std::string file;
  unsigned line = 0, column = 0, endLine = 0, endColumn = 0;

  /// The first place within `loc`, whatever it is wrapped in.
  explicit SourceSpan(mlir::Location loc);
  bool isKnown() const { return !file.empty(); }
  bool operator==(const SourceSpan &other) const;
};

/// Shows each diagnostic of a context while it lives. A message that was
/// already shown at the same place, as of a line that was expanded many times,
/// is not repeated.
class DiagnosticRenderer : public mlir::ScopedDiagnosticHandler {
public:
  /// Reads source lines from `sources`, which may gain buffers later.
  DiagnosticRenderer(const llvm::SourceMgr &sources, mlir::MLIRContext *context,
                     DiagnosticOptions options = {},
                     llvm::raw_ostream &os = llvm::errs());

  unsigned getNumErrors() const { return numErrors; }
  unsigned getNumWarnings() const { return numWarnings; }

private:
  void handle(mlir::Diagnostic &diagnostic);
  void giveUp(mlir::MLIRContext *context);
  void printText(mlir::Diagnostic &diagnostic);
  void printJSON(mlir::Diagnostic &diagnostic);
  void printMessage(const SourceSpan &span, mlir::DiagnosticSeverity severity,
                    llvm::StringRef message);
  void printSnippet(const SourceSpan &span, const std::optional<FixIt> &fixIt);
  /// The text of a line without its end; nothing where no buffer has it.
  std::optional<llvm::StringRef> findLine(llvm::StringRef file,
                                          unsigned line) const;

  const llvm::SourceMgr &sources;
  DiagnosticOptions options;
  llvm::raw_ostream &os;
  unsigned numErrors = 0, numWarnings = 0;
  bool isSilent = false;
  llvm::StringSet<> shown;
};

} // namespace gradc

#endif // GRADC_DIAGNOSTICS_RENDERER_H

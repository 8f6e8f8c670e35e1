//===- Renderer.cpp - How diagnostics reach the reader --------------------===//

#include "gradc/Diagnostics/Renderer.h"
#include "SourceLine.h"
#include "gradc/Diagnostics/Characters.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "llvm/Support/Format.h"

using namespace mlir;
using llvm::raw_ostream;
using llvm::StringRef;

namespace gradc {

SourceSpan::SourceSpan(Location loc) {
  auto range = LocationAttr(loc).findInstanceOf<FileLineColRange>();
  if (!range)
    return;
  file = range.getFilename().str();
  line = range.getStartLine();
  column = range.getStartColumn();
  endLine = range.getEndLine();
  endColumn = range.getEndColumn();
}

bool SourceSpan::operator==(const SourceSpan &other) const {
  return file == other.file && line == other.line && column == other.column &&
         endLine == other.endLine && endColumn == other.endColumn;
}

DiagnosticRenderer::DiagnosticRenderer(const llvm::SourceMgr &sources,
                                       MLIRContext *context,
                                       DiagnosticOptions options,
                                       raw_ostream &os)
    : ScopedDiagnosticHandler(context), sources(sources), options(options),
      os(os) {
  setHandler([this](Diagnostic &diagnostic) {
    handle(diagnostic);
    return success();
  });
}

/// The uses that led to the expanded line `loc`, innermost first.
static SmallVector<Location> getCallers(Location loc) {
  constexpr size_t maxCallers = 8;
  SmallVector<Location> callers;
  while (auto site = dyn_cast<CallSiteLoc>(loc)) {
    if (callers.size() == maxCallers)
      break;
    callers.push_back(site.getCaller());
    loc = site.getCaller();
  }
  return callers;
}

void DiagnosticRenderer::handle(Diagnostic &diagnostic) {
  if (isSilent)
    return;
  SourceSpan span(diagnostic.getLocation());
  std::string message = diagnostic.str();
  std::string key = span.file + ":" + std::to_string(span.line) + ":" +
                    std::to_string(span.column) + ":" + message;
  if (span.isKnown() && !shown.insert(key).second)
    return;
  if (diagnostic.getSeverity() == DiagnosticSeverity::Error) {
    if (numErrors == options.maxErrors)
      return giveUp(diagnostic.getLocation().getContext());
    ++numErrors;
  }
  if (diagnostic.getSeverity() == DiagnosticSeverity::Warning)
    ++numWarnings;
  for (Location caller : getCallers(diagnostic.getLocation()))
    diagnostic.attachNote(caller) << "used from here";
  if (options.format == DiagnosticOptions::Format::JSON)
    return printJSON(diagnostic);
  printText(diagnostic);
}

/// Says once that nothing more will be said.
void DiagnosticRenderer::giveUp(MLIRContext *context) {
  isSilent = true;
  Diagnostic last(UnknownLoc::get(context), DiagnosticSeverity::Remark);
  last << "too many errors, only the first " << options.maxErrors
       << " are shown";
  if (options.format == DiagnosticOptions::Format::JSON)
    return printJSON(last);
  os << "gradc: " << last.str() << '\n';
}

void DiagnosticRenderer::printText(Diagnostic &diagnostic) {
  SourceSpan span(diagnostic.getLocation());
  os.enable_colors(options.color);
  printMessage(span, diagnostic.getSeverity(), diagnostic.str());
  printSnippet(span, getFixIt(diagnostic));
  for (Diagnostic &note : diagnostic.getNotes()) {
    SourceSpan place(note.getLocation());
    std::optional<FixIt> fixIt = getFixIt(note);
    printMessage(place, DiagnosticSeverity::Note, note.str());
    // The line is on the screen already.
    if (fixIt || !(place == span))
      printSnippet(place, fixIt);
  }
  os.flush();
}

void DiagnosticRenderer::printMessage(const SourceSpan &span,
                                      DiagnosticSeverity severity,
                                      StringRef message) {
  os.changeColor(raw_ostream::SAVEDCOLOR, true);
  if (span.isKnown())
    os << showText(span.file) << ':' << span.line << ':' << span.column << ": ";
  else
    os << "gradc: ";
  switch (severity) {
  case DiagnosticSeverity::Error:
    os.changeColor(raw_ostream::RED, true) << "error: ";
    break;
  case DiagnosticSeverity::Warning:
    os.changeColor(raw_ostream::MAGENTA, true) << "warning: ";
    break;
  case DiagnosticSeverity::Note:
    os.changeColor(raw_ostream::CYAN, true) << "note: ";
    break;
  case DiagnosticSeverity::Remark:
    os.changeColor(raw_ostream::BLUE, true) << "remark: ";
    break;
  }
  os.resetColor();
  bool isNote = severity == DiagnosticSeverity::Note;
  if (!isNote)
    os.changeColor(raw_ostream::SAVEDCOLOR, true);
  os << showText(message);
  os.resetColor();
  os << '\n';
}

void DiagnosticRenderer::printSnippet(const SourceSpan &span,
                                      const std::optional<FixIt> &fixIt) {
  std::optional<StringRef> source = findLine(span.file, span.line);
  if (!source)
    return;
  SourceLine line(*source, span.column);
  StringRef text = line.getText().rtrim();
  os << llvm::format("%5u |", span.line) << (text.empty() ? "" : " ") << text
     << '\n';
  unsigned start = line.getOffset(span.column);
  // A range that goes on below is underlined to the end of its first line.
  unsigned end = span.endLine > span.line ? line.getText().size()
                                          : line.getOffset(span.endColumn);
  unsigned numTildes = end > start + 1 ? end - start - 1 : 0;
  os << "      | " << std::string(start, ' ');
  os.changeColor(raw_ostream::GREEN, true);
  os << '^' << std::string(numTildes, '~');
  os.resetColor();
  os << '\n';
  // A blank to insert cannot be shown.
  if (!fixIt || (!fixIt->text.empty() && StringRef(fixIt->text).trim().empty()))
    return;
  SourceSpan place(fixIt->range);
  if (place.file != span.file || place.line != span.line)
    return;
  os << "      | " << std::string(line.getOffset(place.column), ' ');
  os.changeColor(raw_ostream::GREEN);
  if (fixIt->text.empty()) // what goes away is struck out
    os << std::string(std::max(1u, line.getOffset(place.endColumn) -
                                       line.getOffset(place.column)),
                      '-');
  os << showText(fixIt->text);
  os.resetColor();
  os << '\n';
}

std::optional<StringRef> DiagnosticRenderer::findLine(StringRef file,
                                                      unsigned line) const {
  if (file.empty() || line == 0)
    return std::nullopt;
  for (unsigned id = 1; id <= sources.getNumBuffers(); ++id) {
    const llvm::MemoryBuffer *buffer = sources.getMemoryBuffer(id);
    if (buffer->getBufferIdentifier() != file)
      continue;
    const char *start = sources.getBufferInfo(id).getPointerForLineNumber(line);
    if (!start)
      return std::nullopt;
    StringRef rest(start, buffer->getBufferEnd() - start);
    StringRef text = rest.take_until([](char c) { return c == '\n'; });
    text.consume_back("\r");
    if (line == 1)
      text.consume_front(byteOrderMark);
    return text;
  }
  return std::nullopt;
}

} // namespace gradc

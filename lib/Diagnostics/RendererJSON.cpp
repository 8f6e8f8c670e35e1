//===- RendererJSON.cpp - Diagnostics for programs ------------------------===//

#include "gradc/Diagnostics/Characters.h"
#include "gradc/Diagnostics/Renderer.h"

#include <nlohmann/json.hpp>

using namespace mlir;
using nlohmann::ordered_json;

namespace gradc {

static const char *getName(DiagnosticSeverity severity) {
  switch (severity) {
  case DiagnosticSeverity::Error:
    return "error";
  case DiagnosticSeverity::Warning:
    return "warning";
  case DiagnosticSeverity::Note:
    return "note";
  case DiagnosticSeverity::Remark:
    return "remark";
  }
  return "error";
}

/// Lines and columns count from 1; the end is one past the last character.
static void addSpan(ordered_json &object, const SourceSpan &span) {
  if (!span.isKnown())
    return;
  object["file"] = showText(span.file);
  object["line"] = span.line;
  object["column"] = span.column;
  object["endLine"] = span.endLine;
  object["endColumn"] = span.endColumn;
}

static ordered_json getObject(Diagnostic &diagnostic) {
  ordered_json object = ordered_json::object();
  addSpan(object, SourceSpan(diagnostic.getLocation()));
  object["severity"] = getName(diagnostic.getSeverity());
  object["message"] = showText(diagnostic.str());
  if (diagnostic.getSeverity() != DiagnosticSeverity::Note) {
    object["notes"] = ordered_json::array();
    for (Diagnostic &note : diagnostic.getNotes())
      object["notes"].push_back(getObject(note));
  }
  object["fixits"] = ordered_json::array();
  if (std::optional<FixIt> fixIt = getFixIt(diagnostic)) {
    ordered_json change = ordered_json::object();
    addSpan(change, SourceSpan(fixIt->range));
    change["text"] = showText(fixIt->text);
    object["fixits"].push_back(std::move(change));
  }
  return object;
}

void DiagnosticRenderer::printJSON(Diagnostic &diagnostic) {
  // Everything went through showText, so it is valid UTF-8.
  os << getObject(diagnostic).dump() << '\n';
  os.flush();
}

} // namespace gradc

//===- Messages.cpp - What gradc says about no place of a source ----------===//

#include "gradc/Driver/Messages.h"
#include "gradc/Data/FileError.h"
#include "gradc/Driver/DriverError.h"

#include "mlir/IR/MLIRContext.h"

using namespace llvm;
using namespace mlir;

namespace gradc {

DiagnosticOptions getDiagnosticOptions(const Options &options,
                                       const Console &console) {
  DiagnosticOptions result;
  result.color = console.errorHasColor;
  if (options.jsonDiagnostics)
    result.format = DiagnosticOptions::Format::JSON;
  return result;
}

void Messages::say(DiagnosticSeverity severity, const Twine &text,
                   ArrayRef<std::string> notes) const {
  MLIRContext context(MLIRContext::Threading::DISABLED);
  SourceMgr sources;
  DiagnosticRenderer renderer(sources, &context,
                              getDiagnosticOptions(options, console));
  InFlightDiagnostic diagnostic =
      context.getDiagEngine().emit(UnknownLoc::get(&context), severity);
  diagnostic << text;
  for (const std::string &note : notes)
    diagnostic.attachNote() << note;
}

void Messages::error(const Twine &text, ArrayRef<std::string> notes) const {
  say(DiagnosticSeverity::Error, text, notes);
}

void Messages::warn(const Twine &text) const {
  say(DiagnosticSeverity::Warning, text, {});
}

void Messages::note(const Twine &text) const {
  if (!options.quiet)
    say(DiagnosticSeverity::Note, text, {});
}

/// What helps whoever has no data at hand.
static std::vector<std::string> getNotes(const data::FileError &error) {
  if (error.getKind() != data::FileError::Kind::MissingData)
    return {};
  return {"put the files there, or try the model on drawn digits: "
          "--set 'data.source=digits count=60000'",
          "a 'test' line needs the same: "
          "--set 'data.test=digits count=10000 seed=2'"};
}

int reportEnd(Error error, const Messages &messages, const Options &options) {
  int exitCode = int(ExitCode::Success);
  auto finish = [&](int code, StringRef text, ArrayRef<std::string> notes) {
    exitCode = code;
    if (!text.empty())
      messages.error(text, notes);
  };
  handleAllErrors(
      std::move(error),
      [&](const DriverError &problem) {
        finish(problem.getExitCode(), problem.message(), problem.getNotes());
        if (problem.getShowsUsage() && !options.jsonDiagnostics)
          errs() << usageLine << '\n';
      },
      [&](const data::FileError &problem) {
        finish(problem.getExitCode(), problem.message(), getNotes(problem));
      },
      [&](const ErrorInfoBase &problem) {
        finish(int(ExitCode::Internal), "internal error: " + problem.message(),
               {});
      });
  return exitCode;
}

} // namespace gradc

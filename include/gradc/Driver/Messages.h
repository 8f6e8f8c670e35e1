//===- Messages.h - What gradc says about no place of a source --*- C++ -*-===//

#ifndef GRADC_DRIVER_MESSAGES_H
#define GRADC_DRIVER_MESSAGES_H

#include "gradc/Diagnostics/Renderer.h"
#include "gradc/Driver/Console.h"

namespace gradc {

/// How diagnostics are written, as `options` and `console` have it.
DiagnosticOptions getDiagnosticOptions(const Options &options,
                                       const Console &console);

/// Messages about files, data and the command line, on standard error, in the
/// form that the diagnostics of a source have.
class Messages {
public:
  Messages(const Options &options, const Console &console)
      : options(options), console(console) {}

  void error(const llvm::Twine &text,
             llvm::ArrayRef<std::string> notes = {}) const;
  void warn(const llvm::Twine &text) const;
  /// Left out with -q.
  void note(const llvm::Twine &text) const;

private:
  const Options &options;
  const Console &console;

  void say(mlir::DiagnosticSeverity severity, const llvm::Twine &text,
           llvm::ArrayRef<std::string> notes) const;
};

/// Says why gradc ends, where that was not said yet. Returns the exit code.
int reportEnd(llvm::Error error, const Messages &messages,
              const Options &options);

} // namespace gradc

#endif // GRADC_DRIVER_MESSAGES_H

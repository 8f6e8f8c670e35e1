//===- Driver.cpp - The program gradc -------------------------------------===//

#include "gradc/Driver/Driver.h"
#include "Commands.h"
#include "MLIROptions.h"
#include "gradc/Driver/DriverError.h"
#include "gradc/Driver/Version.h"

#include "llvm/Support/ErrorHandling.h"
#include <fmt/format.h>
#include <new>
#include <unistd.h>

using namespace llvm;

namespace gradc {

/// Ends at once; nothing here may ask for memory.
static void endAtOnce(StringRef problem, StringRef reason, ExitCode code) {
  for (StringRef text :
       {StringRef("gradc: error: "), problem, reason, StringRef("\n")})
    if (::write(2, text.data(), text.size()) < 0)
      break;
  _exit(int(code));
}

static void installHandlers() {
  std::set_new_handler(
      [] { endAtOnce("out of memory", "", ExitCode::Resource); });
  install_bad_alloc_error_handler([](void *, const char *, bool) {
    endAtOnce("out of memory", "", ExitCode::Resource);
  });
  install_fatal_error_handler([](void *, const char *reason, bool) {
    endAtOnce("internal error: ", reason, ExitCode::Internal);
  });
}

static Error runOnFile(const Options &options, Console &console) {
  if (Error error = applyMLIROptions(options.mlirOptions))
    return error;
  Session session(options, console);
  if (Error error = session.load())
    return error;
  if (options.syntaxOnly)
    return session.checkNet();
  switch (options.verb) {
  case Verb::Predict:
    return runPredict(session);
  case Verb::Check:
    return runCheck(session);
  case Verb::Summary:
    return runSummary(session);
  case Verb::Train:
  case Verb::Data:
    break;
  }
  return options.stage == "run" ? runTrain(session) : runEmit(session);
}

/// Does what is asked for; what standard output lost is an error too.
static Error run(const Options &options, Console &console) {
  std::string text;
  raw_string_ostream stream(text);
  switch (options.show) {
  case Options::Show::Help:
  case Options::Show::HiddenHelp:
    printHelp(stream, options.show == Options::Show::HiddenHelp);
    break;
  case Options::Show::Version:
    stream << "gradc " << gradcVersion << " (LLVM " LLVM_VERSION_STRING ")\n";
    break;
  case Options::Show::Nothing:
    if (Error error = options.verb == Verb::Data ? runData(options, console)
                                                 : runOnFile(options, console))
      return error;
    break;
  }
  console.out.write(text);
  return console.out.takeError();
}

int main(int argc, char **argv) {
  protectStreams();
  installHandlers();
  Options options;
  Error error =
      parseOptions(ArrayRef<const char *>(argv + 1, argc - 1), options);
  Console console = Console::detect(options.color);
  Messages messages(options, console);
  if (!error)
    error = run(options, console);
  int exitCode = reportEnd(std::move(error), messages, options);
  // Messages that nobody could read change no exit code; LLVM's stream would
  // end the process over them.
  llvm::errs().flush();
  llvm::errs().clear_error();
  return exitCode;
}

} // namespace gradc

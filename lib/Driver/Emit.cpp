//===- Emit.cpp - gradc -emit=<stage> -------------------------------------===//

#include "Commands.h"
#include "gradc/Data/OutputFile.h"
#include "gradc/Driver/DriverError.h"
#include "gradc/Driver/RunDirectory.h"

using namespace llvm;

namespace gradc {

static bool isBinary(StringRef name) {
  const StageInfo *stage = find_if(
      getStages(), [&](const StageInfo &info) { return info.name == name; });
  return stage != getStages().end() && stage->isBinary;
}

static Error print(Session &session, raw_ostream &os) {
  StringRef stage = session.options.stage;
  if (stage == "ast") {
    session.dumpTree(os);
    return Error::success();
  }
  if (stage == "net") {
    if (!session.options.remedies.empty())
      session.messages.note("'-emit=net' shows the source, which '--with' does "
                            "not change; '-emit=layers' shows what it makes");
    session.getFile().print(os);
    return Error::success();
  }
  CompileOptions options = session.getCompileOptions();
  options.training = session.hasTraining();
  options.parallel = session.options.threads > 1;
  options.gradients = !session.options.gradients.empty();
  if (failed(
          emitStage(session.getFile(), options, stage, os, &session.context)))
    return makeReportedError(ExitCode::Source);
  return Error::success();
}

Error runEmit(Session &session) {
  const Options &options = session.options;
  bool toStandardOutput = options.output.empty() || options.output == "-";
  if (toStandardOutput && isBinary(options.stage) &&
      session.console.outIsTerminal)
    return makeUsageError("stage '" + options.stage +
                          "' is binary and would upset the terminal: say "
                          "where it goes with -o <file>");
  if (!toStandardOutput)
    if (Error error = checkNotSource(options, options.output))
      return error;
  std::string text;
  raw_string_ostream stream(text);
  if (Error error = print(session, stream))
    return error;
  if (toStandardOutput) {
    session.console.out.write(text);
    return Error::success();
  }
  return data::writeFile(options.output,
                         ArrayRef<char>(text.data(), text.size()));
}

} // namespace gradc

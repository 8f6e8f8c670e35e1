//===- Session.cpp - A .net file read and evaluated -----------------------===//

#include "Session.h"
#include "CodeKey.h"
#include "HostCPU.h"
#include "MLIROptions.h"
#include "ReadSource.h"
#include "Remedies.h"
#include "gradc/Data/Source.h"
#include "gradc/Dialect/NN/NN.h"
#include "gradc/Driver/DriverError.h"
#include "gradc/Execution/Threads.h"
#include "gradc/Frontend/Parser.h"
#include "gradc/Import/ImportNet.h"
#include "gradc/Import/Settings.h"
#include "gradc/Interfaces/Interfaces.h"

#include <fmt/format.h>
#include <set>
#include <tuple>

using namespace llvm;
using namespace mlir;

namespace gradc {

static DialectRegistry getRegistry() {
  DialectRegistry registry;
  registerAllDialects(registry);
  return registry;
}

Session::Session(const Options &options, Console &console)
    : options(options), console(console), context(getRegistry()),
      renderer(sources, &context, getDiagnosticOptions(options, console)),
      originWatcher(
          &context,
          [this](Diagnostic &diagnostic) {
            if (diagnostic.getSeverity() == DiagnosticSeverity::Error &&
                SourceSpan(diagnostic.getLocation()).file == sourceName)
              ++sourceErrors;
            return failure(); // the renderer shows it
          }),
      smallestBatch(1, UnknownLoc::get(&context)),
      cache(getCacheFolder(options.cache)) {}

Error Session::makeEnd() const {
  return makeReportedError(sourceErrors > 0 ? ExitCode::Source
                                            : ExitCode::Usage);
}

static std::string countOf(unsigned number, StringRef what) {
  return fmt::format("{} {}{}", number, what.str(), number == 1 ? "" : "s");
}

Session::~Session() {
  unsigned errors = renderer.getNumErrors(),
           warnings = renderer.getNumWarnings();
  if (errors + warnings == 0 || options.jsonDiagnostics)
    return;
  std::string line;
  if (warnings)
    line = countOf(warnings, "warning");
  if (errors)
    line += (line.empty() ? "" : " and ") + countOf(errors, "error");
  errs() << line << " generated.\n";
}

/// Sets one line, keeping the named arguments of a line that an option of the
/// command line changes: `--batch` leaves `drop_last=on`.
static LogicalResult apply(const Setting &setting, ast::File &tree,
                           SourceMgr &sources, MLIRContext *context) {
  std::vector<ast::NamedArgument> kept;
  auto findLine = [&]() -> ast::Statement * {
    for (ast::Section &section : tree.sections)
      for (ast::Statement &statement : section.body)
        if (section.word + "." + statement.word == setting.path)
          return &statement;
    return nullptr;
  };
  bool isSet = StringRef(setting.option).starts_with("--set");
  if (ast::Statement *line = findLine(); line && !isSet)
    kept = line->named;
  if (failed(applySetting(tree, setting.path, setting.value, sources, context)))
    return failure();
  if (ast::Statement *line = findLine(); line && !kept.empty())
    line->named = std::move(kept);
  return success();
}

LogicalResult Session::applySettings() {
  LogicalResult result = success();
  for (const Setting &setting : options.settings)
    if (failed(apply(setting, *tree, sources, &context)))
      result = failure();
  return result;
}

Error Session::load() {
  if (std::string problem = checkRemedies(options.remedies, &context);
      !problem.empty())
    return makeUsageError("option '--with' " + problem);
  Expected<std::unique_ptr<MemoryBuffer>> buffer = readSource(options.input);
  if (!buffer)
    return buffer.takeError();
  text = (*buffer)->getBuffer();
  sourceName = (*buffer)->getBufferIdentifier();
  unsigned id = sources.AddNewSourceBuffer(std::move(*buffer), SMLoc());
  tree.emplace(parseNetWithErrors(sources, id, &context));
  if (failed(applySettings()))
    return makeEnd();
  if (options.stage == "ast" && !tree->hasErrors)
    return Error::success();
  std::vector<std::string> words = getLayerWords(&context);
  SmallVector<StringRef> layerWords(words.begin(), words.end());
  FailureOr<ElaboratedFile> elaborated =
      elaborate(*tree, options.params, &context, defaultMaxLayers, layerWords);
  if (failed(elaborated) || tree->hasErrors)
    return makeEnd();
  file.emplace(std::move(*elaborated));
  if (options.stage == "net")
    return Error::success();
  FailureOr<TrainSettings> read =
      readTrainSettings(*file, getTrainOpWords(&context));
  if (failed(read)) {
    consumeError(checkNet());
    return makeEnd();
  }
  settings = std::move(*read);
  if (options.watchEvery)
    settings.watchEvery = *options.watchEvery;
  times.mark("reading the source");
  return Error::success();
}

/// Makes sure that there is a module, made so, that no pass has seen.
Error Session::importOnce(const ImportOptions &importOptions) {
  if (net && imported.batch == importOptions.batch &&
      imported.isF64 == importOptions.isF64)
    return Error::success();
  // What remedies remark of the net was said at the first time.
  ScopedDiagnosticHandler handler(&context, [&](Diagnostic &diagnostic) {
    return success(net &&
                   diagnostic.getSeverity() == DiagnosticSeverity::Remark);
  });
  FailureOr<ImportedNet> made =
      importWithRemedies(*file, importOptions, options.remedies, &context);
  if (failed(made))
    return makeEnd();
  net.emplace(std::move(*made));
  imported = importOptions;
  net->module->walk([&](LayerOpInterface layer) {
    if (int64_t samples = layer.getSmallestBatch();
        samples > smallestBatch.first)
      smallestBatch = {samples, layer.getLoc()};
  });
  net->module->walk([&](nn::OutputOp output) {
    stepsAdvice = nn::adviseOnSteps(output.getOperand(0));
  });
  return Error::success();
}

void Session::warnOfNet() {
  // Sequences may be meant, but hardly rows of pixels.
  const data::SourceKind *kind =
      settings.source ? data::findSource(settings.source->word) : nullptr;
  if (kind && kind->givesImages)
    net->module->walk([&](nn::NetworkOp network) {
      if (std::optional<SourceAdvice> advice = nn::adviseOnRows(network))
        net->advice.push_back(std::move(*advice));
    });
  // A line of a block says the same wherever the block is used.
  std::set<std::tuple<std::string, unsigned, unsigned, std::string>> said;
  for (const SourceAdvice &advice : net->advice) {
    SourceSpan place(advice.loc);
    if (!said.insert({place.file, place.line, place.column, advice.text})
             .second)
      continue;
    auto warning = emitWarning(advice.loc) << advice.text;
    if (!advice.fix.empty())
      addFixIt(*warning.getUnderlyingDiagnostic(), advice.loc, advice.fix);
  }
}

Error Session::checkNet() {
  if (Error error = importOnce({settings.batch, options.isF64}))
    return error;
  rate = net->sourceRate;
  warnOfNet();
  times.mark("reading the source");
  return Error::success();
}

Error Session::checkTrainable() {
  bool isComplete = settings.source && hasTraining();
  if (!settings.source)
    emitError(file->loc) << "no 'data' section with a 'source' line: nothing "
                            "says what to train on";
  if (!hasTraining())
    emitError(file->loc) << "no 'train' section: nothing says how to train";
  if (Error error = checkNet())
    return error;
  return isComplete ? Error::success() : makeEnd();
}

Error Session::checkData(const Program &program,
                         const data::BatchReader &reader) const {
  Error error = gradc::checkData(program, reader);
  if (!error || !stepsAdvice)
    return error;
  if (Error inputs = gradc::checkData(program, reader, /*withTargets=*/false)) {
    consumeError(std::move(inputs));
    return error;
  }
  SourceSpan place(stepsAdvice->loc);
  return makeDriverError(ExitCode::Data, toString(std::move(error)),
                         {fmt::format("{}:{}:{}: {}", place.file, place.line,
                                      place.column, stepsAdvice->text)});
}

Error Session::checkBatch(int64_t samples) const {
  auto [needed, loc] = smallestBatch;
  if (samples >= needed)
    return Error::success();
  auto diagnostic = emitError(loc)
                    << "this layer learns from at least " << needed
                    << " samples at a time, but a batch has " << samples;
  diagnostic.attachNote(loc)
      << "take another 'batch', or 'drop_last=on' where it is the last one of "
         "an epoch";
  return makeReportedError(ExitCode::Source);
}

CompileOptions Session::getCompileOptions() const {
  CompileOptions result;
  result.batch = settings.batch;
  result.isF64 = options.isF64;
  result.level = options.level;
  result.cpu = options.cpu;
  result.parallel = countThreads() > 1;
  result.watch = settings.watchEvery > 0;
  result.throughTime = settings.watchesTime;
  result.remedies = options.remedies;
  result.configure = getPassManagerOptions(options.mlirOptions);
  return result;
}

Expected<Program> Session::compile(const CompileOptions &compileOptions) {
  if (Error error = checkHost(compileOptions.cpu))
    return error;
  if (Error error = importOnce({compileOptions.batch, compileOptions.isF64}))
    return error;
  auto mark = [&](StringRef phase) {
    if (compileOptions.onPhase)
      compileOptions.onPhase(phase);
  };
  // Who looks at the passes wants to see them run.
  if (!cache.isOn() || compileOptions.configure)
    return compileNow(compileOptions);
  ProgramKey key = getCodeKey(*net->module, compileOptions);
  std::optional<Program> kept = cache.find(key);
  mark("looking into the cache");
  if (kept) {
    isFromCache = isFromCache.value_or(true);
    return std::move(*kept);
  }
  isFromCache = isFromCache.value_or(false);
  unsigned said = renderer.getNumErrors() + renderer.getNumWarnings();
  Expected<Program> program = compileNow(compileOptions);
  // A warning must come again with the next run.
  if (program && renderer.getNumErrors() + renderer.getNumWarnings() == said) {
    cache.keep(key, *program);
    mark("writing the cache");
  }
  return program;
}

void Session::showTimes() const {
  if (options.timeReport)
    errs() << times.format()
           << (wasCached() ? "the code came from the cache\n"
                           : "the code was compiled\n");
}

Expected<Program> Session::compileNow(const CompileOptions &compileOptions) {
  FailureOr<Program> program = compileModule(*net->module, compileOptions);
  net.reset();
  if (succeeded(program))
    return std::move(*program);
  if (sourceErrors > 0)
    return makeReportedError(ExitCode::Source);
  return makeDriverError(ExitCode::Internal,
                         "internal error: the network does not compile");
}

} // namespace gradc

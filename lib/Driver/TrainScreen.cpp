//===- TrainScreen.cpp - What a training shows ----------------------------===//

#include "TrainScreen.h"
#include "gradc/Diagnostics/Characters.h"
#include "gradc/Driver/Figures.h"
#include "gradc/Driver/HealthTable.h"
#include "gradc/Execution/Threads.h"

#include "llvm/TargetParser/Host.h"
#include <cstdlib>
#include <fmt/format.h>

using namespace llvm;

namespace gradc {

static bool canRedraw(const Console &console) {
  const char *terminal = std::getenv("TERM");
  return console.errorIsTerminal && terminal && StringRef(terminal) != "dumb";
}

TrainScreen::TrainScreen(const Options &options, Console &console,
                         const Program &program, int64_t stepsPerEpoch)
    : options(options), console(console),
      showsText(!options.quiet && options.log != "-"),
      showsLines(showsText && options.progress != ProgressMode::None),
      showsBar(showsLines && (options.progress == ProgressMode::Bar ||
                              (options.progress == ProgressMode::Auto &&
                               canRedraw(console)))),
      bar(console, stepsPerEpoch), health(program) {}

void TrainScreen::showLine(StringRef line) {
  if (showsText)
    console.out.write((line + "\n").str());
}

static int64_t countParameters(const Program &program) {
  int64_t count = 0;
  for (const TensorPlace &place : program.variables)
    if (place.kind == "parameter")
      count += place.getNumElements();
  return count;
}

/// `digits (drawn by gradc, seed 1: not MNIST)`, or the names of the files.
static std::string describeData(const TrainingData &data) {
  auto [word, rest] = StringRef(data.samples.description).split(", ");
  if (!data.isDrawn || rest.empty())
    return showText(data.samples.description);
  return fmt::format("{} ({})", word.str(), rest.str());
}

/// What -v adds.
static std::string describeMore(const Program &program,
                                const TrainingData &data) {
  std::string text = fmt::format(
      "batch {}   state {} bytes   values {} bytes   code {} bytes\n",
      formatCount(program.batch), formatCount(program.stateBytes),
      formatCount(program.arenaBytes),
      formatCount(int64_t(program.object.size())));
  if (data.isDrawn)
    return text;
  return text + fmt::format("data: {}, {}\n", showText(data.samples.inputsFile),
                            showText(data.samples.targetsFile));
}

void TrainScreen::showHead(const Program &program, const TrainingData &data,
                           const CodeOrigin &code, StringRef runDirectory) {
  if (!showsText)
    return;
  std::string parts = formatCount(data.train->size()) + " train";
  if (data.validation)
    parts += " + " + formatCount(data.validation->size()) + " validation";
  if (data.test)
    parts += " + " + formatCount(data.test->size()) + " test";
  std::string cpu = options.cpu;
  if (cpu == "native")
    cpu += " (" + sys::getHostCPUName().str() + ")";
  std::string run;
  if (unsigned threads = countThreads(); threads > 1)
    run = fmt::format(", {} threads", threads);
  if (!runDirectory.empty())
    run += "   run: " + showText(runDirectory);
  std::string more = options.verbose ? describeMore(program, data) : "";
  console.out.write(fmt::format(
      "{}   {} parameters   {}   {}\n{} in {:.2f} s   {}, {}{}\n{}\n",
      program.networkName, formatCount(countParameters(program)),
      describeData(data), parts,
      code.isFromCache ? "from the cache" : "compiled", code.seconds, cpu,
      program.isF64 ? "f64" : "f32", run, more));
}

void TrainScreen::onStep(const StepRecord &record, int64_t epochs) {
  health.add(record);
  if (!showsBar)
    return;
  if (headEpoch != record.epoch && console.outIsTerminal)
    console.out.write(formatEpochHead(record.epoch, epochs) + "\n");
  headEpoch = record.epoch;
  bar.onStep(record);
}

void TrainScreen::onEpoch(const EpochRecord &record) {
  bar.clear();
  if (!showsLines)
    return;
  bool onTerminal = showsBar && console.outIsTerminal;
  std::string line = formatEpochEnd(record, onTerminal, console.isUTF8) + "\n";
  if (!onTerminal)
    line = formatEpochHead(record.epoch, record.epochs) + line;
  console.out.write(line);
}

void TrainScreen::showHealth(bool hasDiverged) {
  if (hasDiverged)
    health.setDiverged();
  bar.clear();
  if (!showsText || !health.hasProbes())
    return;
  TableStyle style{console.isUTF8 && console.outIsTerminal,
                   console.outHasColor};
  console.out.write((showsLines ? "\n" : "") +
                    formatHealthTable(health, style) + "\n");
}

void TrainScreen::showTest(ArrayRef<Report> reports, int64_t samples) {
  showLine(fmt::format("test{}   ({} samples)", formatMetrics(reports),
                       formatCount(samples)));
}

} // namespace gradc

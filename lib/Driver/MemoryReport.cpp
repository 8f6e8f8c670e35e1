//===- MemoryReport.cpp - What a training takes of the memory -------------===//

#include "MemoryReport.h"
#include "gradc/Driver/Figures.h"

#include <cstdio>
#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

using namespace llvm;

namespace gradc {

/// What the process takes now, its libraries included; 0 where the system does
/// not say.
static int64_t getBytesNow() {
  std::FILE *file = std::fopen("/proc/self/statm", "re");
  if (!file)
    return 0;
  long size = 0, resident = 0;
  if (std::fscanf(file, "%ld %ld", &size, &resident) != 2)
    resident = 0;
  std::fclose(file);
  return int64_t(resident) * sysconf(_SC_PAGESIZE);
}

/// The most that it took until now, mostly while compiling.
static int64_t getMostBytes() {
  rusage usage;
  return getrusage(RUSAGE_SELF, &usage) == 0 ? int64_t(usage.ru_maxrss) * 1024
                                             : 0;
}

static int64_t countBytes(const data::DataSet &data) {
  return data.inputs.bytes.size() + data.targets.bytes.size();
}

/// When the parameters are written, at the end, the state is copied, and then
/// each of them.
static int64_t countWrittenBytes(const Program &program) {
  int64_t bytes = program.stateBytes;
  for (const TensorPlace &place : program.variables)
    if (place.kind != "state")
      bytes += place.getNumBytes();
  return bytes;
}

/// All blocks are there and filled, and all is compiled: what is still to come
/// is small, so that what was measured is most of the answer.
static int64_t predictMostBytes(const Model &model, const TrainingData &data) {
  auto point = [](const std::optional<data::BatchReader> &reader) {
    return reader ? &*reader : nullptr;
  };
  int64_t training = countTrainingBytes(
      model, *data.train, {point(data.validation), point(data.test)});
  int64_t writing = countWrittenBytes(model.getProgram());
  return std::max(getMostBytes(), getBytesNow() + std::max(training, writing));
}

std::string formatMemory(const Model &model, const TrainingData &data) {
  const Program &program = model.getProgram();
  int64_t samples = countBytes(data.samples);
  if (data.testSamples)
    samples += countBytes(*data.testSamples);
  std::string text;
  auto add = [&](const char *name, int64_t bytes, const char *what) {
    text +=
        fmt::format("{:12}{:>17} bytes   {}\n", name, formatCount(bytes), what);
  };
  add("state", program.stateBytes,
      "parameters, transposed copies, and what the optimizer keeps");
  add("arena", program.arenaBytes, "values of one step");
  add("data", samples, "samples, as they are stored");
  add("peak memory", predictMostBytes(model, data),
      "predicted, of the whole process");
  return text;
}

} // namespace gradc

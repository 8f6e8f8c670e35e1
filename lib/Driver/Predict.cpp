//===- Predict.cpp - gradc predict ----------------------------------------===//

#include "Commands.h"
#include "TrainFiles.h"
#include "gradc/Data/FileError.h"
#include "gradc/Data/Idx.h"
#include "gradc/Data/Npy.h"
#include "gradc/Driver/DriverError.h"
#include "gradc/Driver/RunDirectory.h"

#include "llvm/Support/FileSystem.h"
#include <fmt/format.h>

using namespace llvm;

namespace gradc {

/// The samples of a .npy or IDX file.
static Expected<data::DataSet> readSamples(StringRef path) {
  Expected<data::Array> inputs =
      path.ends_with(".npy") ? data::readNpy(path) : data::readIdx(path);
  if (!inputs)
    return inputs.takeError();
  // Nobody looks at the targets; a data set has some.
  data::Array targets(data::ElementType::F32, {inputs->getNumRows()});
  return data::makeDataSet(std::move(*inputs), path, std::move(targets), path,
                           path);
}

/// The net sees a file as it saw what it was trained on: drawn data may have a
/// scale of their own.
static Expected<double> getDefaultScale(const TrainSettings &settings) {
  if (settings.scale || !settings.source)
    return 1;
  const data::SourceKind *kind = data::findSource(settings.source->word);
  if (!kind || !kind->isDrawn)
    return 1;
  data::SourceRequest request;
  request.options["count"] = 1;
  Expected<data::DataSet> one = data::loadSource(*kind, std::move(request));
  if (!one)
    return one.takeError();
  return one->defaultScale;
}

static Expected<std::unique_ptr<TrainingData>> loadSamples(Session &session) {
  const Options &options = session.options;
  const TrainSettings &settings = session.getSettings();
  if (options.data.empty() || sys::fs::is_directory(options.data)) {
    if (!settings.source)
      return makeUsageError("command 'predict' needs --data=<file>: the net "
                            "names no data");
    return DataLoader(settings, options).get();
  }
  if (!sys::fs::exists(options.data))
    return data::makeError(data::FileError::Kind::Data, options.data,
                           "no such file");
  Expected<data::DataSet> samples = readSamples(options.data);
  if (!samples)
    return samples.takeError();
  Expected<double> scale = getDefaultScale(settings);
  if (!scale)
    return scale.takeError();
  auto result = std::make_unique<TrainingData>();
  result->samples = std::move(*samples);
  result->test.emplace(result->samples,
                       data::SampleSet{0, result->samples.count, {}},
                       getTransform(settings, *scale));
  return result;
}

/// A sample a line, its outputs with all their digits.
static std::string formatRows(const data::Array &outputs) {
  std::string text;
  int64_t width = outputs.getRowWidth();
  int digits = outputs.type == data::ElementType::F64 ? 17 : 9;
  for (int64_t i = 0, e = outputs.getNumElements(); i < e; ++i)
    text += fmt::format("{:.{}g}{}", outputs.getElement(i), digits,
                        (i + 1) % width ? ' ' : '\n');
  return text;
}

static Error writeOutputs(Session &session, const data::Array &outputs) {
  StringRef path = session.options.output;
  if (path.empty()) {
    session.console.out.write(formatRows(outputs));
    return Error::success();
  }
  if (path != "-")
    return data::writeNpy(path, outputs);
  session.console.out.write(data::formatNpyHeader(outputs));
  session.console.out.write(
      StringRef(outputs.bytes.data(), outputs.bytes.size()));
  return Error::success();
}

static Error checkRequest(Session &session) {
  const Options &options = session.options;
  if (options.weights.empty())
    return makeUsageError("command 'predict' needs --weights=<file>");
  if (options.output == "-" && session.console.outIsTerminal)
    return makeUsageError("a .npy file is binary and would upset the terminal: "
                          "say where it goes with -o <file>");
  if (!options.output.empty() && options.output != "-") {
    if (Error error = checkNotSource(options, options.output))
      return error;
    return checkWritable(options.output);
  }
  return Error::success();
}

Error runPredict(Session &session) {
  if (Error error = checkRequest(session))
    return error;
  Expected<std::unique_ptr<TrainingData>> data = loadSamples(session);
  if (!data)
    return data.takeError();
  CompileOptions compileOptions = session.getCompileOptions();
  compileOptions.training = compileOptions.watch = false;
  Expected<Program> program = session.compile(compileOptions);
  if (!program)
    return program.takeError();
  Expected<std::unique_ptr<Model>> model = Model::create(std::move(*program));
  if (!model)
    return model.takeError();
  if (Error error = readWeights(**model, session.options.weights))
    return error;
  TrainingData &samples = **data;
  const data::BatchReader &reader =
      samples.test ? *samples.test : *samples.train;
  if (Error error = checkData((*model)->getProgram(), reader,
                              /*withTargets=*/false))
    return error;
  return writeOutputs(session, predict(**model, reader));
}

} // namespace gradc

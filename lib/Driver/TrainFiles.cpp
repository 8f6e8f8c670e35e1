//===- TrainFiles.cpp - What a training writes ----------------------------===//

#include "TrainFiles.h"
#include "gradc/Data/OutputFile.h"
#include "gradc/Driver/RunDirectory.h"
#include "gradc/Driver/Version.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Path.h"
#include <nlohmann/json.hpp>

using namespace llvm;
using nlohmann::ordered_json;

namespace gradc {

static std::string joinPath(StringRef folder, StringRef name) {
  SmallString<128> path(folder);
  sys::path::append(path, name);
  return path.str().str();
}

static Error writeText(StringRef path, StringRef text) {
  return data::writeFile(path, ArrayRef<char>(text.data(), text.size()));
}

Error TrainFiles::check() const {
  const Options &options = session.options;
  for (StringRef path : {StringRef(options.output),
                         StringRef(options.gradients), StringRef(options.log)})
    if (!path.empty() && path != "-") {
      if (Error error = checkNotSource(options, path))
        return error;
      if (Error error = checkWritable(path))
        return error;
    }
  return Error::success();
}

std::string TrainFiles::getWeightsPath() const {
  return directory.empty() ? session.options.output
                           : joinPath(directory, "weights.safetensors");
}

/// What is known before the first step. No times: the same run gives the same
/// file.
static ordered_json getFacts(const Session &session, const Program &program,
                             const TrainingData &data,
                             const TrainingPlan &plan) {
  int64_t parameters = 0;
  for (const TensorPlace &place : program.variables)
    if (place.kind == "parameter")
      parameters += place.getNumElements();
  auto size = [](const std::optional<data::BatchReader> &reader) {
    return reader ? reader->size() : int64_t(0);
  };
  return {{"net", program.networkName},
          {"file", session.options.input},
          {"version", gradcVersion},
          {"parameters", parameters},
          {"element_type", program.isF64 ? "f64" : "f32"},
          {"data", data.samples.description},
          {"train", size(data.train)},
          {"validation", size(data.validation)},
          {"test", size(data.test)},
          {"batch", program.batch},
          {"epochs", plan.epochs},
          {"steps", plan.maxSteps},
          {"rate", plan.rate(1)},
          {"seed", plan.seed},
          {"watch", plan.watchEvery}};
}

static std::string dump(const ordered_json &object) {
  return object.dump(2, ' ', false, ordered_json::error_handler_t::replace) +
         "\n";
}

Error TrainFiles::open(const Program &program, const TrainingData &data,
                       const TrainingPlan &plan) {
  const Options &options = session.options;
  ordered_json object = getFacts(session, program, data, plan);
  facts = object.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
  if (options.output.empty()) {
    Expected<std::string> made = makeRunDirectory(
        options.runFolder, options.runName, program.networkName);
    if (!made)
      return made.takeError();
    directory = *made;
    if (Error error = writeText(joinPath(directory, "model.net"),
                                session.getSourceText()))
      return error;
    if (Error error = writeRun(nullptr, {}))
      return error;
  }
  if (options.log.empty())
    return Error::success();
  Expected<std::unique_ptr<JsonLog>> opened = JsonLog::open(options.log);
  if (!opened)
    return opened.takeError();
  log = std::move(*opened);
  ordered_json event = {{"event", "start"}};
  event.update(object);
  log->write(event);
  return Error::success();
}

void TrainFiles::onStep(const StepRecord &record) {
  if (log)
    log->write(record);
}

void TrainFiles::onEpoch(const EpochRecord &record) {
  if (log)
    log->write(record);
  lastMetrics.clear();
  for (const Report &report : record.train)
    lastMetrics.emplace_back(report.name.str(), report.value);
  for (const Report &report : record.validation)
    lastMetrics.emplace_back("val_" + report.name.str(), report.value);
}

static const char *getStatus(TrainingEnd end) {
  switch (end) {
  case TrainingEnd::Done:
    return "done";
  case TrainingEnd::Diverged:
    return "diverged";
  case TrainingEnd::Stopped:
    return "stopped";
  }
  return "";
}

/// How it ended, added to an object.
static void addEnd(ordered_json &object, const TrainingResult &result,
                   ArrayRef<Report> test) {
  object["status"] = getStatus(result.end);
  object["last_step"] = result.steps;
  if (result.end == TrainingEnd::Diverged) {
    object["bad_step"] = result.badStep;
    object["bad_name"] = result.badName;
  }
  addReports(object, test, "test_");
}

Error TrainFiles::writeRun(const TrainingResult *result,
                           ArrayRef<Report> test) {
  if (directory.empty())
    return Error::success();
  ordered_json object = ordered_json::parse(facts);
  if (result)
    addEnd(object, *result, test);
  else
    object["status"] = "running";
  for (const auto &[name, value] : lastMetrics)
    object[name] = value;
  return writeText(joinPath(directory, "run.json"), dump(object));
}

Error TrainFiles::finish(const Model &model, const TrainingResult &result,
                         ArrayRef<Report> test, bool withWeights) {
  Error problem = Error::success();
  if (withWeights)
    problem =
        joinErrors(std::move(problem), writeWeights(model, getWeightsPath()));
  problem = joinErrors(std::move(problem), writeRun(&result, test));
  if (!log)
    return problem;
  ordered_json event = {{"event", "end"}};
  addEnd(event, result, test);
  if (withWeights)
    event["weights"] = getWeightsPath();
  log->write(event);
  return joinErrors(std::move(problem), log->takeError());
}

} // namespace gradc

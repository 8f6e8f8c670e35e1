//===- TrainingData.cpp - The samples of a training -----------------------===//

#include "TrainingData.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <cstdlib>

using namespace llvm;

namespace gradc {

std::vector<std::string> getDataDirectories(const Options &options) {
  std::vector<std::string> directories;
  StringRef beside = sys::path::parent_path(options.input);
  directories.push_back(beside.empty() ? "." : beside.str());
  if (sys::fs::is_directory(options.data))
    directories.push_back(options.data);
  if (const char *folder = std::getenv("GRADC_DATA"); folder && *folder)
    directories.push_back(folder);
  return directories;
}

data::Transform getTransform(const TrainSettings &settings,
                             double defaultScale) {
  return {settings.scale.value_or(defaultScale), settings.mean,
          settings.deviation};
}

DataLoader::DataLoader(const TrainSettings &settings, const Options &options)
    : settings(settings), directories(getDataDirectories(options)) {
  auto run = [](void *loader) -> void * {
    static_cast<DataLoader *>(loader)->load();
    return nullptr;
  };
  isRunning = pthread_create(&thread, nullptr, run, this) == 0;
  if (!isRunning) // no more threads: one after the other, then
    load();
}

void DataLoader::join() {
  if (isRunning)
    pthread_join(thread, nullptr);
  isRunning = false;
}

DataLoader::~DataLoader() {
  join();
  if (error)
    consumeError(std::move(*error));
}

Expected<std::unique_ptr<TrainingData>> DataLoader::get() {
  join();
  Error problem = std::move(*error);
  error.reset();
  if (problem)
    return problem;
  return std::move(result);
}

void DataLoader::load() { error.emplace(loadAll()); }

Expected<data::DataSet>
DataLoader::loadOne(const SourceSetting &setting) const {
  data::SourceRequest request;
  request.files = setting.files;
  request.directories = directories;
  for (const auto &[name, value] : setting.options)
    request.options[name] = value;
  const data::SourceKind *kind = data::findSource(setting.word);
  assert(kind && "checked when the settings were read");
  return data::loadSource(*kind, std::move(request));
}

Error DataLoader::loadAll() {
  Expected<data::DataSet> samples = loadOne(*settings.source);
  if (!samples)
    return samples.takeError();
  TrainingData &data = *result;
  data.samples = std::move(*samples);
  data.isDrawn = data::findSource(settings.source->word)->isDrawn;
  Expected<data::Split> split = data::splitSamples(
      data.samples.count, settings.validation, settings.testShare,
      settings.randomSplit, settings.seed);
  if (!split)
    return split.takeError();
  data::Transform transform = getTransform(settings, data.samples.defaultScale);
  data.train.emplace(data.samples, std::move(split->train), transform);
  if (!split->validation.empty())
    data.validation.emplace(data.samples, std::move(split->validation),
                            transform);
  if (!settings.test) {
    if (!split->test.empty())
      data.test.emplace(data.samples, std::move(split->test), transform);
    return Error::success();
  }
  Expected<data::DataSet> test = loadOne(*settings.test);
  if (!test)
    return test.takeError();
  data.testSamples = std::move(*test);
  data.test.emplace(*data.testSamples,
                    data::SampleSet{0, data.testSamples->count, {}},
                    getTransform(settings, data.testSamples->defaultScale));
  return Error::success();
}

} // namespace gradc

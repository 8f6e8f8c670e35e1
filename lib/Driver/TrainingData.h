//===- TrainingData.h - The samples of a training ---------------*- C++ -*-===//

#ifndef GRADC_LIB_DRIVER_TRAININGDATA_H
#define GRADC_LIB_DRIVER_TRAININGDATA_H

#include "Session.h"
#include "gradc/Data/Batches.h"
#include "gradc/Data/Source.h"
#include <pthread.h>

namespace gradc {

/// Data sets and the parts of them that a training uses. It stays where it is:
/// the readers point into it.
struct TrainingData {
  data::DataSet samples;
  std::optional<data::DataSet> testSamples; ///< of a `test` line
  std::optional<data::BatchReader> train, validation, test;
  bool isDrawn = false;
};

/// Where relative names of data files are looked up: beside the `.net` file,
/// in --data=, in $GRADC_DATA.
std::vector<std::string> getDataDirectories(const Options &options);

/// What the net sees of stored numbers.
data::Transform getTransform(const TrainSettings &settings,
                             double defaultScale);

/// Loads in a thread of its own, beside the compilation.
class DataLoader {
public:
  /// Begins to load what `settings` ask for; both must outlive the loader.
  DataLoader(const TrainSettings &settings, const Options &options);
  ~DataLoader();

  /// Waits for the samples. Errors: FileError.
  llvm::Expected<std::unique_ptr<TrainingData>> get();

private:
  const TrainSettings &settings;
  std::vector<std::string> directories;
  std::unique_ptr<TrainingData> result = std::make_unique<TrainingData>();
  std::optional<llvm::Error> error;
  pthread_t thread;
  bool isRunning = false;

  void load();
  llvm::Error loadAll();
  llvm::Expected<data::DataSet> loadOne(const SourceSetting &setting) const;
  void join();
};

} // namespace gradc

#endif // GRADC_LIB_DRIVER_TRAININGDATA_H

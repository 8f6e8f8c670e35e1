//===- TrainFiles.h - What a training writes --------------------*- C++ -*-===//

#ifndef GRADC_LIB_DRIVER_TRAINFILES_H
#define GRADC_LIB_DRIVER_TRAINFILES_H

#include "TrainingData.h"
#include "gradc/Driver/JsonLog.h"

namespace gradc {

/// The files of one training: the log, and the weights, alone or in a directory
/// with the net and what is to know of the run.
class TrainFiles {
public:
  explicit TrainFiles(const Session &session) : session(session) {}

  /// Refuses what cannot be written, before anything costs time.
  llvm::Error check() const;
  /// Opens the log and makes the directory.
  llvm::Error open(const Program &program, const TrainingData &data,
                   const TrainingPlan &plan);
  void onStep(const StepRecord &record);
  void onEpoch(const EpochRecord &record);
  /// Whether the log lost a line.
  bool hasFailed() const { return log && log->hasFailed(); }

  /// Writes the weights, then how it ended. Without `withWeights` those of the
  /// model are of no use.
  llvm::Error finish(const Model &model, const TrainingResult &result,
                     llvm::ArrayRef<Report> test, bool withWeights);

  /// Empty where -o names the file of the weights.
  llvm::StringRef getRunDirectory() const { return directory; }
  std::string getWeightsPath() const;

private:
  const Session &session;
  std::string directory;
  std::unique_ptr<JsonLog> log;
  std::vector<std::pair<std::string, double>> lastMetrics;

  llvm::Error writeRun(const TrainingResult *result,
                       llvm::ArrayRef<Report> test);
  std::string facts; ///< of the start, as JSON
};

/// Writes the parameters and buffers of `model`, which are all finite.
llvm::Error writeWeights(const Model &model, llvm::StringRef path);
/// Starts `model` from a file.
llvm::Error readWeights(Model &model, llvm::StringRef path);

/// Writes the gradients of the first step's batch, before any clip, under the
/// names of their parameters.
llvm::Error dumpGradients(Model &model, const CompileForBatch &compileForBatch,
                          const data::BatchReader &samples,
                          const TrainingPlan &plan, llvm::StringRef path);

} // namespace gradc

#endif // GRADC_LIB_DRIVER_TRAINFILES_H

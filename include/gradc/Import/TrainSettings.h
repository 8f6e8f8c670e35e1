//===- TrainSettings.h - What the host reads of a `.net` --------*- C++ -*-===//

#ifndef GRADC_IMPORT_TRAINSETTINGS_H
#define GRADC_IMPORT_TRAINSETTINGS_H

#include "gradc/Import/Elaborate.h"

namespace gradc {

/// One `source` or `test` line: a word of data::sourceKinds() with its files
/// and options, checked.
struct SourceSetting {
  mlir::Location loc;
  std::string word;
  std::vector<std::string> files;
  std::vector<std::pair<std::string, double>> options;
};

/// The data section, and those lines of the train section that act on the host.
/// The others (loss, optimizer, metrics, decay, clip) become ops.
struct TrainSettings {
  std::optional<SourceSetting> source, test;
  std::optional<double> scale; ///< as written; else the data set's own default
  double mean = 0, deviation = 1; ///< of `normalize`
  bool shuffle = true;
  std::optional<uint64_t> shuffleSeed; ///< default: the seed
  double validation = 0, testShare = 0;
  bool randomSplit = false;

  int64_t batch = 32;
  bool dropLast = false;
  int64_t epochs = 1; ///< 0: as many as `steps` takes
  int64_t steps = 0;  ///< 0: not bounded
  uint64_t seed = 0;
  int64_t watchEvery = 10;  ///< 0: off
  bool watchesTime = false; ///< gradients of states at each step as well
};

/// Reads them. Words that belong to a later version are refused as "not
/// supported yet"; unknown words with the nearest known one. Words in `opWords`
/// (loss, optimizer, metrics, and the words of ops of the train section) are
/// left to the importer. Any word but `decay` and `clip` may be given once.
mlir::FailureOr<TrainSettings>
readTrainSettings(const ElaboratedFile &file,
                  llvm::ArrayRef<std::string> opWords);

} // namespace gradc

#endif // GRADC_IMPORT_TRAINSETTINGS_H

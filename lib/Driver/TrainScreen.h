//===- TrainScreen.h - What a training shows --------------------*- C++ -*-===//

#ifndef GRADC_LIB_DRIVER_TRAINSCREEN_H
#define GRADC_LIB_DRIVER_TRAINSCREEN_H

#include "TrainingData.h"
#include "gradc/Driver/EpochLines.h"
#include "gradc/Driver/Health.h"

namespace gradc {

/// How the code was come by.
struct CodeOrigin {
  double seconds;
  bool isFromCache;
};

/// Lines on standard output, and the bar on standard error.
class TrainScreen {
public:
  TrainScreen(const Options &options, Console &console, const Program &program,
              int64_t stepsPerEpoch);

  /// What is trained on what, and where the run goes.
  void showHead(const Program &program, const TrainingData &data,
                const CodeOrigin &code, llvm::StringRef runDirectory);
  void onStep(const StepRecord &record, int64_t epochs);
  void onEpoch(const EpochRecord &record);
  /// The table of layers, where gradients were watched.
  void showHealth(bool hasDiverged);
  void showTest(llvm::ArrayRef<Report> reports, int64_t samples);
  void showLine(llvm::StringRef line);

private:
  const Options &options;
  Console &console;
  bool showsText, showsLines, showsBar;
  ProgressBar bar;
  HealthRecord health;
  int64_t headEpoch = 0; ///< whose `Epoch 3/50` was written
};

} // namespace gradc

#endif // GRADC_LIB_DRIVER_TRAINSCREEN_H

//===- EpochLines.h - What an epoch looks like on the screen ----*- C++ -*-===//

#ifndef GRADC_DRIVER_EPOCHLINES_H
#define GRADC_DRIVER_EPOCHLINES_H

#include "gradc/Driver/Console.h"
#include "gradc/Execution/Trainer.h"
#include <chrono>

namespace gradc {

/// ` - accuracy: 0.9961 - loss: 0.0312`, in the order of the names, each with
/// `prefix` before it. Reports of one layer or parameter are left out.
std::string formatMetrics(llvm::ArrayRef<Report> reports,
                          llvm::StringRef prefix = "");

/// `Epoch 3/50`.
std::string formatEpochHead(int64_t epoch, int64_t epochs);

/// What follows it: on a terminal with the full bar, `250/250 ━━━ 1s ...`.
std::string formatEpochEnd(const EpochRecord &record, bool onTerminal,
                           bool isUTF8);

/// The bar that is redrawn while an epoch runs, at most ten times a second.
class ProgressBar {
public:
  ProgressBar(Console &console, int64_t stepsPerEpoch)
      : console(console), stepsPerEpoch(stepsPerEpoch) {}

  void onStep(const StepRecord &record);
  /// Wipes the bar, so that a line can be written in its place.
  void clear();

private:
  using Clock = std::chrono::steady_clock;

  Console &console;
  int64_t stepsPerEpoch;
  int64_t epoch = 0, steps = 0, samples = 0;
  /// Of this epoch; of the next one, as far as is known; of the last drawing.
  Clock::time_point start, lastStart = Clock::now(), lastDrawn;
  bool isDrawn = false;
  struct Sum {
    llvm::StringRef name;
    double total;
  };
  std::vector<Sum> sums;

  void add(const StepRecord &record);
  std::string format(double seconds) const;
};

} // namespace gradc

#endif // GRADC_DRIVER_EPOCHLINES_H

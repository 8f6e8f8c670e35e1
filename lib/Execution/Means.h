//===- Means.h - Means of what steps report ---------------------*- C++ -*-===//

#ifndef GRADC_LIB_EXECUTION_MEANS_H
#define GRADC_LIB_EXECUTION_MEANS_H

#include "gradc/Execution/Model.h"

namespace gradc {

/// Means of reports, weighted by samples. A report that only some steps make
/// has the mean over those.
class Means {
public:
  /// Where one of the numbers of a function goes.
  struct Slot {
    size_t report, sum;
  };
  /// The slots of a function with these reports, whose names live as long as
  /// this. Numbers of one parameter or layer, with a `/`, have none.
  std::vector<Slot> enter(llvm::ArrayRef<std::string> reports);

  void add(llvm::ArrayRef<Slot> slots, llvm::ArrayRef<double> values,
           int64_t samples) {
    for (const Slot &slot : slots) {
      sums[slot.sum].total += values[slot.report] * double(samples);
      sums[slot.sum].samples += samples;
    }
  }
  /// The means of all that was added since the last call.
  std::vector<Report> take();

private:
  struct Sum {
    llvm::StringRef name;
    double total;
    int64_t samples;
  };
  std::vector<Sum> sums;
};

} // namespace gradc

#endif // GRADC_LIB_EXECUTION_MEANS_H

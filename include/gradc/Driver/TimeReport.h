//===- TimeReport.h - Where the time until the first step went --*- C++ -*-===//

#ifndef GRADC_DRIVER_TIMEREPORT_H
#define GRADC_DRIVER_TIMEREPORT_H

#include "llvm/ADT/StringRef.h"
#include <chrono>
#include <string>
#include <vector>

namespace gradc {

/// Seconds since the process began or the last mark, each with a name. Until
/// the report was made the processor worked on the process alone: on libraries.
class TimeReport {
public:
  TimeReport();

  /// The time since the last mark was spent on `what`, which has one line for
  /// all its times.
  void mark(llvm::StringRef what);
  /// All seconds up to the last mark.
  double getTotal() const;
  /// A table, a line for each.
  std::string format() const;

private:
  using Clock = std::chrono::steady_clock;
  Clock::time_point last = Clock::now();
  std::vector<std::pair<std::string, double>> rows;
};

} // namespace gradc

#endif // GRADC_DRIVER_TIMEREPORT_H

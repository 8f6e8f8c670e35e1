//===- TimeReport.cpp - Where the time until the first step went ----------===//

#include "gradc/Driver/TimeReport.h"

#include <fmt/format.h>

namespace gradc {

double TimeReport::mark(llvm::StringRef what) {
  Clock::time_point now = Clock::now();
  double seconds = std::chrono::duration<double>(now - last).count();
  last = now;
  rows.emplace_back(what.str(), seconds);
  return seconds;
}

double TimeReport::getTotal() const {
  double total = 0;
  for (const auto &[name, seconds] : rows)
    total += seconds;
  return total;
}

std::string TimeReport::format() const {
  std::string text;
  for (const auto &[name, seconds] : rows)
    text += fmt::format("{:10.3f} s  {}\n", seconds, name);
  return text + fmt::format("{:10.3f} s  in all\n", getTotal());
}

} // namespace gradc

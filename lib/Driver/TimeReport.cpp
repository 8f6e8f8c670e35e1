//===- TimeReport.cpp - Where the time until the first step went ----------===//

#include "gradc/Driver/TimeReport.h"

#include "llvm/ADT/STLExtras.h"
#include <ctime>
#include <fmt/format.h>

namespace gradc {

TimeReport::TimeReport() {
  timespec spent;
  if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &spent) == 0)
    rows.emplace_back("starting gradc",
                      double(spent.tv_sec) + 1e-9 * double(spent.tv_nsec));
}

void TimeReport::mark(llvm::StringRef what) {
  Clock::time_point now = Clock::now();
  double seconds = std::chrono::duration<double>(now - last).count();
  last = now;
  auto row =
      llvm::find_if(rows, [&](const auto &row) { return row.first == what; });
  if (row == rows.end())
    rows.emplace_back(what.str(), seconds);
  else
    row->second += seconds;
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

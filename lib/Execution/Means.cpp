//===- Means.cpp - Means of what steps report -----------------------------===//

#include "Means.h"

#include "llvm/ADT/STLExtras.h"

using namespace llvm;

namespace gradc {

std::vector<Means::Slot> Means::enter(ArrayRef<std::string> reports) {
  std::vector<Slot> slots;
  for (size_t i = 0; i < reports.size(); ++i) {
    StringRef name = reports[i];
    if (name.contains('/'))
      continue;
    auto sum = find_if(sums, [&](const Sum &s) { return s.name == name; });
    if (sum == sums.end())
      sum = sums.insert(sum, {name, 0, 0});
    slots.push_back({i, size_t(sum - sums.begin())});
  }
  return slots;
}

std::vector<Report> Means::take() {
  std::vector<Report> means;
  for (Sum &sum : sums) {
    if (sum.samples > 0)
      means.push_back({sum.name, sum.total / double(sum.samples)});
    sum.total = 0;
    sum.samples = 0;
  }
  return means;
}

} // namespace gradc

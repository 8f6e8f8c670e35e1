//===- Figures.cpp - Numbers as readers like them -------------------------===//

#include "gradc/Driver/Figures.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <vector>

namespace gradc {

std::string formatCount(int64_t count) {
  std::string digits = std::to_string(count);
  for (int64_t at = int64_t(digits.size()) - 3; at > (count < 0 ? 1 : 0);
       at -= 3)
    digits.insert(at, 1, ',');
  return digits;
}

std::string formatMetric(double value) {
  double size = std::fabs(value);
  // As Keras does it: a small number is not rounded away.
  if (size > 1e-3 || size == 0 || !std::isfinite(value))
    return fmt::format("{:.4f}", value);
  return fmt::format("{:.4e}", value);
}

std::string formatStepTime(double seconds) {
  if (seconds >= 1)
    return fmt::format("{:.0f}s/step", seconds);
  if (seconds >= 1e-3)
    return fmt::format("{:.0f}ms/step", seconds * 1e3);
  return fmt::format("{:.0f}us/step", seconds * 1e6);
}

std::string formatDuration(double seconds) {
  auto whole = int64_t(std::clamp(seconds, 0.0, 1e9));
  if (whole < 60)
    return fmt::format("{}s", whole);
  if (whole < 3600)
    return fmt::format("{}:{:02}", whole / 60, whole % 60);
  return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60,
                     whole % 60);
}

/// The means of `width` groups of neighbours.
static std::vector<double> join(llvm::ArrayRef<double> values, unsigned width) {
  std::vector<double> joined;
  size_t count = std::min<size_t>(values.size(), width);
  for (size_t i = 0; i < count; ++i) {
    size_t first = values.size() * i / count;
    size_t last = values.size() * (i + 1) / count;
    double sum = 0;
    for (double value : values.slice(first, last - first))
      sum += value;
    joined.push_back(sum / double(last - first));
  }
  return joined;
}

std::string formatSparkline(llvm::ArrayRef<double> values, unsigned width,
                            bool isUTF8) {
  static const char *const blocks[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  static const char *const letters[] = {".", ":", "-", "=", "+", "*", "#", "@"};
  std::vector<double> columns = join(values, width);
  double low = std::numeric_limits<double>::infinity(), high = -low;
  for (double value : columns)
    if (std::isfinite(value) && value > 0) {
      low = std::min(low, std::log10(value));
      high = std::max(high, std::log10(value));
    }
  // Less than two decades would make hills of noise.
  double middle = (low + high) / 2, spread = std::max(high - low, 2.0);
  std::string text;
  for (double value : columns) {
    if (!std::isfinite(value)) {
      text += '?';
      continue;
    }
    double place = value > 0 ? (std::log10(value) - middle) / spread + 0.5 : 0;
    // The middle of the scale lies inside a level, not between two.
    int level = std::clamp(int(std::lround(place * 7 + 0.25)), 0, 7);
    text += isUTF8 ? blocks[level] : letters[level];
  }
  return text;
}

std::string formatBar(double share, unsigned width, bool isUTF8) {
  static const char *const eighths[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  if (!(share > 0))
    share = 0;
  int units = int(std::lround(std::min(share, 1.0) * width * 8));
  if (!isUTF8)
    units = (units + 4) / 8 * 8; // letters know no parts
  unsigned full = units / 8, used = full;
  std::string text;
  for (unsigned i = 0; i < full; ++i)
    text += isUTF8 ? "█" : "#";
  if (units % 8) {
    text += eighths[units % 8];
    ++used;
  }
  return text + std::string(width - used, ' ');
}

} // namespace gradc

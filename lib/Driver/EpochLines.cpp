//===- EpochLines.cpp - What an epoch looks like on the screen ------------===//

#include "gradc/Driver/EpochLines.h"
#include "gradc/Driver/Figures.h"

#include <fmt/format.h>

using namespace llvm;

namespace gradc {

std::string formatMetrics(ArrayRef<Report> reports, StringRef prefix) {
  std::vector<Report> sorted;
  for (const Report &report : reports)
    if (!report.name.contains('/'))
      sorted.push_back(report);
  llvm::sort(sorted,
             [](const Report &a, const Report &b) { return a.name < b.name; });
  std::string text;
  for (const Report &report : sorted)
    text += fmt::format(" - {}{}: {}", prefix.str(), report.name.str(),
                        formatMetric(report.value));
  return text;
}

std::string formatEpochHead(int64_t epoch, int64_t epochs) {
  return fmt::format("Epoch {}/{}", epoch, epochs);
}

/// `━━━━━╸────`, or `=====>----` in ASCII.
static std::string formatTrack(int64_t done, int64_t all, bool isUTF8) {
  const int64_t width = 20;
  int64_t filled = all > 0 ? width * done / all : width;
  std::string text;
  for (int64_t i = 0; i < width; ++i) {
    bool isHead = i == filled;
    if (i < filled)
      text += isUTF8 ? "━" : "=";
    else if (isHead)
      text += isUTF8 ? "╸" : ">";
    else
      text += isUTF8 ? "─" : "-";
  }
  return text;
}

std::string formatEpochEnd(const EpochRecord &record, bool onTerminal,
                           bool isUTF8) {
  int64_t steps = record.lastStep - record.firstStep + 1;
  std::string time = formatDuration(record.seconds);
  if (steps > 0)
    time += " " + formatStepTime(record.seconds / double(steps));
  std::string metrics =
      formatMetrics(record.train) + formatMetrics(record.validation, "val_");
  if (!onTerminal)
    return " - " + time + metrics;
  return fmt::format("{0}/{0} {1} {2}{3}", steps,
                     formatTrack(steps, steps, isUTF8), time, metrics);
}

void ProgressBar::add(const StepRecord &record) {
  if (record.epoch != epoch) {
    epoch = record.epoch;
    steps = samples = 0;
    sums.clear();
    start = lastStart;
  }
  ++steps;
  samples += record.samples;
  for (const Report &report : record.reports) {
    if (report.name.contains('/'))
      continue;
    auto sum =
        find_if(sums, [&](const Sum &s) { return s.name == report.name; });
    if (sum == sums.end())
      sum = sums.insert(sum, {report.name, 0});
    sum->total += report.value * double(record.samples);
  }
}

std::string ProgressBar::format(double seconds) const {
  std::vector<Report> means;
  for (const Sum &sum : sums)
    means.push_back({sum.name, sum.total / double(samples)});
  double left = seconds / double(steps) * double(stepsPerEpoch - steps);
  return fmt::format("{}/{} {} {} {}{}   ETA {}", steps, stepsPerEpoch,
                     formatTrack(steps, stepsPerEpoch, console.isUTF8),
                     formatDuration(seconds),
                     formatStepTime(seconds / double(steps)),
                     formatMetrics(means), formatDuration(left));
}

/// The first `columns` characters of UTF-8 text.
static StringRef takeColumns(StringRef text, unsigned columns) {
  size_t size = 0;
  while (size < text.size() && columns > 0) {
    ++size;
    while (size < text.size() && (text[size] & 0xC0) == 0x80)
      ++size;
    --columns;
  }
  return text.take_front(size);
}

void ProgressBar::onStep(const StepRecord &record) {
  add(record);
  Clock::time_point now = Clock::now();
  if (now - lastDrawn < std::chrono::milliseconds(100))
    return;
  lastDrawn = now;
  isDrawn = true;
  std::string text = format(std::chrono::duration<double>(now - start).count());
  console.error.write("\r" + takeColumns(text, console.columns - 1).str() +
                      "\x1b[K");
}

void ProgressBar::clear() {
  if (isDrawn)
    console.error.write("\r\x1b[K");
  isDrawn = false;
  lastStart = Clock::now();
}

} // namespace gradc

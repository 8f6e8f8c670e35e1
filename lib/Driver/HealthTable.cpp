//===- HealthTable.cpp - The table of layers after a training -------------===//

#include "gradc/Driver/HealthTable.h"
#include "gradc/Driver/Console.h"
#include "gradc/Driver/Figures.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

using namespace llvm;

namespace gradc {

static constexpr unsigned historyWidth = 10, barWidth = 8;

static std::string formatNumber(std::optional<double> value) {
  return value ? fmt::format("{:.1e}", *value) : "-";
}

static std::string formatShare(std::optional<double> share) {
  return share ? fmt::format("{:.0f} %", *share * 100) : "-";
}

/// Filled up with blanks; counts characters, not bytes.
static std::string pad(std::string text, size_t width) {
  size_t columns = llvm::count_if(text, [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  });
  return text + std::string(width > columns ? width - columns : 0, ' ');
}

static Color getColor(LayerHealth::State state) {
  switch (state) {
  case LayerHealth::State::Ok:
    return Color::Green;
  case LayerHealth::State::Asleep:
  case LayerHealth::State::NonFinite:
    return Color::Red;
  default:
    return Color::Yellow;
  }
}

/// How much of the bar a norm fills: all for the largest, none for one that is
/// as many decades smaller as the bar stands for.
static double getBarShare(double norm, double largest, double decades) {
  if (!(norm > 0) || !(largest > 0))
    return 0;
  return 1 + std::log10(norm / largest) / decades;
}

static std::string formatLayer(const LayerHealth &layer, size_t nameWidth,
                               double barShare, const TableStyle &style) {
  std::string history =
      formatSparkline(layer.gradientNorms.get(), historyWidth, style.isUTF8);
  std::string bar = formatBar(barShare, barWidth, style.isUTF8);
  return fmt::format(
      "  {}  {} {:>8}  {}  {:>8}  {:>13}  {:>6}  {:>9}  {}\n",
      pad(layer.name, nameWidth), pad(history, historyWidth),
      formatNumber(layer.gradientNorm.get()), bar,
      formatNumber(layer.delta.get()), formatNumber(layer.updateRatio.get()),
      formatShare(layer.dead.get()), formatShare(layer.saturated.get()),
      paint(getName(layer.state), getColor(layer.state), style.hasColor));
}

static std::string formatQuotient(double ratio) {
  return ratio >= 0.01 && ratio < 1000 ? fmt::format("{:.2g}", ratio)
                                       : fmt::format("{:.1e}", ratio);
}

/// First over last layer: 1 where gradients are as large at both ends.
static std::string formatRatio(ArrayRef<LayerHealth> layers,
                               Mean LayerHealth::*quantity) {
  std::optional<double> first, last;
  for (const LayerHealth &layer : layers)
    if (std::optional<double> value = (layer.*quantity).get()) {
      first = first ? first : value;
      last = value;
    }
  if (!first || !(*last != 0))
    return "-";
  return formatQuotient(*first / *last);
}

/// What the gradient of a recurrent layer's state is at the first step, against
/// the last one; nothing for layers that were not watched through time.
static std::string formatThroughTime(const LayerHealth &layer,
                                     size_t nameWidth) {
  if (layer.throughTime.empty())
    return "";
  std::optional<double> first = layer.throughTime.front().get(),
                        last = layer.throughTime.back().get();
  bool hasRatio = first && last && *last != 0;
  return fmt::format("  {}  through {} steps: dL/dh first/last {}\n",
                     pad(layer.name, nameWidth), layer.throughTime.size(),
                     hasRatio ? formatQuotient(*first / *last) : "-");
}

std::string formatHealthTable(HealthRecord &record, const TableStyle &style) {
  Verdict verdict = record.judge();
  ArrayRef<LayerHealth> layers = record.getLayers();
  size_t nameWidth = StringRef("layer").size();
  double largest = 0, smallest = std::numeric_limits<double>::infinity();
  for (const LayerHealth &layer : layers) {
    nameWidth = std::max(nameWidth, layer.name.size());
    double norm = layer.gradientNorm.get().value_or(0);
    largest = std::max(largest, norm);
    if (norm > 0)
      smallest = std::min(smallest, norm);
  }
  double decades =
      largest > 0 ? std::max(4.0, std::log10(largest / smallest) + 1) : 4;
  std::string text = fmt::format(
      "  {}  {:29}  {:>8}  {:>13}  {:>6}  {:>9}  {}\n", pad("layer", nameWidth),
      "gradient norm", "delta", "update/weight", "dead", "saturated", "health");
  for (const LayerHealth &layer : layers) {
    double share =
        getBarShare(layer.gradientNorm.get().value_or(0), largest, decades);
    text += formatLayer(layer, nameWidth, share, style);
  }
  for (const LayerHealth &layer : layers)
    text += formatThroughTime(layer, nameWidth);
  bool isHealthy = verdict == Verdict::Healthy;
  return text + fmt::format("  {}  ratio first/last {}, of deltas {}   clipped "
                            "{} of {} steps  "
                            " {}\n",
                            pad("all", nameWidth),
                            formatRatio(layers, &LayerHealth::gradientNorm),
                            formatRatio(layers, &LayerHealth::delta),
                            formatCount(record.getClippedSteps()),
                            formatCount(record.getSteps()),
                            paint(getName(verdict),
                                  isHealthy                    ? Color::Green
                                  : verdict == Verdict::Uneven ? Color::Yellow
                                                               : Color::Red,
                                  style.hasColor));
}

} // namespace gradc

//===- Health.cpp - How gradients fare in each layer ----------------------===//

#include "gradc/Driver/Health.h"

#include "llvm/ADT/StringExtras.h"
#include <algorithm>
#include <cmath>

using namespace llvm;

namespace gradc {

// Shares of the largest: below the first a layer is slow, below the second it
// sleeps. A bar of 1e-3 alone would miss nets that learn 72 times more slowly
// in their first layer.
static constexpr double slowShare = 1e-2, asleepShare = 1e-3;
// A straight line on the log scale: measured in broken nets 0.99 to 1.00, in
// mended ones 0.39 to 0.67.
static constexpr double straightLine = 0.8;
// More than so many units dead. A small batch leaves many at 0 by chance.
static constexpr double mostUnits = 0.5;
static constexpr int64_t smallestBatch = 16;
// More than so many elements saturated; half of a healthy ReLU's are.
static constexpr double mostElements = 0.9;

// A share of clipped steps means nothing of fewer.
static constexpr int64_t fewestSteps = 10;

void History::add(double value) {
  constexpr size_t most = 512;
  pendingSum += value;
  if (++pending < stride)
    return;
  values.push_back(pendingSum / double(stride));
  pending = 0;
  pendingSum = 0;
  if (values.size() < most)
    return;
  for (size_t i = 0; i < most / 2; ++i)
    values[i] = (values[2 * i] + values[2 * i + 1]) / 2;
  values.resize(most / 2);
  stride *= 2;
}

HealthRecord::HealthRecord(const Program &program) : batch(program.batch) {
  for (const TensorPlace &place : program.variables) {
    if (place.kind != "parameter")
      continue;
    StringRef layer = StringRef(place.name).rsplit('.').first;
    if (indexOfLayer.try_emplace(layer, layers.size()).second) {
      layers.emplace_back();
      layers.back().name = layer.str();
      mainParameter[place.name] = layer.str();
    }
  }
}

void HealthRecord::addProbe(StringRef kind, StringRef name, double value) {
  size_t step = 0;
  if (kind == "through_time") { // `layer/step`
    auto [layer, number] = name.rsplit('/');
    if (number.getAsInteger(10, step))
      return;
    name = layer;
  }
  if (kind == "gradient_norm" || kind == "update_ratio") {
    auto main = mainParameter.find(name);
    if (main == mainParameter.end())
      return;
    name = main->second;
  }
  auto found = indexOfLayer.find(name);
  if (found == indexOfLayer.end())
    return;
  LayerHealth &layer = layers[found->second];
  if (kind == "gradient_norm") {
    layer.gradientNorm.add(value);
    layer.gradientNorms.add(value);
  } else if (kind == "through_time") {
    if (layer.throughTime.size() <= step)
      layer.throughTime.resize(step + 1);
    layer.throughTime[step].add(value);
  } else if (kind == "delta") {
    layer.delta.add(value);
  } else if (kind == "update_ratio" && std::isfinite(value)) {
    layer.updateRatio.add(value); // of a weight that is 0: no number
  } else if (kind == "dead") {
    layer.dead.add(value);
  } else if (kind == "saturated") {
    layer.saturated.add(value);
  }
}

void HealthRecord::add(const StepRecord &record) {
  ++steps;
  bool isClipped = false, isClippedByNet = false;
  for (const Report &report : record.reports) {
    auto [kind, name] = report.name.split('/');
    if (kind != "clip_factor" || !(report.value < 1))
      continue;
    isClipped = true;
    // A line of the train section has a number; a layer's own bound says
    // nothing of the others, nor of one that does not learn at all.
    isClippedByNet |= all_of(name, isDigit);
  }
  clippedSteps += isClipped;
  stepsClippedByNet += isClippedByNet;
  if (!record.watched)
    return;
  ++watchedSteps;
  if (record.epoch != epoch) {
    epoch = record.epoch;
    for (LayerHealth &layer : layers)
      layer.throughTime.clear();
    for (LayerHealth &layer : layers)
      layer.gradientNorm = layer.delta = layer.updateRatio = layer.dead =
          layer.saturated = Mean();
  }
  double squares = 0;
  for (const Report &report : record.reports) {
    auto [kind, name] = report.name.split('/');
    addProbe(kind, name, report.value);
    if (kind == "gradient_norm")
      squares += report.value * report.value;
  }
  totalNorms.push_back(std::sqrt(squares));
}

/// The correlation, squared, of the logarithms with the depth, and the sign of
/// their slope towards the output.
static std::pair<double, double> fitLine(ArrayRef<double> logs) {
  double n = double(logs.size()), meanX = (n - 1) / 2, meanY = 0;
  for (double y : logs)
    meanY += y / n;
  double xx = 0, xy = 0, yy = 0;
  for (auto [index, y] : enumerate(logs)) {
    double dx = double(index) - meanX, dy = y - meanY;
    xx += dx * dx;
    xy += dx * dy;
    yy += dy * dy;
  }
  return {xx * yy > 0 ? xy * xy / (xx * yy) : 0, xy};
}

/// Marks the layers that get too small a share of `quantity`, and says whether
/// it falls towards the input, towards the output, or here and there.
Verdict HealthRecord::judgeShape(Mean LayerHealth::*quantity) {
  std::vector<double> logs;
  double largest = 0, smallest = std::numeric_limits<double>::infinity();
  size_t largestAt = 0, smallestAt = 0;
  for (auto [index, layer] : enumerate(layers)) {
    std::optional<double> value = (layer.*quantity).get();
    if (!value || !std::isfinite(*value))
      continue;
    // A gradient of 0 has no logarithm; it is asleep in any case.
    logs.push_back(std::log10(std::max(*value, 1e-300)));
    if (*value > largest) {
      largest = *value;
      largestAt = index;
    }
    if (*value < smallest) {
      smallest = *value;
      smallestAt = index;
    }
  }
  using State = LayerHealth::State;
  for (LayerHealth &layer : layers) {
    std::optional<double> value = (layer.*quantity).get();
    if (!value)
      continue;
    if (!std::isfinite(*value))
      layer.state = State::NonFinite;
    else if (*value <= asleepShare * largest)
      layer.state = State::Asleep;
    else if (*value < slowShare * largest && layer.state == State::Ok)
      layer.state = State::Slow;
  }
  if (logs.empty() || smallest >= slowShare * largest)
    return largest > 0 || logs.empty() ? Verdict::Healthy : Verdict::Vanishing;
  auto [straightness, slope] = fitLine(logs);
  if (straightness > straightLine)
    return slope > 0 ? Verdict::Vanishing : Verdict::Exploding;
  if (smallest <= asleepShare * largest)
    return smallestAt < largestAt ? Verdict::Vanishing : Verdict::Exploding;
  return Verdict::Uneven;
}

bool HealthRecord::hasExploded() const {
  if (totalNorms.empty())
    return false;
  double last = totalNorms.back();
  if (!std::isfinite(last))
    return true;
  if (steps >= fewestSteps && stepsClippedByNet * 10 > steps * 9)
    return true;
  std::vector<double> sorted = totalNorms;
  llvm::sort(sorted);
  if (last > 100 * sorted[sorted.size() / 2])
    return true;
  if (totalNorms.size() < 6)
    return false;
  ArrayRef<double> tail = ArrayRef(totalNorms).take_back(6);
  for (size_t i = 1; i < tail.size(); ++i)
    if (!(tail[i] > 2 * tail[i - 1]))
      return false;
  return true;
}

Verdict HealthRecord::judge() {
  using State = LayerHealth::State;
  for (LayerHealth &layer : layers)
    layer.state = State::Ok;
  Verdict verdict = std::max(judgeShape(&LayerHealth::delta),
                             judgeShape(&LayerHealth::gradientNorm));
  for (LayerHealth &layer : layers) {
    if (layer.state != State::Ok)
      continue;
    if (batch >= smallestBatch && layer.dead.get().value_or(0) > mostUnits)
      layer.state = State::Dead;
    else if (layer.saturated.get().value_or(0) > mostElements)
      layer.state = State::Saturated;
  }
  return hasDiverged || hasExploded() ? Verdict::Exploding : verdict;
}

StringRef getName(LayerHealth::State state) {
  static const char *const names[] = {"ok",   "slow",      "asleep",
                                      "dead", "saturated", "not finite"};
  return names[unsigned(state)];
}

StringRef getName(Verdict verdict) {
  static const char *const names[] = {"healthy", "uneven", "VANISHING",
                                      "EXPLODING"};
  return names[unsigned(verdict)];
}

} // namespace gradc

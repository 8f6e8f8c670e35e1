//===- Sine.cpp - Noisy waves and what follows them -----------------------===//

#include "DrawnSamples.h"
#include "gradc/Data/FileError.h"
#include <cmath>
#include <fmt/format.h>

using namespace llvm;

namespace gradc::data {

// A wave repeats itself after so many steps.
static constexpr double kShortestPeriod = 10, kLongestPeriod = 40;

static Expected<DataSet> loadSine(const SourceRequest &request) {
  int64_t length = request.options.lookup("length");
  int64_t width = request.options.lookup("targets");
  double noise = request.options.lookup("noise");
  if (width > length)
    return makeError(FileError::Kind::Data, "sine",
                     fmt::format("targets={} is more than length={}: the "
                                 "targets are the sequence one step later",
                                 width, length));
  auto draw = [&](Random &random, MutableArrayRef<float> inputs,
                  MutableArrayRef<float> targets) {
    double period = random.uniform(kShortestPeriod, kLongestPeriod);
    double phase = random.uniform();
    for (int64_t step = 0; step <= length; ++step) {
      float value =
          std::sin(kTurn * (step / period + phase)) + noise * random.normal();
      if (step < length)
        inputs[step] = value;
      if (int64_t target = step - 1 - (length - width); target >= 0)
        targets[target] = value;
    }
  };
  Expected<DataSet> data =
      drawNumbers("sine", request, {length, 1}, width, draw);
  // Of several targets all but the last stand among the inputs.
  if (data && noise > 0 && width == 1)
    data->description += fmt::format(
        ": no model beats a mean squared error of {:.2g}", noise * noise);
  return data;
}

SourceKind getSineSource() {
  static constexpr SourceOption options[] = {
      makeLengthOption(50, 1),
      {"targets", 1, 1, 100'000, true,
       "how many of the last values, each one step later, are the target"},
      {"noise", 0.05, 0, 10, false, "deviation added to every value"},
      makeCountOption(1000),
      kSeedOption};
  return {"sine",
          "noisy waves of random period and phase; the target is the value "
          "that follows",
          0,
          options,
          true,
          loadSine};
}

} // namespace gradc::data

//===- Adding.cpp - The adding problem ------------------------------------===//
//
// S. Hochreiter, J. Schmidhuber: Long short-term memory, Neural Computation
// 9(8), 1997, section 5.4, in the form of Q. V. Le, N. Jaitly, G. E. Hinton: A
// simple way to initialize recurrent networks of rectified linear units, 2015:
// values in [0, 1), sequences of one length, the plain sum as the target.
//
//===----------------------------------------------------------------------===//

#include "DrawnSamples.h"

using namespace llvm;

namespace gradc::data {

static Expected<DataSet> loadAdding(const SourceRequest &request) {
  int64_t length = request.options.lookup("length");
  auto draw = [&](Random &random, MutableArrayRef<float> inputs,
                  MutableArrayRef<float> target) {
    int64_t half = length / 2;
    int64_t marked[] = {int64_t(random.below(half)),
                        half + int64_t(random.below(length - half))};
    for (int64_t step = 0; step < length; ++step)
      inputs[2 * step] = random.uniform();
    for (int64_t step : marked) {
      inputs[2 * step + 1] = 1;
      target[0] += inputs[2 * step];
    }
  };
  Expected<DataSet> data = drawNumbers("adding", request, {length, 2}, 1, draw);
  if (data) // the variance of the sum of two numbers evenly spread in [0, 1)
    data->description += ": who always says 1 has a mean squared error of 1/6";
  return data;
}

SourceKind getAddingSource() {
  static constexpr SourceOption options[] = {
      makeLengthOption(100, 2), makeCountOption(10000), kSeedOption};
  return {"adding",
          "the adding problem: sequences of numbers, two of them marked; the "
          "target is their sum",
          0,
          options,
          true,
          loadAdding};
}

} // namespace gradc::data

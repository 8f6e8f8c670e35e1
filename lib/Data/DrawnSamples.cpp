//===- DrawnSamples.cpp - What all drawn data sets have in common ---------===//

#include "DrawnSamples.h"
#include "gradc/Data/FileError.h"
#include "llvm/Support/MathExtras.h"
#include <fmt/format.h>

using namespace llvm;

namespace gradc::data {

/// Fails where the samples do not fit into memory.
static Error checkSize(StringRef word, int64_t count, ArrayRef<int64_t> sample,
                       int64_t targetWidth) {
  // A product beyond 64 bits stays at their largest number: too much as well.
  uint64_t elements = 1;
  for (int64_t size : sample)
    elements = SaturatingMultiply<uint64_t>(elements, size);
  elements = SaturatingAdd<uint64_t>(elements, targetWidth);
  elements = SaturatingMultiply<uint64_t>(elements, count);
  return checkMemory(word, SaturatingMultiply<uint64_t>(elements, 4));
}

template <typename Target>
static Expected<DataSet>
drawSamples(StringRef word, const SourceRequest &request,
            ArrayRef<int64_t> sample, int64_t targetWidth, Array targets,
            DrawSample<Target> draw) {
  int64_t count = request.options.lookup("count");
  auto seed = static_cast<int64_t>(request.options.lookup("seed"));
  DataSet data;
  data.count = count;
  SmallVector<int64_t> shape = {count};
  shape.append(sample.begin(), sample.end());
  data.inputs = Array(ElementType::F32, shape);
  data.targets = std::move(targets);
  data.description =
      fmt::format("{}, drawn by gradc, seed {}", word.str(), seed);
  data.inputsFile = data.targetsFile = word.str();
  int64_t width = data.inputs.getRowWidth();
  MutableArrayRef<float> inputs = data.inputs.as<float>();
  MutableArrayRef<Target> labels = data.targets.template as<Target>();
  for (int64_t i = 0; i < count; ++i) {
    Random random(seed, word, i);
    draw(random, inputs.slice(i * width, width),
         labels.slice(i * targetWidth, targetWidth));
  }
  return data;
}

Expected<DataSet> drawNumbers(StringRef word, const SourceRequest &request,
                              ArrayRef<int64_t> sample, int64_t width,
                              DrawSample<float> draw) {
  int64_t count = request.options.lookup("count");
  if (Error error = checkSize(word, count, sample, width))
    return error;
  return drawSamples<float>(word, request, sample, width,
                            Array(ElementType::F32, {count, width}), draw);
}

Expected<DataSet> drawClasses(StringRef word, const SourceRequest &request,
                              ArrayRef<int64_t> sample, int64_t classes,
                              DrawSample<int32_t> draw) {
  int64_t count = request.options.lookup("count");
  if (Error error = checkSize(word, count, sample, 1))
    return error;
  Expected<DataSet> data = drawSamples<int32_t>(
      word, request, sample, 1, Array(ElementType::I32, {count}), draw);
  if (data) {
    data->targetsAreClasses = true;
    data->classes = classes;
  }
  return data;
}

} // namespace gradc::data

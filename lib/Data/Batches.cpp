//===- Batches.cpp - Order, split and gathering of samples ----------------===//

#include "gradc/Data/Batches.h"
#include "gradc/Data/FileError.h"
#include "gradc/Data/Philox.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <cmath>
#include <cstring>
#include <fmt/format.h>
#include <numeric>
#include <type_traits>

using namespace llvm;

namespace gradc::data {

/// How many of `count` samples a share or a count asks for.
static Expected<int64_t> countPart(int64_t count, StringRef name,
                                   double value) {
  auto refuse = [&](StringRef reason) {
    return makeError(FileError::Kind::Data, "split",
                     fmt::format("{}={} {}", name.str(), value, reason.str()));
  };
  if (!(value >= 0) || std::isinf(value))
    return refuse("is neither a share nor a count");
  if (value >= 1) {
    if (value != std::floor(value))
      return refuse("is neither a share below 1 nor a whole count");
    return value > double(count) ? count + 1 : int64_t(value);
  }
  int64_t part = std::llround(double(count) * value);
  if (value > 0 && part == 0)
    return refuse(fmt::format("of {} samples is less than one", count));
  return part;
}

/// The sorted samples at [first, last) of `order`.
static SampleSet pick(ArrayRef<int64_t> order, int64_t first, int64_t last) {
  SampleSet set;
  if (order.empty()) {
    set.first = first;
    set.last = last;
    return set;
  }
  ArrayRef<int64_t> part = order.slice(first, last - first);
  set.list.assign(part.begin(), part.end());
  llvm::sort(set.list);
  return set;
}

/// Fisher-Yates over the numbers 0 ... count-1.
static std::vector<int64_t> permutation(int64_t count, Random random) {
  std::vector<int64_t> order(count);
  std::iota(order.begin(), order.end(), 0);
  for (int64_t i = count - 1; i > 0; --i)
    std::swap(order[i], order[random.below(i + 1)]);
  return order;
}

Expected<Split> splitSamples(int64_t count, double validation, double test,
                             bool random, uint64_t seed) {
  Expected<int64_t> validationCount =
      countPart(count, "validation", validation);
  if (!validationCount)
    return validationCount.takeError();
  Expected<int64_t> testCount = countPart(count, "test", test);
  if (!testCount)
    return testCount.takeError();
  int64_t train = count - *validationCount - *testCount;
  if (train <= 0)
    return makeError(
        FileError::Kind::Data, "split",
        fmt::format("validation={} and test={} of {} samples leave nothing to "
                    "train on",
                    validation, test, count));
  std::vector<int64_t> order;
  if (random)
    order = permutation(count, Random(seed, "split"));
  int64_t testStart = count - *testCount;
  return Split{pick(order, 0, train), pick(order, train, testStart),
               pick(order, testStart, count)};
}

std::vector<int64_t> epochOrder(int64_t count, uint64_t seed, uint64_t epoch,
                                bool shuffle) {
  if (shuffle)
    return permutation(count, Random(seed, "order", epoch));
  std::vector<int64_t> order(count);
  std::iota(order.begin(), order.end(), 0);
  return order;
}

static double apply(const Transform &transform, double x) {
  return (x * transform.scale - transform.mean) / transform.deviation;
}

BatchReader::BatchReader(const DataSet &data, SampleSet samples,
                         const Transform &transform)
    : data(data), samples(std::move(samples)), transform(transform) {
  for (int byte = 0; byte < 256; ++byte) {
    byteToDouble[byte] = apply(transform, byte);
    byteToFloat[byte] = static_cast<float>(byteToDouble[byte]);
  }
}

BatchReader BatchReader::first(int64_t count) const {
  BatchReader reader = *this;
  SampleSet &set = reader.samples;
  set.last = std::min(set.last, set.first + std::min(count, size()));
  if (!set.list.empty())
    set.list.resize(std::min(count, size()));
  return reader;
}

/// Converts `count` elements. The steps that change nothing are left out, which
/// changes no bit: x * 1, x - 0 and x / 1 are exact.
template <typename From, typename To>
static void convert(const From *from, To *to, int64_t count,
                    const Transform &transform) {
  double scale = transform.scale, mean = transform.mean;
  if (scale == 1 && mean == 0 && transform.deviation == 1) {
    if constexpr (std::is_same_v<From, To>)
      std::memcpy(to, from, count * sizeof(To));
    else
      for (int64_t i = 0; i < count; ++i)
        to[i] = static_cast<To>(from[i]);
  } else if (transform.deviation == 1) {
    for (int64_t i = 0; i < count; ++i)
      to[i] = static_cast<To>(double(from[i]) * scale - mean);
  } else {
    for (int64_t i = 0; i < count; ++i)
      to[i] = static_cast<To>(apply(transform, double(from[i])));
  }
}

/// Eight table look-ups at a time: one load of bytes instead of eight.
template <typename T>
static void lookUp(const uint8_t *from, T *to, int64_t count,
                   const std::array<T, 256> &table) {
  int64_t i = 0;
  for (; i + 8 <= count; i += 8) {
    uint64_t word;
    std::memcpy(&word, from + i, 8);
    for (int byte = 0; byte < 8; ++byte)
      to[i + byte] = table[word >> (8 * byte) & 255];
  }
  for (; i < count; ++i)
    to[i] = table[from[i]];
}

/// A row arrives from memory while so many others are converted.
static constexpr size_t kRowsAhead = 2;

/// Asks for a row that is soon read: in a shuffled order nothing else could
/// know which. A long row is told by its beginning.
static void prefetchRow(const char *row, int64_t bytes) {
  for (int64_t i = 0, e = std::min<int64_t>(bytes, 4096); i < e; i += 64)
    __builtin_prefetch(row + i);
}

void BatchReader::prefetch(ArrayRef<int64_t> positions) const {
  auto touch = [&](const Array &array, int64_t index) {
    int64_t bytes = array.getRowWidth() * getElementSize(array.type);
    prefetchRow(array.bytes.data() + index * bytes, bytes);
  };
  for (int64_t position : positions.take_front(kRowsAhead)) {
    touch(data.inputs, samples[position]);
    touch(data.targets, samples[position]);
  }
}

template <typename T>
void BatchReader::gatherInputs(ArrayRef<int64_t> positions, T *inputs) const {
  const Array &array = data.inputs;
  int64_t width = getInputWidth();
  int64_t rowBytes = width * getElementSize(array.type);
  auto getRow = [&](size_t i) {
    return array.bytes.data() + samples[positions[i]] * rowBytes;
  };
  for (size_t i = 0, e = positions.size(); i < e; ++i) {
    const char *row = getRow(i);
    if (i + kRowsAhead < e)
      prefetchRow(getRow(i + kRowsAhead), rowBytes);
    auto convertFrom = [&](auto *from) {
      convert(from, inputs, width, transform);
    };
    switch (array.type) {
    case ElementType::U8:
      if constexpr (std::is_same_v<T, float>)
        lookUp(reinterpret_cast<const uint8_t *>(row), inputs, width,
               byteToFloat);
      else
        lookUp(reinterpret_cast<const uint8_t *>(row), inputs, width,
               byteToDouble);
      break;
    case ElementType::I32:
      convertFrom(reinterpret_cast<const int32_t *>(row));
      break;
    case ElementType::I64:
      convertFrom(reinterpret_cast<const int64_t *>(row));
      break;
    case ElementType::F32:
      convertFrom(reinterpret_cast<const float *>(row));
      break;
    case ElementType::F64:
      convertFrom(reinterpret_cast<const double *>(row));
      break;
    }
    inputs += width;
  }
}

template <typename T>
void BatchReader::gatherTargets(ArrayRef<int64_t> positions, T *targets,
                                TargetForm form, int64_t width) const {
  const Array &array = data.targets;
  for (int64_t position : positions) {
    int64_t first = samples[position] * data.getTargetWidth();
    if (form == TargetForm::OneHot) {
      std::fill_n(targets, width, T(0));
      targets[static_cast<int64_t>(array.getElement(first))] = 1;
    } else {
      for (int64_t i = 0; i < width; ++i)
        targets[i] = static_cast<T>(array.getElement(first + i));
    }
    targets += width;
  }
}

void BatchReader::gather(ArrayRef<int64_t> positions, void *inputs, bool f64,
                         void *targets, TargetForm form,
                         int64_t targetWidth) const {
  if (inputs && f64)
    gatherInputs(positions, static_cast<double *>(inputs));
  else if (inputs)
    gatherInputs(positions, static_cast<float *>(inputs));
  if (!targets)
    return;
  if (form == TargetForm::ClassIndex)
    gatherTargets(positions, static_cast<int32_t *>(targets), TargetForm::Real,
                  1);
  else if (f64)
    gatherTargets(positions, static_cast<double *>(targets), form, targetWidth);
  else
    gatherTargets(positions, static_cast<float *>(targets), form, targetWidth);
}

} // namespace gradc::data

//===- Batches.h - Order, split and gathering of samples --------*- C++ -*-===//

#ifndef GRADC_DATA_BATCHES_H
#define GRADC_DATA_BATCHES_H

#include "gradc/Data/DataSet.h"
#include "llvm/ADT/ArrayRef.h"
#include <array>
#include <cstdint>
#include <vector>

namespace gradc::data {

/// Which samples of a data set: [first, last), or a list.
struct SampleSet {
  int64_t first = 0, last = 0;
  std::vector<int64_t> list; ///< where not empty, instead of the range

  int64_t size() const {
    return list.empty() ? last - first : static_cast<int64_t>(list.size());
  }
  bool empty() const { return size() == 0; }
  /// The index in the data set of the sample at `position`.
  int64_t operator[](int64_t position) const {
    return list.empty() ? first + position : list[position];
  }
};

/// The parts of a data set.
struct Split {
  SampleSet train, validation, test;
};

/// Divides `count` samples. `validation` and `test` are shares when below 1,
/// else counts. They are the last samples, in the order of the file: train,
/// validation, test; with `random` they are drawn from `seed`, and each part
/// keeps the order of the file. Refused: a count that is not whole, a share
/// that is no sample at all, parts that leave nothing to train on. Errors:
/// FileError, `Data`.
llvm::Expected<Split> splitSamples(int64_t count, double validation,
                                   double test, bool random, uint64_t seed);

/// The positions 0 ... count-1 in the order of an epoch: as they are, or
/// shuffled. The order is a function of (count, seed, epoch) alone:
/// Fisher-Yates from the last position down, position i exchanged with a number
/// below i + 1 drawn from Philox 4x32-10 with the key (seed, "order") and the
/// epoch as the upper half of the counter.
std::vector<int64_t> epochOrder(int64_t count, uint64_t seed, uint64_t epoch,
                                bool shuffle);

/// What the net sees of a stored x: (x * scale - mean) / deviation, computed in
/// double and rounded once to the element type.
struct Transform {
  double scale = 1, mean = 0, deviation = 1; ///< finite; deviation > 0
};

/// Copies samples into batches, converted and scaled. `gather` may be called
/// from several threads.
class BatchReader {
public:
  /// `data` must outlive the reader; `samples` must lie within it.
  BatchReader(const DataSet &data, SampleSet samples,
              const Transform &transform);

  int64_t size() const { return samples.size(); }
  /// A reader of the first `count` samples, or of all where there are fewer.
  BatchReader first(int64_t count) const;
  const DataSet &getData() const { return data; }
  int64_t getInputWidth() const { return data.getInputWidth(); }
  /// Which sample of the data set stands at a position.
  int64_t getIndex(int64_t position) const { return samples[position]; }

  /// Fills a batch with the samples at `positions` (below `size()`).
  /// `inputs`: [positions, input width] floats, or doubles where `f64`.
  /// `targets`: as `form` says, of `targetWidth`, which `checkTargets` has
  /// accepted. Either may be null.
  void gather(llvm::ArrayRef<int64_t> positions, void *inputs, bool f64,
              void *targets, TargetForm form, int64_t targetWidth) const;

  /// Asks the memory for the first of these samples, which `gather` will be
  /// called for soon: a shuffled order jumps to where no cache has been.
  void prefetch(llvm::ArrayRef<int64_t> positions) const;

private:
  template <typename T>
  void gatherInputs(llvm::ArrayRef<int64_t> positions, T *inputs) const;
  template <typename T>
  void gatherTargets(llvm::ArrayRef<int64_t> positions, T *targets,
                     TargetForm form, int64_t width) const;

  const DataSet &data;
  SampleSet samples;
  Transform transform;
  /// The transform of every byte: 8-bit data need no arithmetic.
  std::array<float, 256> byteToFloat;
  std::array<double, 256> byteToDouble;
};

/// Whether all inputs of `reader`, as floats or doubles of the net, are whole
/// numbers of 0 to `classes` - 1. The error names the sample of the data set
/// and the position in it: FileError, `Data`.
llvm::Error checkInputClasses(const BatchReader &reader, int64_t classes,
                              bool f64);

} // namespace gradc::data

#endif // GRADC_DATA_BATCHES_H

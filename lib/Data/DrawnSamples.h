//===- DrawnSamples.h - What all drawn data sets have in common -*- C++ -*-===//

#ifndef GRADC_LIB_DATA_DRAWNSAMPLES_H
#define GRADC_LIB_DATA_DRAWNSAMPLES_H

#include "Sources.h"
#include "gradc/Data/Philox.h"

namespace gradc::data {

// Sample i of seed s is drawn from Random(s, word, i): a longer data set begins
// with the shorter one. Inputs are float32, so that a check in double sees the
// very numbers that float training sees.

inline constexpr double kTurn = 6.283185307179586; // of a circle, in radians

/// `length=` with the default of a source of sequences.
constexpr SourceOption makeLengthOption(double defaultValue, double least) {
  return {"length", defaultValue, least, 100'000, true, "steps of a sequence"};
}

/// Draws one sample: fills its inputs and its target.
template <typename Target>
using DrawSample =
    llvm::function_ref<void(Random &, llvm::MutableArrayRef<float> inputs,
                            llvm::MutableArrayRef<Target> target)>;

/// The data set that `request` asks of the source `word`: `count` samples of
/// the shape `sample`, float32, with `width` float32 numbers as a target.
/// `draw` is called once for each sample. Fails with `Resource` where there is
/// too little memory.
llvm::Expected<DataSet> drawNumbers(llvm::StringRef word,
                                    const SourceRequest &request,
                                    llvm::ArrayRef<int64_t> sample,
                                    int64_t width, DrawSample<float> draw);

/// The same with one of `classes` labels, counted from 0, as a target.
llvm::Expected<DataSet> drawClasses(llvm::StringRef word,
                                    const SourceRequest &request,
                                    llvm::ArrayRef<int64_t> sample,
                                    int64_t classes, DrawSample<int32_t> draw);

} // namespace gradc::data

#endif // GRADC_LIB_DATA_DRAWNSAMPLES_H

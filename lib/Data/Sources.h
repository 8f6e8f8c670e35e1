//===- Sources.h - The rows of the table of sources -------------*- C++ -*-===//

#ifndef GRADC_LIB_DATA_SOURCES_H
#define GRADC_LIB_DATA_SOURCES_H

#include "gradc/Data/Source.h"

namespace gradc::data {

// Files.cpp
SourceKind getIdxSource();
SourceKind getNpySource();
// DigitsSource.cpp
SourceKind getDigitsSource();
// Points.cpp
SourceKind getUniformSource();
SourceKind getSpiralsSource();
SourceKind getCircleSource();
SourceKind getBlobsSource();
// One file each
SourceKind getSineSource();
SourceKind getAddingSource();
SourceKind getCopySource();
SourceKind getParitySource();

// A count costs memory, so it has a limit; a seed must be exact as a double.
inline constexpr double kMostSamples = 100'000'000;
inline constexpr double kLargestSeed = 9007199254740991.0;

inline constexpr SourceOption kSeedOption = {
    "seed",
    1,
    0,
    kLargestSeed,
    true,
    "which of all such data sets; the same seed gives the same samples"};

/// `count=` with the default of a source.
constexpr SourceOption makeCountOption(double defaultValue) {
  return {"count", defaultValue, 1, kMostSamples, true, "how many samples"};
}

} // namespace gradc::data

#endif // GRADC_LIB_DATA_SOURCES_H

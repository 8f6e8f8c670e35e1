//===- Figures.h - Numbers as readers like them -----------------*- C++ -*-===//

#ifndef GRADC_DRIVER_FIGURES_H
#define GRADC_DRIVER_FIGURES_H

#include "llvm/ADT/ArrayRef.h"
#include <cstdint>
#include <string>

namespace gradc {

/// `407,050`.
std::string formatCount(int64_t count);
/// `0.9961`, or `3.1200e-05` where four decimals would say nothing.
std::string formatMetric(double value);
/// `4ms/step`, `850us/step`, `2s/step`.
std::string formatStepTime(double seconds);
/// Whole seconds: `0s`, `59s`, `3:07`, `1:00:00`.
std::string formatDuration(double seconds);

/// `values` as small columns on a log scale, in their order, at most `width`
/// of them: neighbours are joined. Zeros stand lowest; `?` is not finite.
std::string formatSparkline(llvm::ArrayRef<double> values, unsigned width,
                            bool isUTF8);
/// A bar of `share` (0 to 1) of `width` columns, filled up with blanks.
std::string formatBar(double share, unsigned width, bool isUTF8);

} // namespace gradc

#endif // GRADC_DRIVER_FIGURES_H

//===- DigitShapes.h - How people write digits ------------------*- C++ -*-===//

#ifndef GRADC_LIB_DATA_DIGITSHAPES_H
#define GRADC_LIB_DATA_DIGITSHAPES_H

#include "llvm/ADT/ArrayRef.h"

namespace gradc::data {

/// A point of the pen: x to the right and y down, both in [0, 1].
struct PenPoint {
  double x, y;
  bool isPenUp() const { return x < 0; }
};

/// The ways of writing `digit`. Each is a list of points; the pen is lifted
/// between strokes.
llvm::ArrayRef<llvm::ArrayRef<PenPoint>> getDigitShapes(int digit);

} // namespace gradc::data

#endif // GRADC_LIB_DATA_DIGITSHAPES_H

//===- ImageGenerics.h - Images placed in larger ones -----------*- C++ -*-===//

#ifndef GRADC_LIB_CONVERSION_IMAGEGENERICS_H
#define GRADC_LIB_CONVERSION_IMAGEGENERICS_H

#include "BuildGeneric.h"
#include "gradc/Dialect/NN/NN.h"

namespace gradc {

/// Writes the elements of `input` to `output`, each through its map.
mlir::Value buildCopy(mlir::OpBuilder &builder, mlir::Location loc,
                      mlir::Value input, mlir::AffineMap inputMap,
                      mlir::Value output, mlir::AffineMap outputMap);

/// Images with something around or between their elements, and the row and
/// column at which the first window begins.
struct PlacedImages {
  mlir::Value images;
  llvm::SmallVector<int64_t> origin{0, 0};
};

/// Along one axis: element i of an image lies at i * stride + offset, seen from
/// the beginning of the first window, which `size` elements follow.
struct Placement {
  int64_t size, stride, offset;
};

/// Places `images` in larger ones, filled with the scalar `fill`.
PlacedImages buildPlaced(mlir::OpBuilder &builder, mlir::Location loc,
                         mlir::Value images, Placement rows, Placement columns,
                         mlir::Value fill);

/// `images` with the padding of `window`: themselves where there is none.
PlacedImages buildPadded(mlir::OpBuilder &builder, mlir::Location loc,
                         mlir::Value images, nn::WindowAttr window,
                         double fill);

/// The gradient of a window's result, placed such that the same window with a
/// stride of 1 and its elements in reverse order sees, at each element of the
/// images of `type`, what that element went into.
PlacedImages buildSpread(mlir::OpBuilder &builder, mlir::Location loc,
                         mlir::Value gradient, nn::WindowAttr window,
                         mlir::RankedTensorType type, mlir::Value fill);

} // namespace gradc

#endif // GRADC_LIB_CONVERSION_IMAGEGENERICS_H

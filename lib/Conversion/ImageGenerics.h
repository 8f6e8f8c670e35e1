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

/// Along one axis: element i of an image lies at i * stride + offset, seen from
/// the beginning of the first window, which `size` elements follow.
struct Placement {
  int64_t size, stride, offset;
};

/// Places `images` in larger ones, filled with the scalar `fill`.
mlir::Value buildPlaced(mlir::OpBuilder &builder, mlir::Location loc,
                        mlir::Value images, Placement rows, Placement columns,
                        mlir::Value fill);

/// `larger` with `tensor` in it: element i of each dimension lies at its offset
/// plus i times its stride.
mlir::Value buildInserted(mlir::OpBuilder &builder, mlir::Location loc,
                          mlir::Value tensor, mlir::Value larger,
                          llvm::ArrayRef<int64_t> offsets,
                          llvm::ArrayRef<int64_t> strides);

/// `images` with the padding of `window`: themselves where there is none.
mlir::Value buildPadded(mlir::OpBuilder &builder, mlir::Location loc,
                        mlir::Value images, nn::WindowAttr window, double fill);

/// The gradient of a window's result, placed such that the same window with a
/// stride of 1 and its elements in reverse order sees, at each element of the
/// images of `type`, what that element went into.
mlir::Value buildSpread(mlir::OpBuilder &builder, mlir::Location loc,
                        mlir::Value gradient, nn::WindowAttr window,
                        mlir::RankedTensorType type, mlir::Value fill);

} // namespace gradc

#endif // GRADC_LIB_CONVERSION_IMAGEGENERICS_H

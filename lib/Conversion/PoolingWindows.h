//===- PoolingWindows.h - Loops over windows of images ----------*- C++ -*-===//

#ifndef GRADC_LIB_CONVERSION_POOLINGWINDOWS_H
#define GRADC_LIB_CONVERSION_POOLINGWINDOWS_H

#include "ImageGenerics.h"

namespace gradc {

/// Joins two elements.
using Join = llvm::function_ref<mlir::Value(mlir::OpBuilder &, mlir::Location,
                                            mlir::Value, mlir::Value)>;

/// The loops of a pooling: samples, channels, rows and columns of the result;
/// for windows of many elements also rows and columns of the kernel.
class PoolingWindows {
public:
  PoolingWindows(mlir::OpBuilder &builder, mlir::Location loc,
                 nn::WindowAttr window)
      : builder(builder), loc(loc), window(window) {}

  /// Whether each element of a window is an operand of one loop nest, which
  /// runs in vectors along any dimension. Of more elements there would be too
  /// many operands; and with a stride of 1, one of them would be read with a
  /// loop alone, which linalg takes for a statement of its length.
  bool isSmall() const;

  /// What `join` makes of the elements of each window, row by row. `fill`, with
  /// which `join` gives back the other element, stands outside the images.
  mlir::Value join(mlir::Value input, mlir::RankedTensorType type, double fill,
                   Join join);

  /// Of each window the index of the first of its largest elements, row by row,
  /// as i32. `type` is that of the pooled images.
  mlir::Value findFirstMax(mlir::Value input, mlir::RankedTensorType type);

  /// `pooled` divided by the elements of each window: all, or those inside an
  /// image of `type`.
  mlir::Value divideByCounts(mlir::Value pooled, mlir::RankedTensorType type,
                             bool countsPadding);

  /// Element `row`, `column` of each window, for the first four loops. The
  /// first window begins behind `margins` rows and columns.
  mlir::AffineMap getElementMap(int64_t row, int64_t column,
                                std::array<int64_t, 2> margins = {0, 0}) const;
  /// The window for all six loops.
  mlir::AffineMap getWindowMap(llvm::ArrayRef<int64_t> strides) const;
  /// The two last of six loops: `buildKernelShape` gives them their sizes.
  mlir::AffineMap getKernelMap() const;
  mlir::Value buildKernelShape(mlir::Type element);
  /// In the body of such loops: the index of the kernel's element, as i32.
  mlir::Value buildKernelIndex(mlir::OpBuilder &b, mlir::Location loc) const;

private:
  mlir::OpBuilder &builder;
  mlir::Location loc;
  nn::WindowAttr window;

  llvm::SmallVector<mlir::AffineMap> getAllElementMaps() const;
  mlir::Value buildCounts(unsigned axis, int64_t size, int64_t places,
                          mlir::Type element);
};

} // namespace gradc

#endif // GRADC_LIB_CONVERSION_POOLINGWINDOWS_H

//===- ChannelOrder.h - Images with channels first or last ------*- C++ -*-===//

#ifndef GRADC_LIB_CONVERSION_CHANNELORDER_H
#define GRADC_LIB_CONVERSION_CHANNELORDER_H

#include "BuildGeneric.h"

namespace gradc {

/// Whether `value` is a tensor of the rank of a batch of images.
bool isImage(mlir::Value value);

/// `[n, c, h, w]` as `[n, h, w, c]`.
template <typename T>
llvm::SmallVector<T> moveChannelsLast(llvm::ArrayRef<T> list) {
  return {list[0], list[2], list[3], list[1]};
}
mlir::RankedTensorType moveChannelsLast(mlir::RankedTensorType type);
/// The map to an image whose channels are moved last.
mlir::AffineMap moveChannelsLast(mlir::AffineMap map);

/// Whether an op only moves elements, between images of which one has its
/// channels last; gives the one that has them first, or null.
mlir::Value findChannelsFirst(mlir::linalg::GenericOp op);

/// The image's elements with the dimensions in another order: `{0, 2, 3, 1}`
/// moves the channels last, `{0, 3, 1, 2}` first. Where nothing moves, because
/// there is one channel or one pixel, it is a reshape.
mlir::Value buildReordered(mlir::OpBuilder &builder, mlir::Location loc,
                           mlir::Value image, llvm::ArrayRef<int64_t> order);

} // namespace gradc

#endif // GRADC_LIB_CONVERSION_CHANNELORDER_H

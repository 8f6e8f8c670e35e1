//===- ImageGenerics.cpp - Images placed in larger ones -------------------===//

#include "ImageGenerics.h"

using namespace mlir;

namespace gradc {

Value buildCopy(OpBuilder &builder, Location loc, Value input,
                AffineMap inputMap, Value output, AffineMap outputMap) {
  return buildGeneric(builder, loc, {input}, {output}, {inputMap, outputMap},
                      {},
                      [](OpBuilder &, Location, ValueRange elements) {
                        return SmallVector<Value>{elements[0]};
                      })
      .getResult(0);
}

Value buildPlaced(OpBuilder &builder, Location loc, Value images,
                  Placement rows, Placement columns, Value fill) {
  auto type = getTensorType(images);
  SmallVector<int64_t> shape(type.getShape());
  shape[2] = rows.size;
  shape[3] = columns.size;
  Value filled =
      linalg::FillOp::create(builder, loc, fill,
                             buildEmpty(builder, loc, type.clone(shape)))
          .getResult(0);
  return buildInserted(builder, loc, images, filled,
                       {0, 0, rows.offset, columns.offset},
                       {1, 1, rows.stride, columns.stride});
}

Value buildInserted(OpBuilder &builder, Location loc, Value tensor,
                    Value larger, ArrayRef<int64_t> offsets,
                    ArrayRef<int64_t> strides) {
  auto toValues = [&](ArrayRef<int64_t> list) {
    return getAsIndexOpFoldResult(builder.getContext(), list);
  };
  return tensor::InsertSliceOp::create(
      builder, loc, tensor, larger, toValues(offsets),
      toValues(getTensorType(tensor).getShape()), toValues(strides));
}

Value buildPadded(OpBuilder &builder, Location loc, Value image,
                  nn::WindowAttr window, double fill) {
  if (!window.isPadded())
    return image;
  auto type = getTensorType(image);
  auto place = [&](unsigned axis) {
    return Placement{window.getPaddedSize(axis, type.getDimSize(2 + axis)),
                     /*stride=*/1, window.getPaddingBefore(axis)};
  };
  Value number = buildConstant(builder, loc, type.getElementType(), fill);
  return buildPlaced(builder, loc, image, place(0), place(1), number);
}

Value buildSpread(OpBuilder &builder, Location loc, Value gradient,
                  nn::WindowAttr window, RankedTensorType type, Value fill) {
  // Element h went through element k of the window into place i where
  // i * stride + k * dilation = h + padding. So i lies at i * stride + reach
  // - 1 - padding: (K - 1 - k) * dilation behind h.
  auto place = [&](unsigned axis) {
    int64_t reach = window.getReach(axis);
    return Placement{type.getDimSize(2 + axis) + reach - 1,
                     window.getStrides()[axis],
                     reach - 1 - window.getPaddingBefore(axis)};
  };
  Placement rows = place(0), columns = place(1);
  auto placed = getTensorType(gradient);
  if (rows.stride == 1 && columns.stride == 1 && rows.offset == 0 &&
      columns.offset == 0 && rows.size == placed.getDimSize(2) &&
      columns.size == placed.getDimSize(3))
    return gradient;
  return buildPlaced(builder, loc, gradient, rows, columns, fill);
}

} // namespace gradc

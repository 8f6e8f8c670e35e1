//===- PoolingWindows.cpp - Loops over windows of images ------------------===//

#include "PoolingWindows.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include <limits>

using namespace mlir;

namespace gradc {

static Value buildIndexConstant(OpBuilder &builder, Location loc,
                                int64_t number) {
  return arith::ConstantOp::create(builder, loc,
                                   builder.getI32IntegerAttr(number));
}

bool PoolingWindows::isSmall() const {
  for (unsigned axis : {0, 1})
    if (window.getStrides()[axis] == 1 && window.getKernel()[axis] > 1)
      return false;
  return window.getNumElements() <= 16;
}

AffineMap PoolingWindows::getElementMap(int64_t row, int64_t column,
                                        std::array<int64_t, 2> margins) const {
  auto at = [&](unsigned axis, int64_t element) {
    return builder.getAffineDimExpr(2 + axis) * window.getStrides()[axis] +
           (element * window.getDilation()[axis] + margins[axis]);
  };
  return AffineMap::get(4, 0,
                        {builder.getAffineDimExpr(0),
                         builder.getAffineDimExpr(1), at(0, row),
                         at(1, column)},
                        builder.getContext());
}

AffineMap PoolingWindows::getWindowMap(ArrayRef<int64_t> strides) const {
  auto at = [&](unsigned axis) {
    return builder.getAffineDimExpr(2 + axis) * strides[axis] +
           builder.getAffineDimExpr(4 + axis) * window.getDilation()[axis];
  };
  return AffineMap::get(
      6, 0,
      {builder.getAffineDimExpr(0), builder.getAffineDimExpr(1), at(0), at(1)},
      builder.getContext());
}

AffineMap PoolingWindows::getKernelMap() const {
  return getProjection(builder, 6, {4, 5});
}

Value PoolingWindows::buildKernelShape(Type element) {
  return buildEmpty(builder, loc,
                    RankedTensorType::get(window.getKernel(), element));
}

SmallVector<AffineMap> PoolingWindows::getAllElementMaps() const {
  SmallVector<AffineMap> maps;
  for (int64_t row = 0; row < window.getKernel()[0]; ++row)
    for (int64_t column = 0; column < window.getKernel()[1]; ++column)
      maps.push_back(getElementMap(row, column));
  return maps;
}

Value PoolingWindows::join(Value input, RankedTensorType type, double fill,
                           Join join) {
  Value padded = buildPadded(builder, loc, input, window, fill);
  if (isSmall()) {
    SmallVector<AffineMap> maps = getAllElementMaps();
    SmallVector<Value> inputs(maps.size(), padded);
    maps.push_back(getIdentity(builder, 4));
    auto body = [&](OpBuilder &builder, Location loc, ValueRange elements) {
      Value joined = elements[0];
      for (Value element : elements.drop_front().drop_back())
        joined = join(builder, loc, joined, element);
      return SmallVector<Value>{joined};
    };
    return buildGeneric(builder, loc, inputs, {buildEmpty(builder, loc, type)},
                        maps, {}, body)
        .getResult(0);
  }
  return buildGeneric(
             builder, loc, {padded, buildKernelShape(type.getElementType())},
             {buildFilled(builder, loc, type, fill)},
             {getWindowMap(window.getStrides()), getKernelMap(),
              getProjection(builder, 6, {0, 1, 2, 3})},
             {4, 5},
             [&](OpBuilder &builder, Location loc, ValueRange elements) {
               return SmallVector<Value>{
                   join(builder, loc, elements[2], elements[0])};
             })
      .getResult(0);
}

/// The larger of two elements and its index; of equal ones the earlier.
static std::pair<Value, Value> selectLarger(OpBuilder &builder, Location loc,
                                            Value best, Value bestIndex,
                                            Value next, Value nextIndex) {
  Value isLarger =
      isGreater(Scalar(builder, loc, next), Scalar(builder, loc, best));
  return {
      arith::SelectOp::create(builder, loc, isLarger, next, best),
      arith::SelectOp::create(builder, loc, isLarger, nextIndex, bestIndex)};
}

Value PoolingWindows::findFirstMax(Value input, RankedTensorType type) {
  constexpr double lowest = -std::numeric_limits<double>::infinity();
  Value padded = buildPadded(builder, loc, input, window, lowest);
  Type indexType = RankedTensorType::get(type.getShape(), builder.getI32Type());
  if (isSmall()) {
    SmallVector<AffineMap> maps = getAllElementMaps();
    SmallVector<Value> inputs(maps.size(), padded);
    maps.push_back(getIdentity(builder, 4));
    auto body = [&](OpBuilder &b, Location loc, ValueRange elements) {
      Value best = elements[0], bestIndex = buildIndexConstant(b, loc, 0);
      for (unsigned i = 1; i + 1 < elements.size(); ++i)
        std::tie(best, bestIndex) =
            selectLarger(b, loc, best, bestIndex, elements[i],
                         buildIndexConstant(b, loc, i));
      return SmallVector<Value>{bestIndex};
    };
    return buildGeneric(builder, loc, inputs,
                        {buildEmpty(builder, loc, indexType)}, maps, {}, body)
        .getResult(0);
  }
  Value zeros =
      linalg::FillOp::create(builder, loc, buildIndexConstant(builder, loc, 0),
                             buildEmpty(builder, loc, indexType))
          .getResult(0);
  AffineMap place = getProjection(builder, 6, {0, 1, 2, 3});
  auto body = [&](OpBuilder &b, Location loc, ValueRange elements) {
    auto [best, bestIndex] =
        selectLarger(b, loc, elements[2], elements[3], elements[0],
                     buildKernelIndex(b, loc));
    return SmallVector<Value>{best, bestIndex};
  };
  return buildGeneric(
             builder, loc, {padded, buildKernelShape(type.getElementType())},
             {buildFilled(builder, loc, type, lowest), zeros},
             {getWindowMap(window.getStrides()), getKernelMap(), place, place},
             {4, 5}, body)
      .getResult(1);
}

Value PoolingWindows::buildKernelIndex(OpBuilder &b, Location loc) const {
  Value row = linalg::IndexOp::create(b, loc, 4);
  Value column = linalg::IndexOp::create(b, loc, 5);
  Value width =
      arith::ConstantOp::create(b, loc, b.getIndexAttr(window.getKernel()[1]));
  Value index = arith::AddIOp::create(
      b, loc, arith::MulIOp::create(b, loc, row, width), column);
  return arith::IndexCastOp::create(b, loc, b.getI32Type(), index);
}

/// Along an axis, for each place of the window, how many of its elements lie
/// inside an image: min(place * stride + kernel, end) - max(place * stride,
/// begin) in the padded one.
Value PoolingWindows::buildCounts(unsigned axis, int64_t size, int64_t places,
                                  Type element) {
  auto body = [&](OpBuilder &b, Location loc, ValueRange) {
    auto constant = [&](int64_t number) -> Value {
      return arith::ConstantOp::create(b, loc, b.getI64IntegerAttr(number));
    };
    Value place = arith::IndexCastOp::create(
        b, loc, b.getI64Type(), linalg::IndexOp::create(b, loc, 0));
    Value begin = arith::MulIOp::create(b, loc, place,
                                        constant(window.getStrides()[axis]));
    Value end = arith::AddIOp::create(b, loc, begin,
                                      constant(window.getKernel()[axis]));
    int64_t before = window.getPaddingBefore(axis);
    end = arith::MinSIOp::create(b, loc, end, constant(before + size));
    begin = arith::MaxSIOp::create(b, loc, begin, constant(before));
    Value count = arith::SubIOp::create(b, loc, end, begin);
    return SmallVector<Value>{arith::SIToFPOp::create(b, loc, element, count)};
  };
  auto type = RankedTensorType::get({places}, element);
  return buildGeneric(builder, loc, {}, {buildEmpty(builder, loc, type)},
                      {getIdentity(builder, 1)}, {}, body)
      .getResult(0);
}

Value PoolingWindows::divideByCounts(Value pooled, RankedTensorType type,
                                     bool countsPadding) {
  auto pooledType = getTensorType(pooled);
  SmallVector<Value> inputs{pooled};
  SmallVector<AffineMap> maps{getIdentity(builder, 4)};
  double all = window.getNumElements();
  if (window.isPadded() && !countsPadding) {
    for (unsigned axis : {0, 1}) {
      inputs.push_back(buildCounts(axis, type.getDimSize(2 + axis),
                                   pooledType.getDimSize(2 + axis),
                                   type.getElementType()));
      maps.push_back(getProjection(builder, 4, {2 + axis}));
    }
  }
  maps.push_back(getIdentity(builder, 4));
  auto body = [&](OpBuilder &b, Location loc, ValueRange elements) {
    Scalar sum(b, loc, elements[0]);
    if (inputs.size() == 1)
      return SmallVector<Value>{sum / all};
    return SmallVector<Value>{
        sum / (Scalar(b, loc, elements[1]) * Scalar(b, loc, elements[2]))};
  };
  return buildGeneric(builder, loc, inputs,
                      {buildEmpty(builder, loc, pooledType)}, maps, {}, body)
      .getResult(0);
}

} // namespace gradc

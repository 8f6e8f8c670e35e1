//===- ChannelOrder.cpp - Images with channels first or last --------------===//

#include "ChannelOrder.h"

using namespace mlir;

namespace gradc {

bool isImage(Value value) {
  auto type = dyn_cast<RankedTensorType>(value.getType());
  return type && type.getRank() == 4;
}

RankedTensorType moveChannelsLast(RankedTensorType type) {
  return RankedTensorType::get(moveChannelsLast(type.getShape()),
                               type.getElementType());
}

AffineMap moveChannelsLast(AffineMap map) {
  return AffineMap::get(map.getNumDims(), 0, moveChannelsLast(map.getResults()),
                        map.getContext());
}

Value findChannelsFirst(linalg::GenericOp op) {
  if (op.getNumDpsInputs() != 1 || op->getNumResults() != 1 ||
      !isImage(op.getInputs()[0]) || !isImage(op.getResult(0)))
    return {};
  Block &body = *op.getBody();
  if (body.getTerminator()->getOperand(0) != body.getArgument(0))
    return {};
  auto maps = op.getIndexingMapsArray();
  if (!maps[0].isPermutation() || !maps[1].isPermutation())
    return {};
  if (moveChannelsLast(maps[1]) == maps[0])
    return op.getResult(0);
  if (moveChannelsLast(maps[0]) == maps[1])
    return op.getInputs()[0];
  return {};
}

Value buildReordered(OpBuilder &builder, Location loc, Value image,
                     ArrayRef<int64_t> order) {
  auto from = getTensorType(image);
  SmallVector<int64_t> shape;
  SmallVector<unsigned> dimensions(4);
  for (auto [place, dimension] : llvm::enumerate(order)) {
    shape.push_back(from.getDimSize(dimension));
    dimensions[dimension] = place;
  }
  auto to = RankedTensorType::get(shape, from.getElementType());
  int64_t channels = from.getDimSize(order[3] == 1 ? 1 : 3);
  int64_t pixels = from.getNumElements() /
                   (from.getDimSize(0) * std::max<int64_t>(1, channels));
  if (channels == 1 || pixels == 1) {
    auto flat =
        RankedTensorType::get({from.getNumElements()}, from.getElementType());
    SmallVector<ReassociationIndices> all{{0, 1, 2, 3}};
    Value joined =
        tensor::CollapseShapeOp::create(builder, loc, flat, image, all);
    return tensor::ExpandShapeOp::create(builder, loc, to, joined, all);
  }
  auto generic = buildGeneric(
      builder, loc, {image}, {buildEmpty(builder, loc, to)},
      {getProjection(builder, 4, dimensions), getIdentity(builder, 4)}, {},
      [](OpBuilder &, Location, ValueRange elements) {
        return SmallVector<Value>{elements[0]};
      });
  return generic.getResult(0);
}

} // namespace gradc

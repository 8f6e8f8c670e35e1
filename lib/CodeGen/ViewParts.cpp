//===- ViewParts.cpp - Parts of buffers as memory of their own ------------===//

#include "gradc/CodeGen/Passes.h"
#include "gradc/Dialect/Kernel/Kernel.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;

namespace gradc {
#define GEN_PASS_DEF_VIEWPARTS
#include "gradc/CodeGen/Passes.h.inc"

static MemRefType getType(Value memory) {
  return cast<MemRefType>(memory.getType());
}

/// The strides, in elements, of memory without gaps.
static SmallVector<int64_t> getStrides(ArrayRef<int64_t> shape) {
  SmallVector<int64_t> strides(shape.size(), 1);
  for (size_t i = shape.size(); i-- > 1;)
    strides[i - 1] = strides[i] * shape[i];
  return strides;
}

namespace {
struct ViewPartsPass : impl::ViewPartsBase<ViewPartsPass> {
  void runOnOperation() override {
    SmallVector<Operation *> parts, copies;
    getOperation()->walk<WalkOrder::PreOrder>([&](Operation *op) {
      if (isa<memref::SubViewOp, memref::CastOp, memref::CollapseShapeOp,
              memref::ExpandShapeOp>(op))
        parts.push_back(op);
      else if (isa<memref::CopyOp>(op))
        copies.push_back(op);
    });
    // What a part is a part of comes before it.
    for (Operation *op : parts)
      if (failed(rewrite(op)))
        return signalPassFailure();
    for (Operation *op : copies)
      lowerCopy(cast<memref::CopyOp>(op));
    getOperation()->walk([](kernel::ProductOp op) { copyParts(op); });
  }

  LogicalResult rewrite(Operation *op) {
    OpBuilder builder(op);
    if (auto part = dyn_cast<memref::SubViewOp>(op))
      return viewPart(builder, part);
    Value source = op->getOperand(0);
    // A cast hides where a part begins: nothing needs that.
    if (auto cast = dyn_cast<memref::CastOp>(op)) {
      auto from = dyn_cast<MemRefType>(source.getType());
      auto to = dyn_cast<MemRefType>(cast.getType());
      if (from && to && from.getShape() == to.getShape()) {
        cast.replaceAllUsesWith(source);
        cast.erase();
      }
      return success();
    }
    // A reshape of what was a part of a buffer.
    if (auto collapse = dyn_cast<memref::CollapseShapeOp>(op)) {
      if (!getType(source).getLayout().isIdentity())
        return success();
      collapse.getResult().setType(
          memref::CollapseShapeOp::computeCollapsedType(
              getType(source), collapse.getReassociationIndices()));
      return success();
    }
    auto expand = cast<memref::ExpandShapeOp>(op);
    auto type = getType(expand.getResult());
    if (getType(source).getLayout().isIdentity())
      expand.getResult().setType(
          MemRefType::get(type.getShape(), type.getElementType()));
    return success();
  }

  /// The distance of a part from the beginning of its buffer: the known
  /// elements, and what else it is, in units of which an element has `units`. A
  /// part of a part counts from the same place.
  struct Distance {
    int64_t elements = 0;
    Value dynamic;
  };
  static Distance findDistance(OpBuilder &builder, memref::SubViewOp part,
                               int64_t units) {
    Location loc = part.getLoc();
    MemRefType source = part.getSourceType();
    Distance distance;
    auto [strides, begin] = source.getStridesAndOffset();
    distance.elements = begin;
    for (auto [offset, stride] : llvm::zip(part.getMixedOffsets(), strides)) {
      if (std::optional<int64_t> known = getConstantIntValue(offset)) {
        distance.elements += *known * stride;
        continue;
      }
      Value scale =
          arith::ConstantIndexOp::create(builder, loc, stride * units);
      Value term =
          arith::MulIOp::create(builder, loc, cast<Value>(offset), scale);
      distance.dynamic =
          distance.dynamic
              ? arith::AddIOp::create(builder, loc, distance.dynamic, term)
                    .getResult()
              : term;
    }
    return distance;
  }

  /// A part without gaps is a view of the buffer's bytes: so it has a type
  /// without a layout, wherever it begins, and all loops and kernels take it. A
  /// part with gaps keeps its layout, and so does one of an argument.
  LogicalResult viewPart(OpBuilder &builder, memref::SubViewOp part) {
    MemRefType source = part.getSourceType(), type = part.getType();
    auto layout = dyn_cast<StridedLayoutAttr>(source.getLayout());
    bool isKnown =
        source.getLayout().isIdentity() || (layout && layout.hasStaticLayout());
    if (!source.hasStaticShape() || !type.hasStaticShape() || !isKnown)
      return part.emitOpError("is no part of static memory");
    SmallVector<int64_t> strides = type.getStridesAndOffset().first;
    bool hasGaps = !isWithoutGaps(type.getShape(), strides);
    memref::ViewOp whole;
    if (!hasGaps)
      whole = findView(part.getSource());
    Value view = whole ? viewBytes(builder, part, whole)
                       : viewElements(builder, part, strides);
    if (hasGaps &&
        ShapedType::isDynamic(
            cast<MemRefType>(view.getType()).getStridesAndOffset().second))
      return part.emitOpError("has gaps, and no fixed place");
    part.replaceAllUsesWith(view);
    part.erase();
    return success();
  }

  static Value viewBytes(OpBuilder &builder, memref::SubViewOp part,
                         memref::ViewOp whole) {
    Location loc = part.getLoc();
    MemRefType type = part.getType();
    int64_t bytes = type.getElementTypeBitWidth() / 8;
    Distance distance = findDistance(builder, part, bytes);
    Value at =
        arith::ConstantIndexOp::create(builder, loc, distance.elements * bytes);
    if (distance.dynamic)
      at = arith::AddIOp::create(builder, loc, distance.dynamic, at);
    at = builder.createOrFold<arith::AddIOp>(loc, whole.getByteShift(), at);
    return memref::ViewOp::create(
        builder, loc, MemRefType::get(type.getShape(), type.getElementType()),
        whole.getSource(), at, ValueRange{});
  }

  static Value viewElements(OpBuilder &builder, memref::SubViewOp part,
                            ArrayRef<int64_t> strides) {
    MemRefType type = part.getType();
    Distance distance = findDistance(builder, part, 1);
    OpFoldResult at = builder.getIndexAttr(distance.elements);
    int64_t offset = distance.elements;
    if (distance.dynamic) {
      Value known =
          arith::ConstantIndexOp::create(builder, part.getLoc(), offset);
      at = builder.createOrFold<arith::AddIOp>(part.getLoc(), distance.dynamic,
                                               known);
      offset = ShapedType::kDynamic;
    }
    auto layout = StridedLayoutAttr::get(builder.getContext(), offset, strides);
    auto strided =
        MemRefType::get(type.getShape(), type.getElementType(), layout);
    SmallVector<OpFoldResult> sizes =
        getAsIndexOpFoldResult(builder.getContext(), type.getShape());
    return memref::ReinterpretCastOp::create(
        builder, part.getLoc(), strided, part.getSource(), at, sizes,
        getAsIndexOpFoldResult(builder.getContext(), strides));
  }

  /// Dimensions of one element have any stride.
  static bool isWithoutGaps(ArrayRef<int64_t> shape,
                            ArrayRef<int64_t> strides) {
    for (auto [size, stride, dense] :
         llvm::zip(shape, strides, getStrides(shape)))
      if (size != 1 && stride != dense)
        return false;
    return true;
  }

  /// The view of bytes that `memory` is, or null. An allocation becomes one.
  static memref::ViewOp findView(Value memory) {
    while (Operation *reshape = memory.getDefiningOp()) {
      if (!isa<memref::CollapseShapeOp, memref::ExpandShapeOp,
               memref::ReinterpretCastOp>(reshape))
        break;
      memory = reshape->getOperand(0);
    }
    if (auto view = memory.getDefiningOp<memref::ViewOp>())
      return view;
    auto alloc = memory.getDefiningOp<memref::AllocOp>();
    if (!alloc || !alloc.getType().hasStaticShape())
      return {};
    OpBuilder builder(alloc);
    Location loc = alloc.getLoc();
    int64_t size = alloc.getType().getNumElements() *
                   (alloc.getType().getElementTypeBitWidth() / 8);
    Value bytes = memref::AllocOp::create(
        builder, loc, MemRefType::get({size}, builder.getI8Type()),
        alloc.getAlignmentAttr());
    Value zero = arith::ConstantIndexOp::create(builder, loc, 0);
    auto view = memref::ViewOp::create(builder, loc, alloc.getType(), bytes,
                                       zero, ValueRange{});
    alloc.replaceAllUsesWith(view.getResult());
    alloc.erase();
    return view;
  }

  /// Kernels walk through memory without gaps: what a product reads from the
  /// inside of an image in its padding, for example, is copied.
  static void copyParts(kernel::ProductOp op) {
    OpBuilder builder(op);
    MutableArrayRef<OpOperand> operands = op->getOpOperands();
    for (OpOperand &operand : operands.drop_back(op.getOutputs().size())) {
      auto type = dyn_cast<MemRefType>(operand.get().getType());
      if (!type || !type.hasStaticShape() || type.getLayout().isIdentity())
        continue;
      Value whole = memref::AllocOp::create(
          builder, op.getLoc(),
          MemRefType::get(type.getShape(), type.getElementType()));
      linalg::CopyOp::create(builder, op.getLoc(), operand.get(), whole);
      operand.set(whole);
    }
  }

  /// A copy between memory with gaps is a loop; without, it is a call that LLVM
  /// knows.
  static void lowerCopy(memref::CopyOp copy) {
    auto isIdentity = [](Value memory) {
      return getType(memory).getLayout().isIdentity();
    };
    if (isIdentity(copy.getSource()) && isIdentity(copy.getTarget()))
      return;
    OpBuilder builder(copy);
    linalg::CopyOp::create(builder, copy.getLoc(), copy.getSource(),
                           copy.getTarget());
    copy.erase();
  }
};
} // namespace
} // namespace gradc

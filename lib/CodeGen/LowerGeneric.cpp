//===- LowerGeneric.cpp - Loops over vectors for linalg.generic -----------===//

#include "CostModel.h"
#include "GenericEmitter.h"
#include "OutlineRepeated.h"
#include "gradc/CodeGen/Passes.h"
#include "mlir/Dialect/Linalg/Transforms/Transforms.h"

using namespace mlir;

namespace gradc {
#define GEN_PASS_DEF_LOWERGENERIC
#include "gradc/CodeGen/Passes.h.inc"

/// The same memory, seen in another shape.
static Value viewAs(OpBuilder &builder, Location loc, Value memory,
                    ArrayRef<int64_t> shape) {
  auto type = MemRefType::get(shape, getElementTypeOrSelf(memory.getType()));
  if (memory.getType() == type)
    return memory;
  SmallVector<OpFoldResult> sizes, strides;
  int64_t stride = type.getNumElements();
  for (int64_t size : shape) {
    stride /= size;
    sizes.push_back(builder.getIndexAttr(size));
    strides.push_back(builder.getIndexAttr(stride));
  }
  return memref::ReinterpretCastOp::create(
      builder, loc, type, memory, builder.getIndexAttr(0), sizes, strides);
}

/// Joins all dimensions where every operand is the whole iteration space or a
/// single number: one long loop instead of a nest. Where `sharesWork`, a very
/// long one is cut into equal parts, for threads to take.
static FailureOr<linalg::GenericOp>
collapse(IRRewriter &rewriter, linalg::GenericOp op, bool sharesWork) {
  unsigned rank = op.getNumLoops();
  if (rank < 1 || op.hasIndexSemantics())
    return failure();
  auto iterators = op.getIteratorTypesArray();
  if (!llvm::all_equal(iterators))
    return failure();
  for (AffineMap map : op.getIndexingMapsArray())
    if (!map.isIdentity() && map.getNumResults() != 0)
      return failure();
  int64_t count = 1;
  for (int64_t size : op.getStaticLoopRanges()) {
    if (ShapedType::isDynamic(size) || size == 0)
      return failure();
    count *= size;
  }
  int64_t share = 0;
  if (sharesWork && iterators[0] == utils::IteratorType::parallel &&
      paysToShare(0, count))
    share = chooseShare(count);
  SmallVector<int64_t> shape{count};
  if (share)
    shape = {count / share, share};

  rewriter.setInsertionPoint(op);
  SmallVector<Value> operands;
  SmallVector<AffineMap> maps;
  for (auto [operand, map] :
       llvm::zip(op->getOperands(), op.getIndexingMapsArray())) {
    bool isWhole = map.getNumResults() != 0;
    auto type = dyn_cast<MemRefType>(operand.getType());
    if (isWhole && !type.getLayout().isIdentity())
      return failure();
    operands.push_back(isWhole ? viewAs(rewriter, op.getLoc(), operand, shape)
                               : operand);
    maps.push_back(
        isWhole ? rewriter.getMultiDimIdentityMap(shape.size())
                : AffineMap::get(shape.size(), 0, rewriter.getContext()));
  }
  unsigned numInputs = op.getNumDpsInputs();
  SmallVector<utils::IteratorType> loops(shape.size(), iterators[0]);
  auto joined = linalg::GenericOp::create(
      rewriter, op.getLoc(), TypeRange(),
      ValueRange(operands).take_front(numInputs),
      ValueRange(operands).drop_front(numInputs), maps, loops);
  rewriter.inlineRegionBefore(op.getRegion(), joined.getRegion(),
                              joined.getRegion().end());
  rewriter.eraseOp(op);
  return joined;
}

/// A reshape of a whole static buffer is the same memory seen otherwise.
static LogicalResult flattenReshape(IRRewriter &rewriter, Operation *op) {
  auto from = cast<MemRefType>(op->getOperand(0).getType());
  auto to = cast<MemRefType>(op->getResult(0).getType());
  if (!from.hasStaticShape() || from.getNumElements() == 0 ||
      !from.getLayout().isIdentity() || !to.getLayout().isIdentity())
    return op->emitOpError("reshapes a part of a buffer");
  rewriter.setInsertionPoint(op);
  rewriter.replaceOp(
      op, viewAs(rewriter, op->getLoc(), op->getOperand(0), to.getShape()));
  return success();
}

namespace {
struct LowerGenericPass : impl::LowerGenericBase<LowerGenericPass> {
  using Base::Base;

  void runOnOperation() override {
    IRRewriter rewriter(&getContext());
    SmallVector<linalg::LinalgOp> ops;
    getOperation().walk([&](linalg::LinalgOp op) {
      if (isa<linalg::GenericOp, linalg::FillOp, linalg::CopyOp>(op) &&
          op.hasPureBufferSemantics())
        ops.push_back(op);
    });
    SmallVector<linalg::GenericOp> generics;
    for (linalg::LinalgOp op : ops) {
      if (lowerSingleFill(rewriter, op))
        continue;
      FailureOr<linalg::GenericOp> generic = simplify(rewriter, op);
      if (failed(generic))
        return signalPassFailure();
      generics.push_back(*generic);
    }
    for (linalg::GenericOp generic :
         outlineRepeated(getOperation(), rewriter, generics))
      if (failed(lower(rewriter, generic)))
        return signalPassFailure();
    if (failed(flattenReshapes(rewriter)))
      signalPassFailure();
  }

  /// A fill of one element, as every sum begins with, is a store.
  static bool lowerSingleFill(IRRewriter &rewriter, linalg::LinalgOp op) {
    auto fill = dyn_cast<linalg::FillOp>(op.getOperation());
    if (!fill || cast<MemRefType>(fill.getOutputs()[0].getType()).getRank())
      return false;
    rewriter.setInsertionPoint(fill);
    rewriter.replaceOpWithNewOp<memref::StoreOp>(
        fill, fill.getInputs()[0], fill.getOutputs()[0], ValueRange{});
    return true;
  }

  /// A generic with as few loops as can be.
  FailureOr<linalg::GenericOp> simplify(IRRewriter &rewriter,
                                        linalg::LinalgOp op) {
    rewriter.setInsertionPoint(op);
    auto generic = dyn_cast<linalg::GenericOp>(op.getOperation());
    if (!generic) {
      FailureOr<linalg::GenericOp> made =
          linalg::generalizeNamedOp(rewriter, op);
      if (failed(made))
        return op.emitOpError("has no loops");
      generic = *made;
    }
    FailureOr<linalg::GenericOp> joined = collapse(rewriter, generic, parallel);
    return succeeded(joined) ? *joined : generic;
  }

  LogicalResult lower(IRRewriter &rewriter, linalg::GenericOp generic) {
    rewriter.setInsertionPoint(generic);
    if (failed(GenericEmitter(rewriter, generic, parallel).emit()))
      return failure();
    rewriter.eraseOp(generic);
    return success();
  }

  LogicalResult flattenReshapes(IRRewriter &rewriter) {
    SmallVector<Operation *> reshapes;
    getOperation().walk([&](Operation *op) {
      if (isa<memref::CollapseShapeOp, memref::ExpandShapeOp>(op))
        reshapes.push_back(op);
    });
    for (Operation *op : reshapes)
      if (failed(flattenReshape(rewriter, op)))
        return failure();
    return success();
  }
};
} // namespace
} // namespace gradc

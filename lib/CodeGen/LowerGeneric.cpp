//===- LowerGeneric.cpp - Loops over vectors for linalg.generic -----------===//

#include "GenericEmitter.h"
#include "OutlineRepeated.h"
#include "gradc/CodeGen/Passes.h"
#include "mlir/Dialect/Linalg/Transforms/Transforms.h"

using namespace mlir;

namespace gradc {
#define GEN_PASS_DEF_LOWERGENERIC
#include "gradc/CodeGen/Passes.h.inc"

/// Joins all dimensions where every operand is the whole iteration space or a
/// single number: one long loop instead of a nest.
static FailureOr<linalg::GenericOp> collapse(IRRewriter &rewriter,
                                             linalg::GenericOp op) {
  unsigned rank = op.getNumLoops();
  if (rank < 2 || op.hasIndexSemantics())
    return failure();
  auto iterators = op.getIteratorTypesArray();
  if (!llvm::all_equal(iterators))
    return failure();
  for (AffineMap map : op.getIndexingMapsArray())
    if (!map.isIdentity() && map.getNumResults() != 0)
      return failure();

  rewriter.setInsertionPoint(op);
  ReassociationIndices all = llvm::to_vector(llvm::seq<int64_t>(rank));
  SmallVector<Value> operands;
  SmallVector<AffineMap> maps;
  for (auto [operand, map] :
       llvm::zip(op->getOperands(), op.getIndexingMapsArray())) {
    bool isWhole = map.getNumResults() != 0;
    if (isWhole &&
        !cast<MemRefType>(operand.getType()).getLayout().isIdentity())
      return failure();
    operands.push_back(isWhole ? memref::CollapseShapeOp::create(
                                     rewriter, op.getLoc(), operand,
                                     SmallVector<ReassociationIndices>{all})
                                     .getResult()
                               : operand);
    maps.push_back(isWhole ? rewriter.getMultiDimIdentityMap(1)
                           : AffineMap::get(1, 0, rewriter.getContext()));
  }
  unsigned numInputs = op.getNumDpsInputs();
  auto joined = linalg::GenericOp::create(
      rewriter, op.getLoc(), TypeRange(),
      ValueRange(operands).take_front(numInputs),
      ValueRange(operands).drop_front(numInputs), maps,
      ArrayRef<utils::IteratorType>(iterators[0]));
  rewriter.inlineRegionBefore(op.getRegion(), joined.getRegion(),
                              joined.getRegion().end());
  rewriter.eraseOp(op);
  return joined;
}

/// A reshape of a whole static buffer is the same memory seen otherwise.
static LogicalResult flattenReshape(IRRewriter &rewriter, Operation *op) {
  auto from = cast<MemRefType>(op->getOperand(0).getType());
  auto to = cast<MemRefType>(op->getResult(0).getType());
  if (!from.hasStaticShape() || !from.getLayout().isIdentity() ||
      !to.getLayout().isIdentity())
    return op->emitOpError("reshapes a part of a buffer");
  rewriter.setInsertionPoint(op);
  SmallVector<OpFoldResult> sizes, strides;
  int64_t stride = to.getNumElements();
  for (int64_t size : to.getShape()) {
    stride /= size;
    sizes.push_back(rewriter.getIndexAttr(size));
    strides.push_back(rewriter.getIndexAttr(stride));
  }
  rewriter.replaceOpWithNewOp<memref::ReinterpretCastOp>(
      op, to, op->getOperand(0), rewriter.getIndexAttr(0), sizes, strides);
  return success();
}

namespace {
struct LowerGenericPass : impl::LowerGenericBase<LowerGenericPass> {
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

  /// A generic with as few loops as can be.
  static FailureOr<linalg::GenericOp> simplify(IRRewriter &rewriter,
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
    FailureOr<linalg::GenericOp> joined = collapse(rewriter, generic);
    return succeeded(joined) ? *joined : generic;
  }

  static LogicalResult lower(IRRewriter &rewriter, linalg::GenericOp generic) {
    rewriter.setInsertionPoint(generic);
    if (failed(GenericEmitter(rewriter, generic).emit()))
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

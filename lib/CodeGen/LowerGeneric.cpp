//===- LowerGeneric.cpp - Loops over vectors for linalg.generic -----------===//

#include "GenericEmitter.h"
#include "OutlineRepeated.h"
#include "SimplifyLoops.h"
#include "gradc/CodeGen/Passes.h"
#include "mlir/Dialect/Linalg/Transforms/Transforms.h"

using namespace mlir;

namespace gradc {
#define GEN_PASS_DEF_LOWERGENERIC
#include "gradc/CodeGen/Passes.h.inc"

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
    return simplifyLoops(rewriter, generic, parallel);
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

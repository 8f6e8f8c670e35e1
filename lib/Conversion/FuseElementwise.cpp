//===- FuseElementwise.cpp - One pass over memory for a chain -------------===//

#include "gradc/Conversion/Passes.h"
#include "mlir/Dialect/Linalg/Transforms/Transforms.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

using namespace mlir;

namespace gradc {
#define GEN_PASS_DEF_FUSEELEMENTWISE
#include "gradc/Conversion/Passes.h.inc"

/// How often a generic's body runs.
static int64_t countTurns(linalg::LinalgOp op) {
  int64_t turns = 1;
  for (int64_t size : op.getStaticLoopRanges())
    turns *= size;
  return turns;
}

/// Whether fusion would compute again, for each of many elements, what was
/// computed once for all of them: the factor of a channel for each pixel.
static bool wouldRepeat(OpOperand *operand) {
  auto producer = operand->get().getDefiningOp<linalg::GenericOp>();
  auto consumer = dyn_cast<linalg::GenericOp>(operand->getOwner());
  return producer && consumer &&
         !producer.getBody()->without_terminator().empty() &&
         countTurns(producer) < countTurns(consumer);
}

/// Whether fusion would make several tensors lie across the vectors of the
/// loops, where now one does: a producer of many inputs, read transposed.
static bool wouldTransposeMore(OpOperand *operand) {
  auto producer = operand->get().getDefiningOp<linalg::GenericOp>();
  auto consumer = dyn_cast<linalg::GenericOp>(operand->getOwner());
  if (!producer || !consumer || consumer.getNumLoops() == 0)
    return false;
  AffineMap map = consumer.getMatchingIndexingMap(operand);
  unsigned last = consumer.getNumLoops() - 1;
  bool isAcross = map.getNumResults() > 1 && map.isFunctionOfDim(last) &&
                  !map.getResult(map.getNumResults() - 1).isFunctionOfDim(last);
  unsigned numTensors =
      llvm::count_if(producer.getDpsInputOperands(), [&](OpOperand *input) {
        return producer.getMatchingIndexingMap(input).getNumResults() > 1;
      });
  return isAcross && numTensors > 1;
}

namespace {
struct FuseElementwisePass : impl::FuseElementwiseBase<FuseElementwisePass> {
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    // Computing a value again for a second user would cost more than a pass
    // over memory where the value is an exponential.
    auto control = [](OpOperand *operand) {
      return operand->get().hasOneUse() && !wouldRepeat(operand) &&
             !wouldTransposeMore(operand);
    };
    linalg::populateElementwiseOpsFusionPatterns(patterns, control);
    GreedyRewriteConfig config;
    // Nothing here has blocks to simplify, and equal constants cost nothing.
    config.setRegionSimplificationLevel(GreedySimplifyRegionLevel::Disabled)
        .enableConstantCSE(false);
    if (failed(
            applyPatternsGreedily(getOperation(), std::move(patterns), config)))
      signalPassFailure();
  }
};
} // namespace
} // namespace gradc

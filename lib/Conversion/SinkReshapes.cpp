//===- SinkReshapes.cpp - Loops over matrices instead of images -----------===//

#include "gradc/Conversion/Passes.h"
#include "mlir/Dialect/Linalg/Transforms/Transforms.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

using namespace mlir;

namespace gradc {
#define GEN_PASS_DEF_SINKRESHAPES
#include "gradc/Conversion/Passes.h.inc"

/// Whether `value` is made of numbers alone, as a mask that is drawn is: then
/// its reshape costs nothing where it stands, and tells nothing of how a
/// product's result lies.
static bool isDrawn(Value value) {
  auto generic = value.getDefiningOp<linalg::GenericOp>();
  return generic && generic.getNumDpsInputs() == 0;
}

namespace {
struct SinkReshapesPass : impl::SinkReshapesBase<SinkReshapesPass> {
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    auto sinksProducts = [](OpOperand *operand) {
      auto reshape = operand->get().getDefiningOp<tensor::ExpandShapeOp>();
      return reshape && !isDrawn(reshape.getSrc());
    };
    linalg::populateFoldReshapeOpsByCollapsingPatterns(patterns, sinksProducts);
    tensor::CollapseShapeOp::getCanonicalizationPatterns(patterns,
                                                         &getContext());
    tensor::ExpandShapeOp::getCanonicalizationPatterns(patterns, &getContext());
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

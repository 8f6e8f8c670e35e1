//===- SinkReshapes.cpp - Loops over matrices instead of images -----------===//

#include "gradc/Conversion/Passes.h"
#include "mlir/Dialect/Linalg/Transforms/Transforms.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

using namespace mlir;

namespace gradc {
#define GEN_PASS_DEF_SINKRESHAPES
#include "gradc/Conversion/Passes.h.inc"

namespace {
struct SinkReshapesPass : impl::SinkReshapesBase<SinkReshapesPass> {
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    auto sinksProducts = [](OpOperand *operand) {
      return operand->get().getDefiningOp<tensor::ExpandShapeOp>() != nullptr;
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

//===- FuseElementwise.cpp - One pass over memory for a chain -------------===//

#include "gradc/Conversion/Passes.h"
#include "mlir/Dialect/Linalg/Transforms/Transforms.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

using namespace mlir;

namespace gradc {
#define GEN_PASS_DEF_FUSEELEMENTWISE
#include "gradc/Conversion/Passes.h.inc"

namespace {
struct FuseElementwisePass : impl::FuseElementwiseBase<FuseElementwisePass> {
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    // Computing a value again for a second user would cost more than a pass
    // over memory where the value is an exponential.
    auto control = [](OpOperand *operand) {
      return operand->get().hasOneUse();
    };
    linalg::populateElementwiseOpsFusionPatterns(patterns, control);
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};
} // namespace
} // namespace gradc

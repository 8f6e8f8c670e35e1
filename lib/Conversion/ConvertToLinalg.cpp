//===- ConvertToLinalg.cpp - Lower networks' mathematics to linalg --------===//

#include "gradc/Conversion/Passes.h"
#include "mlir/Transforms/WalkPatternRewriteDriver.h"

using namespace mlir;

namespace gradc {
#define GEN_PASS_DEF_CONVERTTOLINALG
#include "gradc/Conversion/Passes.h.inc"

namespace {
struct ConvertToLinalgPass : impl::ConvertToLinalgBase<ConvertToLinalgPass> {
  void runOnOperation() override {
    // First: what is inside a scan's body is then inside a loop.
    RewritePatternSet scans(&getContext());
    populateScanToLoopsPatterns(scans);
    walkAndApplyPatterns(getOperation(), std::move(scans));
    RewritePatternSet patterns(&getContext());
    populatePointwiseToLinalgPatterns(patterns);
    populateMatmulToLinalgPatterns(patterns);
    populateConvolutionToLinalgPatterns(patterns);
    populatePoolingToLinalgPatterns(patterns);
    populatePoolingGradientsToLinalgPatterns(patterns);
    populateReductionToLinalgPatterns(patterns);
    populateSoftmaxToLinalgPatterns(patterns);
    populateClipToLinalgPatterns(patterns);
    populateRandomToLinalgPatterns(patterns);
    populateNormalizationToLinalgPatterns(patterns);
    populatePreluToLinalgPatterns(patterns);
    populatePartsToLinalgPatterns(patterns);
    populateConcatToLinalgPatterns(patterns);
    populateOrthonormalizeToLoopsPatterns(patterns);
    populateLookupToLinalgPatterns(patterns);
    walkAndApplyPatterns(getOperation(), std::move(patterns));
    eraseUnusedRules();
    checkNothingIsLeft();
  }

  /// A rule has served once its updates are lowered.
  void eraseUnusedRules() {
    getOperation()->walk([](OptimizerOpInterface rule) {
      if (rule->use_empty())
        rule->erase();
    });
  }

  void checkNothingIsLeft() {
    getOperation()->walk([&](Operation *op) {
      if (!isa_and_nonnull<nn::NNDialect, train::TrainDialect>(
              op->getDialect()))
        return;
      op->emitOpError("has no lowering to linalg");
      signalPassFailure();
    });
  }
};
} // namespace
} // namespace gradc

//===- CloneForInference.cpp - The two forms of a network -----------------===//

#include "gradc/Transforms/Passes.h"

using namespace mlir;

namespace gradc {
#define GEN_PASS_DEF_CLONEFORINFERENCE
#include "gradc/Transforms/Passes.h.inc"

namespace {
struct CloneForInferencePass
    : impl::CloneForInferenceBase<CloneForInferencePass> {
  void runOnOperation() override {
    SmallVector<nn::NetworkOp> networks(getOperation().getOps<nn::NetworkOp>());
    for (nn::NetworkOp network : networks)
      if (!network->hasAttr(nn::inferenceAttr)) {
        if (failed(checkNotDifferentiated(network)))
          return signalPassFailure();
        cloneForInference(network);
      }
  }

  /// Updates cannot be left out: what assigns them would lose its value.
  static LogicalResult checkNotDifferentiated(nn::NetworkOp network) {
    WalkResult walked = network.walk([](train::UpdateOp update) -> WalkResult {
      return update.emitOpError("stands in a network that has no inference "
                                "form yet");
    });
    return failure(walked.wasInterrupted());
  }

  static void cloneForInference(nn::NetworkOp network) {
    OpBuilder builder(network);
    builder.setInsertionPointAfter(network);
    auto clone = cast<nn::NetworkOp>(builder.clone(*network));
    clone.setSymName((network.getSymName() + "_inference").str());
    clone->setAttr(nn::inferenceAttr, builder.getUnitAttr());
    // What is minimized in training is measured in evaluation.
    clone.walk([](train::MinimizeOp minimize) {
      OpBuilder builder(minimize);
      train::MeasureOp::create(builder, minimize.getLoc(), "loss",
                               minimize.getLosses());
    });
    // A rule is used by the `train.minimize` after it: erase from the end.
    for (Operation &op :
         llvm::make_early_inc_range(llvm::reverse(clone.getBody().front())))
      if (op.hasTrait<train::OnlyInTraining>())
        op.erase();
  }
};
} // namespace
} // namespace gradc

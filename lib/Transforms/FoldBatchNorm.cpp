//===- FoldBatchNorm.cpp - Scale weights instead of results ---------------===//

#include "gradc/Transforms/Passes.h"

using namespace mlir;

namespace gradc {
#define GEN_PASS_DEF_FOLDBATCHNORM
#include "gradc/Transforms/Passes.h.inc"

/// Whether it is less work to scale what `producer` is made of.
static bool pays(ScalableOpInterface producer, nn::ScaleUnitsOp scale) {
  std::optional<int64_t> elements =
      producer.countScaledElements(int64_t(scale.getAxis()));
  return elements && *elements < scale.getType().getNumElements();
}

namespace {
struct FoldBatchNormPass : impl::FoldBatchNormBase<FoldBatchNormPass> {
  void runOnOperation() override {
    // In training the weights before a normalization have to stay what they
    // are: they are updated.
    if (!getOperation()->hasAttr(nn::inferenceAttr))
      return;
    SmallVector<nn::ScaleUnitsOp> scales;
    getOperation().walk(
        [&](nn::ScaleUnitsOp scale) { scales.push_back(scale); });
    for (nn::ScaleUnitsOp scale : scales)
      fold(scale);
  }

  static void fold(nn::ScaleUnitsOp scale) {
    Value input = scale.getInput();
    auto producer = input.getDefiningOp<ScalableOpInterface>();
    if (!producer || !input.hasOneUse() || !pays(producer, scale))
      return;
    OpBuilder builder(scale);
    scale.replaceAllUsesWith(producer.buildScaled(builder, scale.getFactor(),
                                                  int64_t(scale.getAxis())));
    scale.erase();
    eraseUnused(producer);
  }

  /// What was built again, from its end to its beginning.
  static void eraseUnused(Operation *op) {
    while (op && op->use_empty() && isa<ScalableOpInterface>(op)) {
      Operation *before = op->getOperand(0).getDefiningOp();
      op->erase();
      op = before;
    }
  }
};
} // namespace
} // namespace gradc

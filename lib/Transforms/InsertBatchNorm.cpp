//===- InsertBatchNorm.cpp - Normalize before every activation ------------===//

#include "LayerChains.h"
#include "gradc/Transforms/Passes.h"

using namespace mlir;

namespace gradc {
#define GEN_PASS_DEF_INSERTBATCHNORM
#include "gradc/Transforms/Passes.h.inc"

/// Says why nothing is inserted behind a layer.
static void remark(WeightedLayerOpInterface layer, StringRef reason) {
  emitRemark(layer.getLoc()) << "no batch normalization after '"
                             << layer.getLayerName() << "': " << reason;
}

namespace {
struct InsertBatchNormPass : impl::InsertBatchNormBase<InsertBatchNormPass> {
  using Base::Base;

  void runOnOperation() override {
    if (!(momentum >= 0 && momentum <= 1) ||
        !NumberRange::positive().contains(eps)) {
      emitError(getOperation().getLoc())
          << "insert-batch-norm needs a momentum of at least 0 and at most 1 "
             "and an eps greater than 0";
      return signalPassFailure();
    }
    SmallVector<WeightedLayerOpInterface> layers;
    getOperation().walk(
        [&](WeightedLayerOpInterface layer) { layers.push_back(layer); });
    for (WeightedLayerOpInterface layer : layers)
      insertAfter(layer);
  }

  void insertAfter(WeightedLayerOpInterface layer) {
    Value output = layer->getResult(0);
    SmallVector<OpOperand *> activations;
    for (OpOperand &use : output.getUses()) {
      if (isa<nn::BatchNormOp>(use.getOwner()))
        return remark(layer, "one stands there already");
      if (isActivation(use.getOwner()))
        activations.push_back(&use);
    }
    if (activations.empty())
      return;
    if (layer.isRecurrent())
      return remark(layer, "the layer is recurrent, and statistics over all "
                           "steps would not be those of its inner sums");
    if (llvm::any_of(activations, [](OpOperand *use) {
          return isOutput(use->getOwner()->getResult(0));
        }))
      return remark(layer, "its activation is what the network predicts");
    insert(layer, activations);
  }

  void insert(WeightedLayerOpInterface layer,
              ArrayRef<OpOperand *> activations) {
    Value output = layer->getResult(0);
    OpBuilder builder(layer);
    builder.setInsertionPointAfter(layer);
    Value normalized = nn::BatchNormOp::create(
        builder, layer.getLoc(), (layer.getLayerName() + ".batchnorm").str(),
        output, APFloat(double(momentum)), APFloat(double(eps)));
    for (OpOperand *use : activations)
      use->set(normalized);
    if (output.hasOneUse())
      layer.dropBias();
  }
};
} // namespace
} // namespace gradc

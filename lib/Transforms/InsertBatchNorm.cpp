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

/// The activation behind `op`, or `op` itself, through layers without weights
/// that take one value and give one: a dropout, a pooling. Where there is none,
/// the op that ends the search.
static Operation *findEnd(Operation *op) {
  while (!isActivation(op) && !isa<nn::BatchNormOp>(op) &&
         isa<LayerOpInterface>(op) && !isa<WeightedLayerOpInterface>(op) &&
         op->getNumOperands() == 1 && op->getNumResults() == 1 &&
         op->getResult(0).hasOneUse())
    op = *op->getResult(0).user_begin();
  return op;
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
    SmallVector<OpOperand *> uses;
    bool isPredicted = false, isJoined = false;
    for (OpOperand &use : layer->getResult(0).getUses()) {
      Operation *end = findEnd(use.getOwner());
      if (isa<nn::BatchNormOp>(end))
        return remark(layer, "one stands there already");
      isJoined |= isa<LayerOpInterface>(end) && end->getNumOperands() > 1;
      if (!isActivation(end))
        continue;
      uses.push_back(&use);
      isPredicted |= isOutput(end->getResult(0));
    }
    if (uses.empty() && isJoined)
      return remark(layer, "its sums join other values before an activation");
    if (uses.empty())
      return;
    if (layer.isRecurrent())
      return remark(layer, "the layer is recurrent, and statistics over all "
                           "steps would not be those of its inner sums");
    if (isPredicted)
      return remark(layer, "its activation is what the network predicts");
    insert(layer, uses);
  }

  void insert(WeightedLayerOpInterface layer, ArrayRef<OpOperand *> uses) {
    Value output = layer->getResult(0);
    OpBuilder builder(layer);
    builder.setInsertionPointAfter(layer);
    Value normalized = nn::BatchNormOp::create(
        builder, layer.getLoc(), (layer.getLayerName() + ".batchnorm").str(),
        output, APFloat(double(momentum)), APFloat(double(eps)));
    for (OpOperand *use : uses)
      use->set(normalized);
    if (output.hasOneUse())
      layer.dropBias();
  }
};
} // namespace
} // namespace gradc

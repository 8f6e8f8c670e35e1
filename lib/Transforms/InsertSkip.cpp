//===- InsertSkip.cpp - Shortcuts around weighted layers ------------------===//

#include "LayerChains.h"
#include "gradc/Transforms/Passes.h"

using namespace mlir;

namespace gradc {
#define GEN_PASS_DEF_INSERTSKIP
#include "gradc/Transforms/Passes.h.inc"

/// Says why no shortcut goes around a layer.
static void remark(WeightedLayerOpInterface layer, StringRef reason) {
  emitRemark(layer.getLoc())
      << "no skip around '" << layer.getLayerName() << "': " << reason;
}

/// Behind the activation of a layer, with the layers between them that take
/// and give one value of one shape; behind the layer itself where none follows.
static Value findEnd(WeightedLayerOpInterface layer) {
  Value end = layer->getResult(0);
  for (Value value = end; value.hasOneUse();) {
    Operation *next = *value.user_begin();
    bool goesOn = (isActivation(next) || isa<LayerOpInterface>(next)) &&
                  !isa<WeightedLayerOpInterface>(next) &&
                  next->getNumOperands() == 1 && next->getNumResults() == 1 &&
                  next->getResult(0).getType() == value.getType();
    if (!goesOn)
      break;
    value = next->getResult(0);
    if (isActivation(next))
      return value;
  }
  return end;
}

namespace {
struct InsertSkipPass : impl::InsertSkipBase<InsertSkipPass> {
  void runOnOperation() override {
    SmallVector<WeightedLayerOpInterface> layers;
    getOperation().walk(
        [&](WeightedLayerOpInterface layer) { layers.push_back(layer); });
    for (WeightedLayerOpInterface layer : layers)
      insertAround(layer);
  }

  void insertAround(WeightedLayerOpInterface layer) {
    Value start = layer->getOperand(0), end = findEnd(layer);
    auto endsThere = [&](Operation *user) {
      auto skip = dyn_cast<nn::SkipOp>(user);
      return skip && skip.getBody() == end;
    };
    if (llvm::any_of(end.getUsers(), endsThere))
      return remark(layer, "one ends there already");
    if (isOutput(end))
      return remark(layer, "what it gives is what the network predicts");
    if (start.getType() != end.getType())
      return remark(layer, "it gives another shape than it gets");
    OpBuilder builder(layer);
    builder.setInsertionPointAfterValue(end);
    Value sum =
        nn::SkipOp::create(builder, layer.getLoc(), end.getType(),
                           (layer.getLayerName() + ".skip").str(), start, end);
    end.replaceAllUsesExcept(sum, sum.getDefiningOp());
  }
};
} // namespace
} // namespace gradc

//===- ExpandLayers.cpp - Replace layers by the ops they stand for --------===//

#include "gradc/Transforms/Passes.h"

using namespace mlir;

namespace gradc {
#define GEN_PASS_DEF_EXPANDLAYERS
#include "gradc/Transforms/Passes.h.inc"

namespace {
struct ExpandLayersPass : impl::ExpandLayersBase<ExpandLayersPass> {
  void runOnOperation() override {
    FunctionOpInterface function = getOperation();
    LayerMode mode = function->hasAttr(nn::inferenceAttr) ? LayerMode::Inference
                                                          : LayerMode::Training;
    WalkResult walked = function.walk([&](LayerOpInterface layer) {
      OpBuilder builder(layer);
      FailureOr<SmallVector<Value>> values = layer.expand(builder, mode);
      if (failed(values))
        return WalkResult::interrupt();
      if (values->size() != layer->getNumResults()) {
        layer->emitOpError("expands to ")
            << values->size() << " values for its " << layer->getNumResults()
            << " results";
        return WalkResult::interrupt();
      }
      layer->replaceAllUsesWith(*values);
      layer->erase();
      return WalkResult::advance();
    });
    if (walked.wasInterrupted())
      signalPassFailure();
  }
};
} // namespace
} // namespace gradc

//===- PenalizeWeights.cpp - Add weight decay to the loss -----------------===//

#include "gradc/Transforms/Passes.h"

using namespace mlir;

namespace gradc {
#define GEN_PASS_DEF_PENALIZEWEIGHTS
#include "gradc/Transforms/Passes.h.inc"

/// What the train section asks of all weights. A layer's own option goes before
/// it, also where it asks for less.
static double getFactor(FloatAttr own, double global) {
  return own ? own.getValueAsDouble() : global;
}

namespace {
struct PenalizeWeightsPass : impl::PenalizeWeightsBase<PenalizeWeightsPass> {
  void runOnOperation() override {
    FunctionOpInterface function = getOperation();
    double l1 = 0, l2 = 0;
    SmallVector<train::DecayOp> requests;
    function.walk([&](train::DecayOp decay) {
      l1 += decay.getL1().convertToDouble();
      l2 += decay.getL2().convertToDouble();
      requests.push_back(decay);
    });
    function.walk([&](train::MinimizeOp minimize) {
      addPenalties(function, minimize, l1, l2);
    });
    for (train::DecayOp request : requests)
      request.erase();
  }

  static void addPenalties(FunctionOpInterface function,
                           train::MinimizeOp minimize, double l1, double l2) {
    OpBuilder builder(minimize);
    SmallVector<Value> penalties;
    function.walk([&](nn::ParameterOp parameter) {
      if (!parameter.getDecays())
        return;
      double ownL1 = l1, ownL2 = l2;
      if (std::optional<nn::WeightOptionsAttr> own = parameter.getOptions()) {
        ownL1 = getFactor(own->getL1(), l1);
        ownL2 = getFactor(own->getL2(), l2);
      }
      if (ownL1 != 0 || ownL2 != 0)
        penalties.push_back(nn::WeightPenaltyOp::create(
            builder, parameter.getLoc(), builder.getF64Type(),
            parameter.getResult(), APFloat(ownL1), APFloat(ownL2)));
    });
    minimize.getPenaltiesMutable().append(penalties);
  }
};
} // namespace
} // namespace gradc

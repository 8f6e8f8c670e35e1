//===- PenalizeWeights.cpp - Add weight decay to the loss -----------------===//

#include "gradc/Transforms/Passes.h"

using namespace mlir;

namespace gradc {
#define GEN_PASS_DEF_PENALIZEWEIGHTS
#include "gradc/Transforms/Passes.h.inc"

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
    if (l1 != 0 || l2 != 0)
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
      if (parameter.getDecays())
        penalties.push_back(nn::WeightPenaltyOp::create(
            builder, parameter.getLoc(), builder.getF64Type(),
            parameter.getResult(), APFloat(l1), APFloat(l2)));
    });
    minimize.getPenaltiesMutable().append(penalties);
  }
};
} // namespace
} // namespace gradc

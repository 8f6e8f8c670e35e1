//===- PlaceState.cpp - The same arguments for every function -------------===//

#include "FunctionPlacer.h"
#include "gradc/CodeGen/Passes.h"
#include "gradc/Interfaces/StepRoles.h"

using namespace mlir;

namespace gradc {
#define GEN_PASS_DEF_PLACESTATE
#include "gradc/CodeGen/Passes.h.inc"

namespace {
struct PlaceStatePass : impl::PlaceStateBase<PlaceStatePass> {
  void runOnOperation() override {
    ModuleOp module = getOperation();
    OpBuilder builder(&getContext());
    auto initialize = module.lookupSymbol<func::FuncOp>("initialize");
    BlockLayout state;
    // The state is what `@initialize` returns, in that order.
    if (initialize)
      for (unsigned i = 0; i < initialize.getNumResults(); ++i) {
        DictionaryAttr attrs = initialize.getResultAttrDict(i);
        state.add(builder, getText(attrs, step::nameAttr),
                  getText(attrs, step::kindAttr),
                  cast<RankedTensorType>(initialize.getResultTypes()[i]));
        // Copies are this program's own: the host neither saves nor sets them.
        if (getText(attrs, step::kindAttr) == step::copyKind)
          state.places.pop_back();
      }
    for (auto function : module.getOps<func::FuncOp>())
      if (!function.isDeclaration() &&
          failed(FunctionPlacer(function, state).place()))
        return signalPassFailure();
    module->setAttr(step::variablesAttr, builder.getArrayAttr(state.places));
    module->setAttr(step::stateBytesAttr,
                    builder.getI64IntegerAttr(state.bytes));
  }
};
} // namespace
} // namespace gradc

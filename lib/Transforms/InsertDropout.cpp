//===- InsertDropout.cpp - Leave out a share of every activation ----------===//

#include "LayerChains.h"
#include "gradc/Transforms/Passes.h"
#include "llvm/ADT/StringMap.h"

using namespace mlir;

namespace gradc {
#define GEN_PASS_DEF_INSERTDROPOUT
#include "gradc/Transforms/Passes.h.inc"

namespace {
struct InsertDropoutPass : impl::InsertDropoutBase<InsertDropoutPass> {
  using Base::Base;

  void runOnOperation() override {
    if (!NumberRange::share().contains(rate)) {
      emitError(getOperation().getLoc())
          << "insert-dropout needs a rate of at least 0 and less than 1";
      return signalPassFailure();
    }
    SmallVector<Operation *> activations;
    getOperation().walk([&](Operation *op) {
      if (isActivation(op))
        activations.push_back(op);
    });
    llvm::StringMap<unsigned> turns;
    for (Operation *op : activations)
      if (isHidden(op->getResult(0)))
        insertAfter(op, turns);
  }

  /// Whether other layers follow, and no dropout does so far.
  static bool isHidden(Value output) {
    return !output.use_empty() && !isOutput(output) &&
           llvm::none_of(output.getUsers(), [](Operation *user) {
             return isa<nn::DropoutOp>(user);
           });
  }

  /// The mask depends on the name: a second activation behind one layer gets
  /// another one.
  void insertAfter(Operation *activation, llvm::StringMap<unsigned> &turns) {
    StringRef layer = findLayerName(activation);
    std::string name = layer.empty() ? "dropout" : (layer + ".dropout").str();
    if (unsigned turn = ++turns[name]; turn > 1)
      name += "_" + std::to_string(turn);
    OpBuilder builder(activation);
    builder.setInsertionPointAfter(activation);
    Value output = activation->getResult(0);
    auto dropout = nn::DropoutOp::create(builder, activation->getLoc(), name,
                                         output, APFloat(double(rate)));
    output.replaceAllUsesExcept(dropout, dropout);
  }
};
} // namespace
} // namespace gradc

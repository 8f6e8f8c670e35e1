//===- MaterializeFills.cpp - Fill each tensor where it is used -----------===//

#include "BuildGeneric.h"
#include "gradc/Conversion/Passes.h"
#include "mlir/IR/IRMapping.h"
#include <utility>

using namespace mlir;

namespace gradc {
#define GEN_PASS_DEF_MATERIALIZEFILLS
#include "gradc/Conversion/Passes.h.inc"

namespace {
struct MaterializeFillsPass : impl::MaterializeFillsBase<MaterializeFillsPass> {
  void runOnOperation() override {
    SmallVector<Operation *> ops;
    getOperation()->walk([&](Operation *op) {
      if (isa<arith::ConstantOp, linalg::FillOp, tensor::EmptyOp>(op))
        ops.push_back(op);
    });
    for (Operation *op : ops)
      if (auto constant = dyn_cast<arith::ConstantOp>(op))
        replaceConstant(constant);
      else
        unshare(op);
  }

  /// A fill for each use of a constant of equal elements.
  static void replaceConstant(arith::ConstantOp constant) {
    auto elements = dyn_cast<SplatElementsAttr>(constant.getValue());
    if (!elements || !isa<RankedTensorType>(constant.getType()))
      return;
    for (OpOperand &use :
         llvm::make_early_inc_range(constant.getResult().getUses())) {
      OpBuilder builder(use.getOwner());
      Location loc = constant.getLoc();
      Value scalar = arith::ConstantOp::create(
          builder, loc, elements.getSplatValue<TypedAttr>());
      use.set(
          linalg::FillOp::create(builder, loc, scalar,
                                 buildEmpty(builder, loc, constant.getType()))
              .getResult(0));
    }
    constant.erase();
  }

  /// A copy of a fill, or of an empty tensor, for each use but the first; also
  /// for one inside of a loop, where each turn needs it anew.
  static void unshare(Operation *op) {
    if (op->getNumResults() != 1)
      return;
    bool isFirst = true;
    for (OpOperand &use : llvm::make_early_inc_range(op->getUses())) {
      bool isBeside = use.getOwner()->getBlock() == op->getBlock();
      if (isBeside && std::exchange(isFirst, false))
        continue;
      OpBuilder builder(use.getOwner());
      IRMapping mapping;
      if (isa<linalg::FillOp>(op))
        mapping.map(op->getOperand(1),
                    buildEmpty(builder, op->getLoc(), op->getResultTypes()[0]));
      use.set(builder.clone(*op, mapping)->getResult(0));
    }
    if (op->use_empty())
      op->erase();
  }
};
} // namespace
} // namespace gradc

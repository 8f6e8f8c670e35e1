//===- ApproximateMath.cpp - Functions for results of f32 -----------------===//

#include "MathFunctions/MathFunctions.h"
#include "gradc/CodeGen/Passes.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

namespace gradc {
#define GEN_PASS_DEF_APPROXIMATEMATH
#include "gradc/CodeGen/Passes.h.inc"

/// What builds the function in the place of `op`; null if nothing does.
static Scalar (*getFormula(Operation *op))(Scalar) {
  using Formula = Scalar (*)(Scalar);
  return TypeSwitch<Operation *, Formula>(op)
      .Case<math::ExpOp>([](auto) { return buildExp; })
      .Case<math::ExpM1Op>([](auto) { return buildExpm1; })
      .Case<math::TanhOp>([](auto) { return buildTanh; })
      .Case<math::LogOp>([](auto) { return buildLog; })
      .Case<math::Log1pOp>([](auto) { return buildLog1p; })
      .Case<math::ErfOp>([](auto) { return buildErf; })
      .Case<math::ErfcOp>([](auto) { return buildErfc; })
      .Default(Formula());
}

/// Functions of f32, and those of f64 that are marked to need no more.
static bool isForSingle(Operation *op) {
  return getElementTypeOrSelf(op->getResult(0)).isF32() ||
         op->hasAttr(forSingleAttr);
}

namespace {
struct ApproximateMathPass : impl::ApproximateMathBase<ApproximateMathPass> {
  void runOnOperation() override {
    getOperation()->walk([](Operation *op) {
      auto formula = getFormula(op);
      if (!formula || !isForSingle(op))
        return;
      OpBuilder builder(op);
      Scalar x(builder, op->getLoc(), op->getOperand(0));
      Type element = getElementTypeOrSelf(op->getResult(0));
      Scalar result = formula(x.convertTo(builder.getF64Type()));
      op->replaceAllUsesWith(ValueRange(Value(result.convertTo(element))));
      op->erase();
    });
  }
};
} // namespace
} // namespace gradc

//===- CallMathLibrary.cpp - Call libm for the functions that are left ----===//

#include "gradc/CodeGen/Passes.h"
#include "mlir/Conversion/MathToLibm/MathToLibm.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

using namespace mlir;

namespace gradc {
#define GEN_PASS_DEF_CALLMATHLIBRARY
#include "gradc/CodeGen/Passes.h.inc"

namespace {
struct CallMathLibraryPass : impl::CallMathLibraryBase<CallMathLibraryPass> {
  void runOnOperation() override {
    SmallVector<Operation *> ops;
    getOperation().walk([&](Operation *op) {
      if (isa<math::ExpOp, math::ExpM1Op, math::LogOp, math::Log1pOp,
              math::TanhOp, math::ErfOp, math::ErfcOp, math::CosOp>(op))
        ops.push_back(op);
    });
    RewritePatternSet patterns(&getContext());
    populateMathToLibmConversionPatterns(patterns);
    GreedyRewriteConfig config;
    config.setStrictness(GreedyRewriteStrictness::ExistingAndNewOps);
    if (failed(applyOpPatternsGreedily(ops, std::move(patterns), config)))
      signalPassFailure();
  }
};
} // namespace
} // namespace gradc

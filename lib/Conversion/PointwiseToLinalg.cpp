//===- PointwiseToLinalg.cpp - One lowering for every formula -------------===//

#include "BuildGeneric.h"
#include "gradc/Conversion/Passes.h"

using namespace mlir;

namespace gradc {
namespace {
struct LowerPointwise : OpInterfaceRewritePattern<PointwiseOpInterface> {
  using OpInterfaceRewritePattern::OpInterfaceRewritePattern;

  LogicalResult matchAndRewrite(PointwiseOpInterface op,
                                PatternRewriter &rewriter) const override {
    // The values of a result begin as those of the operand whose memory it may
    // take over; that operand is then no input.
    SmallVector<Value> inputs, outputs;
    llvm::SmallDenseMap<Value, unsigned> outputOf;
    for (auto [index, result] : llvm::enumerate(op->getResults())) {
      Value reused = op.getReusedOperand(index);
      if (reused)
        outputOf[reused] = index;
      outputs.push_back(
          reused ? reused
                 : buildEmpty(rewriter, op.getLoc(), result.getType()));
    }
    for (Value operand : op->getOperands())
      if (isa<RankedTensorType>(operand.getType()) &&
          !outputOf.contains(operand))
        inputs.push_back(operand);

    unsigned rank = getTensorType(op->getResult(0)).getRank();
    SmallVector<AffineMap> maps(inputs.size() + outputs.size(),
                                getIdentity(rewriter, rank));
    auto generic = buildGeneric(
        rewriter, op.getLoc(), inputs, outputs, maps, {},
        [&](OpBuilder &builder, Location loc, ValueRange elements) {
          return op.buildScalars(
              builder, collectScalars(op, outputOf, inputs.size(), elements));
        });
    rewriter.replaceOp(op, generic.getResults());
    return success();
  }

  /// A scalar for each operand that is a tensor or a number, in their order.
  static SmallVector<Value>
  collectScalars(Operation *op,
                 const llvm::SmallDenseMap<Value, unsigned> &outputOf,
                 unsigned numInputs, ValueRange elements) {
    SmallVector<Value> scalars;
    unsigned nextInput = 0;
    for (Value operand : op->getOperands()) {
      auto output = outputOf.find(operand);
      if (output != outputOf.end())
        scalars.push_back(elements[numInputs + output->second]);
      else if (isa<RankedTensorType>(operand.getType()))
        scalars.push_back(elements[nextInput++]);
      else if (operand.getType().isIntOrFloat())
        scalars.push_back(operand);
    }
    return scalars;
  }
};
} // namespace

void populatePointwiseToLinalgPatterns(RewritePatternSet &patterns) {
  patterns.add<LowerPointwise>(patterns.getContext());
}
} // namespace gradc

//===- PreluToLinalg.cpp - An activation with a slope for each unit -------===//

#include "Groups.h"
#include "gradc/Conversion/Passes.h"

using namespace mlir;

namespace gradc {
namespace {
struct LowerParametricRelu : OpRewritePattern<nn::ParametricReluOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::ParametricReluOp op,
                                PatternRewriter &rewriter) const override {
    Groups units(rewriter, op.getLoc(), getTensorType(op.getInput()),
                 {unsigned(op.getAxis())});
    rewriter.replaceOp(
        op, units.apply({op.getInput(), op.getSlope()}, [](ArrayRef<Scalar> e) {
          return select(isGreater(e[0], 0), e[0], e[0] * e[1]);
        }));
    return success();
  }
};

struct LowerParametricReluGrad : OpRewritePattern<nn::ParametricReluGradOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::ParametricReluGradOp op,
                                PatternRewriter &rewriter) const override {
    Groups units(rewriter, op.getLoc(), getTensorType(op.getInput()),
                 {unsigned(op.getAxis())});
    Value input =
        units.apply({op.getGradient(), op.getInput(), op.getSlope()},
                    [](ArrayRef<Scalar> e) {
                      return select(isGreater(e[1], 0), e[0], e[0] * e[2]);
                    });
    Value slope =
        units.sum({op.getGradient(), op.getInput()}, 1, [](ArrayRef<Scalar> e) {
          return SmallVector{
              select(isGreater(e[1], 0), e[0].constant(0), e[0] * e[1])};
        })[0];
    rewriter.replaceOp(op, {input, slope});
    return success();
  }
};
} // namespace

void populatePreluToLinalgPatterns(RewritePatternSet &patterns) {
  patterns.add<LowerParametricRelu, LowerParametricReluGrad>(
      patterns.getContext());
}
} // namespace gradc

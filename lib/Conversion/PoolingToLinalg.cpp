//===- PoolingToLinalg.cpp - What windows make of images ------------------===//

#include "PoolingWindows.h"
#include "gradc/Conversion/Passes.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include <limits>

using namespace mlir;

namespace gradc {
namespace {
Value buildMax(OpBuilder &builder, Location loc, Value a, Value b) {
  return arith::MaximumFOp::create(builder, loc, a, b);
}

Value buildSum(OpBuilder &builder, Location loc, Value a, Value b) {
  return Scalar(builder, loc, a) + Scalar(builder, loc, b);
}

struct LowerMaxPool : OpRewritePattern<nn::MaxPoolOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::MaxPoolOp op,
                                PatternRewriter &rewriter) const override {
    PoolingWindows windows(rewriter, op.getLoc(), op.getWindow());
    rewriter.replaceOp(
        op, windows.join(op.getInput(), op.getType(),
                         -std::numeric_limits<double>::infinity(), buildMax));
    return success();
  }
};

struct LowerAvgPool : OpRewritePattern<nn::AvgPoolOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::AvgPoolOp op,
                                PatternRewriter &rewriter) const override {
    PoolingWindows windows(rewriter, op.getLoc(), op.getWindow());
    Value sums = windows.join(op.getInput(), op.getType(), 0, buildSum);
    rewriter.replaceOp(op, windows.divideByCounts(sums,
                                                  getTensorType(op.getInput()),
                                                  op.getCountPadding()));
    return success();
  }
};
} // namespace

void populatePoolingToLinalgPatterns(RewritePatternSet &patterns) {
  patterns.add<LowerMaxPool, LowerAvgPool>(patterns.getContext());
}
} // namespace gradc

//===- ClipToLinalg.cpp - Scale gradients by their common norm ------------===//

#include "BuildGeneric.h"
#include "gradc/Conversion/Passes.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include <limits>

using namespace mlir;

namespace gradc {
namespace {
/// The factor is computed in f64 and is exactly 1 unless the norm is finite and
/// above the threshold.
struct LowerClipByNorm : OpRewritePattern<train::ClipByNormOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(train::ClipByNormOp op,
                                PatternRewriter &rewriter) const override {
    Location loc = op.getLoc();
    Type f64 = rewriter.getF64Type();
    Value squares;
    for (Value gradient : op.getGradients()) {
      Value total = buildTotal(rewriter, loc, gradient, [&](Scalar x) {
        Scalar wide = x.convertTo(f64);
        return wide * wide;
      });
      squares = squares ? arith::AddFOp::create(rewriter, loc, squares, total)
                        : total;
    }
    Scalar norm = sqrt(Scalar(rewriter, loc, squares));
    double threshold = op.getThreshold().convertToDouble();
    Value isAbove = isGreater(norm, threshold);
    Value isFinite = isLess(norm, std::numeric_limits<double>::infinity());
    Value clips = arith::AndIOp::create(rewriter, loc, isAbove, isFinite);
    Scalar factor = select(clips, threshold / norm, norm.constant(1));
    SmallVector<Value> results;
    for (Value gradient : op.getGradients())
      results.push_back(scale(rewriter, loc, gradient, factor));
    results.push_back(factor);
    rewriter.replaceOp(op, results);
    return success();
  }

  static Value scale(OpBuilder &builder, Location loc, Value tensor,
                     Scalar factor) {
    auto type = getTensorType(tensor);
    Value rounded = factor.convertTo(type.getElementType());
    AffineMap identity = getIdentity(builder, type.getRank());
    return buildGeneric(builder, loc, {tensor},
                        {buildEmpty(builder, loc, type)}, {identity, identity},
                        {},
                        [&](OpBuilder &b, Location loc, ValueRange e) {
                          return SmallVector<Value>{Scalar(b, loc, e[0]) *
                                                    Scalar(b, loc, rounded)};
                        })
        .getResult(0);
  }
};
} // namespace

void populateClipToLinalgPatterns(RewritePatternSet &patterns) {
  patterns.add<LowerClipByNorm>(patterns.getContext());
}
} // namespace gradc

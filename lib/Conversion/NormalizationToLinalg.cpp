//===- NormalizationToLinalg.cpp - Statistics, then one pass --------------===//
//
// Sums over memory give a few numbers for each unit or row; what is made of
// them is computed once for each, in f64; the last pass then has one formula.
//
//===----------------------------------------------------------------------===//

#include "Groups.h"
#include "gradc/Conversion/Passes.h"

using namespace mlir;

namespace gradc {
namespace {
/// 1 / sqrt(variance + eps).
Scalar inverseDeviation(Scalar variance, const APFloat &eps) {
  return 1.0 / sqrt(variance + eps.convertToDouble());
}

struct LowerNormalize : OpRewritePattern<nn::NormalizeOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::NormalizeOp op,
                                PatternRewriter &rewriter) const override {
    Groups units(rewriter, op.getLoc(), getTensorType(op.getInput()),
                 {unsigned(op.getAxis())});
    auto [mean, variance] = units.buildStatistics(op.getInput());
    Value factor =
        units.combine({op.getFactor(), variance}, 1, [&](ArrayRef<Scalar> e) {
          return SmallVector{e[0] * inverseDeviation(e[1], op.getEps())};
        })[0];
    Value result = units.apply(
        {op.getInput(), mean, factor, op.getShift()},
        [](ArrayRef<Scalar> e) { return (e[0] - e[1]) * e[2] + e[3]; });
    rewriter.replaceOp(op, {result, mean, variance});
    return success();
  }
};

/// Two sums in one pass, then one formula.
struct LowerNormalizeGrad : OpRewritePattern<nn::NormalizeGradOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::NormalizeGradOp op,
                                PatternRewriter &rewriter) const override {
    Groups units(rewriter, op.getLoc(), getTensorType(op.getInput()),
                 {unsigned(op.getAxis())});
    Value gradient = op.getGradient(), input = op.getInput();
    SmallVector<Value> sums =
        units.sum({gradient, input, op.getMean()}, 2, [](ArrayRef<Scalar> e) {
          return SmallVector{e[0], e[0] * (e[1] - e[2])};
        });
    SmallVector<Value> numbers = units.combine(
        {sums[0], sums[1], op.getFactor(), op.getVariance()}, 4,
        [&](ArrayRef<Scalar> e) {
          Scalar inverse = inverseDeviation(e[3], op.getEps());
          Scalar factorGradient = e[1] * inverse;
          return SmallVector{factorGradient, e[2] * inverse,
                             e[0] / units.getCount(),
                             factorGradient * inverse / units.getCount()};
        });
    Value inputGradient = units.apply(
        {gradient, input, op.getMean(), numbers[1], numbers[2], numbers[3]},
        [](ArrayRef<Scalar> e) {
          return e[3] * ((e[0] - e[4]) - (e[1] - e[2]) * e[5]);
        });
    rewriter.replaceOp(op, {inputGradient, numbers[0], sums[0]});
    return success();
  }
};

/// The first `count` dimensions.
SmallVector<unsigned> getFirst(unsigned count) {
  return llvm::to_vector(llvm::seq<unsigned>(0, count));
}

struct LowerNormalizeRows : OpRewritePattern<nn::NormalizeRowsOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::NormalizeRowsOp op,
                                PatternRewriter &rewriter) const override {
    auto type = getTensorType(op.getInput());
    Groups rows(rewriter, op.getLoc(), type,
                getFirst(type.getRank() - op.getDimensions()));
    auto [mean, variance] = rows.buildStatistics(op.getInput());
    Value inverse = rows.combine({variance}, 1, [&](ArrayRef<Scalar> e) {
      return SmallVector{inverseDeviation(e[0], op.getEps())};
    })[0];
    Value result =
        rows.apply({op.getInput(), mean, inverse},
                   [](ArrayRef<Scalar> e) { return (e[0] - e[1]) * e[2]; });
    rewriter.replaceOp(op, {result, inverse});
    return success();
  }
};

struct LowerNormalizeRowsGrad : OpRewritePattern<nn::NormalizeRowsGradOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::NormalizeRowsGradOp op,
                                PatternRewriter &rewriter) const override {
    Value inverse = op.getInverseDeviation();
    Groups rows(rewriter, op.getLoc(), getTensorType(op.getNormalized()),
                getFirst(getTensorType(inverse).getRank()));
    Value gradient = op.getGradient(), normalized = op.getNormalized();
    SmallVector<Value> sums =
        rows.sum({gradient, normalized}, 2, [](ArrayRef<Scalar> e) {
          return SmallVector{e[0], e[0] * e[1]};
        });
    SmallVector<Value> means = rows.combine(sums, 2, [&](ArrayRef<Scalar> e) {
      return SmallVector{e[0] / rows.getCount(), e[1] / rows.getCount()};
    });
    rewriter.replaceOp(
        op, rows.apply({gradient, normalized, inverse, means[0], means[1]},
                       [](ArrayRef<Scalar> e) {
                         return e[2] * ((e[0] - e[3]) - e[1] * e[4]);
                       }));
    return success();
  }
};
} // namespace

void populateNormalizationToLinalgPatterns(RewritePatternSet &patterns) {
  patterns.add<LowerNormalize, LowerNormalizeGrad, LowerNormalizeRows,
               LowerNormalizeRowsGrad>(patterns.getContext());
}
} // namespace gradc

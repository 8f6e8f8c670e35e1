//===- PartsToLinalg.cpp - Tensors taken apart and put together -----------===//

#include "BuildGeneric.h"
#include "gradc/Conversion/Passes.h"

using namespace mlir;

namespace gradc {
namespace {
/// The place of one of several parts along the last dimension.
struct Part {
  SmallVector<OpFoldResult> offsets, sizes, strides;

  Part(OpBuilder &builder, RankedTensorType type, unsigned index) {
    for (int64_t size : type.getShape()) {
      offsets.push_back(builder.getIndexAttr(0));
      sizes.push_back(builder.getIndexAttr(size));
      strides.push_back(builder.getIndexAttr(1));
    }
    offsets.back() =
        builder.getIndexAttr(int64_t(index) * type.getShape().back());
  }
};

/// Parts are read where they lie.
struct LowerSplit : OpRewritePattern<nn::SplitOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::SplitOp op,
                                PatternRewriter &rewriter) const override {
    SmallVector<Value> parts;
    for (auto [index, value] : llvm::enumerate(op.getParts())) {
      auto type = getTensorType(value);
      Part part(rewriter, type, index);
      parts.push_back(tensor::ExtractSliceOp::create(
          rewriter, op.getLoc(), type, op.getInput(), part.offsets, part.sizes,
          part.strides));
    }
    rewriter.replaceOp(op, parts);
    return success();
  }
};

/// Parts are computed into their places, where bufferization sees it.
struct LowerJoin : OpRewritePattern<nn::JoinOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::JoinOp op,
                                PatternRewriter &rewriter) const override {
    Value joined = buildEmpty(rewriter, op.getLoc(), op.getType());
    for (auto [index, value] : llvm::enumerate(op.getParts())) {
      Part part(rewriter, getTensorType(value), index);
      joined =
          tensor::InsertSliceOp::create(rewriter, op.getLoc(), value, joined,
                                        part.offsets, part.sizes, part.strides);
    }
    rewriter.replaceOp(op, joined);
    return success();
  }
};

struct LowerExchange : OpRewritePattern<nn::ExchangeOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::ExchangeOp op,
                                PatternRewriter &rewriter) const override {
    unsigned rank = getTensorType(op.getInput()).getRank();
    SmallVector<unsigned> order = llvm::to_vector(llvm::seq<unsigned>(0, rank));
    std::swap(order[0], order[1]);
    auto generic = buildGeneric(
        rewriter, op.getLoc(), {op.getInput()},
        {buildEmpty(rewriter, op.getLoc(), op.getType())},
        {getProjection(rewriter, rank, order), getIdentity(rewriter, rank)}, {},
        [](OpBuilder &, Location, ValueRange elements) {
          return SmallVector<Value>{elements[0]};
        });
    rewriter.replaceOp(op, generic.getResults());
    return success();
  }
};
} // namespace

void populatePartsToLinalgPatterns(RewritePatternSet &patterns) {
  patterns.add<LowerSplit, LowerJoin, LowerExchange>(patterns.getContext());
}
} // namespace gradc

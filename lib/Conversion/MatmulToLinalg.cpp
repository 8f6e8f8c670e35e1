//===- MatmulToLinalg.cpp - Products, biases and shapes -------------------===//

#include "BuildGeneric.h"
#include "gradc/Conversion/Passes.h"
#include "mlir/Dialect/Utils/ReshapeOpsUtils.h"

using namespace mlir;

namespace gradc {
namespace {
/// A product of matrices, each as it stands or transposed, is one
/// `linalg.matmul` whose maps say so: nothing is moved.
struct LowerMatmul : OpRewritePattern<nn::MatmulOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::MatmulOp op,
                                PatternRewriter &rewriter) const override {
    Value zero = buildFilled(rewriter, op.getLoc(), op.getType(), 0);
    auto map = [&](unsigned a, unsigned b) {
      return AffineMapAttr::get(getProjection(rewriter, 3, {a, b}));
    };
    // Loops: row, column, depth.
    SmallVector<Attribute> maps{op.getTransposeLhs() ? map(2, 0) : map(0, 2),
                                op.getTransposeRhs() ? map(1, 2) : map(2, 1),
                                map(0, 1)};
    auto matmul = linalg::MatmulOp::create(
        rewriter, op.getLoc(), TypeRange{op.getType()},
        ValueRange{op.getLhs(), op.getRhs()}, ValueRange{zero});
    matmul.setIndexingMapsAttr(rewriter.getArrayAttr(maps));
    rewriter.replaceOp(op, matmul.getResults());
    return success();
  }
};

struct LowerAddBias : OpRewritePattern<nn::AddBiasOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::AddBiasOp op,
                                PatternRewriter &rewriter) const override {
    Value empty = buildEmpty(rewriter, op.getLoc(), op.getType());
    AffineMap identity = getIdentity(rewriter, 2);
    auto generic = buildGeneric(
        rewriter, op.getLoc(), {op.getInput(), op.getBias()}, {empty},
        {identity, getProjection(rewriter, 2, {1}), identity}, {},
        [](OpBuilder &builder, Location loc, ValueRange elements) {
          Scalar x(builder, loc, elements[0]), bias(builder, loc, elements[1]);
          return SmallVector<Value>{x + bias};
        });
    rewriter.replaceOp(op, generic.getResults());
    return success();
  }
};

/// Through one dimension, which two reshapes of upstream can express for any
/// pair of shapes.
struct LowerReshape : OpRewritePattern<nn::ReshapeOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::ReshapeOp op,
                                PatternRewriter &rewriter) const override {
    Value value = op.getInput();
    auto from = getTensorType(value), to = getTensorType(op.getResult());
    auto joined =
        RankedTensorType::get({from.getNumElements()}, from.getElementType());
    auto all = [](int64_t rank) {
      ReassociationIndices indices;
      for (int64_t i = 0; i < rank; ++i)
        indices.push_back(i);
      return SmallVector<ReassociationIndices>{indices};
    };
    if (from.getRank() > 1)
      value = tensor::CollapseShapeOp::create(rewriter, op.getLoc(), joined,
                                              value, all(from.getRank()));
    if (to.getRank() > 1)
      value = tensor::ExpandShapeOp::create(rewriter, op.getLoc(), to, value,
                                            all(to.getRank()));
    rewriter.replaceOp(op, value);
    return success();
  }
};
} // namespace

void populateMatmulToLinalgPatterns(RewritePatternSet &patterns) {
  patterns.add<LowerMatmul, LowerAddBias, LowerReshape>(patterns.getContext());
}
} // namespace gradc

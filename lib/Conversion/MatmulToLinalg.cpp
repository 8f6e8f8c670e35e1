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

/// Combines each element with its unit's number.
template <typename UnitsOp> struct LowerWithUnits : OpRewritePattern<UnitsOp> {
  using Combine = Scalar (*)(Scalar, Scalar);
  LowerWithUnits(MLIRContext *context, Combine combine)
      : OpRewritePattern<UnitsOp>(context), combine(combine) {}

  LogicalResult matchAndRewrite(UnitsOp op,
                                PatternRewriter &rewriter) const override {
    auto type = getTensorType(op.getResult());
    AffineMap identity = getIdentity(rewriter, type.getRank());
    AffineMap units =
        getProjection(rewriter, type.getRank(), {unsigned(op.getAxis())});
    auto generic = buildGeneric(
        rewriter, op.getLoc(), op->getOperands(),
        {buildEmpty(rewriter, op.getLoc(), type)}, {identity, units, identity},
        {}, [&](OpBuilder &builder, Location loc, ValueRange elements) {
          return SmallVector<Value>{combine(Scalar(builder, loc, elements[0]),
                                            Scalar(builder, loc, elements[1]))};
        });
    rewriter.replaceOp(op, generic.getResults());
    return success();
  }

private:
  Combine combine;
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
  MLIRContext *context = patterns.getContext();
  patterns.add<LowerMatmul, LowerReshape>(context);
  patterns.add<LowerWithUnits<nn::AddBiasOp>>(
      context, [](Scalar x, Scalar bias) { return x + bias; });
  patterns.add<LowerWithUnits<nn::ScaleUnitsOp>>(
      context, [](Scalar x, Scalar factor) { return x * factor; });
}
} // namespace gradc

//===- SoftmaxToLinalg.cpp - Softmax, cross entropy, accuracy -------------===//

#include "BuildGeneric.h"
#include "gradc/Conversion/Passes.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include <limits>

using namespace mlir;

namespace gradc {
namespace {
/// The rows of a tensor: all dimensions but the last, which is reduced.
class Rows {
public:
  Rows(OpBuilder &builder, Location loc, Value tensor)
      : builder(builder), loc(loc), type(getTensorType(tensor)),
        rank(type.getRank()), tensor(tensor) {
    rowType = RankedTensorType::get(type.getShape().drop_back(),
                                    type.getElementType());
    all = getIdentity(builder, rank);
    row = getProjection(builder, rank,
                        llvm::to_vector(llvm::seq<unsigned>(0, rank - 1)));
  }

  OpBuilder &builder;
  Location loc;
  RankedTensorType type, rowType;
  unsigned rank;
  Value tensor;
  AffineMap all, row;

  /// Joins the elements of each row, beginning with `initial`. The body sees
  /// the elements of `inputs`, then what is joined so far.
  Value reduce(ValueRange inputs, ArrayRef<AffineMap> inputMaps, Value initial,
               BodyBuilder body) const {
    SmallVector<AffineMap> maps(inputMaps);
    maps.push_back(row);
    return buildGeneric(builder, loc, inputs, {initial}, maps, {rank - 1}, body)
        .getResult(0);
  }

  /// Computes a tensor of the rows' type, or of the whole one's.
  Value compute(Type result, ValueRange inputs, ArrayRef<AffineMap> inputMaps,
                AffineMap outputMap, BodyBuilder body) const {
    SmallVector<AffineMap> maps(inputMaps);
    maps.push_back(outputMap);
    return buildGeneric(builder, loc, inputs,
                        {buildEmpty(builder, loc, result)}, maps, {}, body)
        .getResult(0);
  }

  Value buildMax() const {
    Value lowest = buildFilled(builder, loc, rowType,
                               -std::numeric_limits<double>::infinity());
    return reduce(tensor, all, lowest,
                  [](OpBuilder &b, Location loc, ValueRange e) {
                    return SmallVector<Value>{
                        arith::MaximumFOp::create(b, loc, e[1], e[0])};
                  });
  }

  /// e^(x - max), which does not overflow. It is a tensor of its own: the sum
  /// and what is divided by the sum read the same.
  Value buildExp(Value max) const {
    return compute(type, {tensor, max}, {all, row}, all,
                   [](OpBuilder &b, Location loc, ValueRange e) {
                     Scalar x(b, loc, e[0]), max(b, loc, e[1]);
                     return SmallVector<Value>{exp(x - max)};
                   });
  }

  /// The sum of each row of `terms`, which has the tensor's type.
  Value buildSum(Value terms) const {
    Value zero = buildFilled(builder, loc, rowType, 0);
    return reduce(terms, all, zero,
                  [](OpBuilder &b, Location loc, ValueRange e) {
                    Scalar term(b, loc, e[0]), sum(b, loc, e[1]);
                    return SmallVector<Value>{sum + term};
                  });
  }

  /// The index of the element in its row, as i32.
  static Value buildIndex(OpBuilder &b, Location loc, unsigned rank) {
    Value index = linalg::IndexOp::create(b, loc, rank - 1);
    return arith::IndexCastOp::create(b, loc, b.getI32Type(), index);
  }

  /// The index of the first element that equals the row's largest.
  Value buildFirstMax() const {
    auto indexType =
        RankedTensorType::get(rowType.getShape(), builder.getI32Type());
    Value none = arith::ConstantOp::create(
        builder, loc,
        builder.getI32IntegerAttr(std::numeric_limits<int32_t>::max()));
    Value initial = linalg::FillOp::create(builder, loc, none,
                                           buildEmpty(builder, loc, indexType))
                        .getResult(0);
    return reduce({tensor, buildMax()}, {all, row}, initial,
                  [&](OpBuilder &b, Location loc, ValueRange e) {
                    Value isMax = arith::CmpFOp::create(
                        b, loc, arith::CmpFPredicate::OEQ, e[0], e[1]);
                    Value index = arith::SelectOp::create(
                        b, loc, isMax, buildIndex(b, loc, rank), none);
                    return SmallVector<Value>{
                        arith::MinSIOp::create(b, loc, e[2], index)};
                  });
  }
};

struct LowerSoftmax : OpRewritePattern<nn::SoftmaxOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::SoftmaxOp op,
                                PatternRewriter &rewriter) const override {
    Rows rows(rewriter, op.getLoc(), op.getInput());
    Value exponential = rows.buildExp(rows.buildMax());
    rewriter.replaceOp(
        op,
        rows.compute(op.getType(), {exponential, rows.buildSum(exponential)},
                     {rows.all, rows.row}, rows.all,
                     [](OpBuilder &b, Location loc, ValueRange e) {
                       return SmallVector<Value>{Scalar(b, loc, e[0]) /
                                                 Scalar(b, loc, e[1])};
                     }));
    return success();
  }
};

struct LowerSoftmaxGrad : OpRewritePattern<nn::SoftmaxGradOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::SoftmaxGradOp op,
                                PatternRewriter &rewriter) const override {
    Rows rows(rewriter, op.getLoc(), op.getOutput());
    Value zero = buildFilled(rewriter, op.getLoc(), rows.rowType, 0);
    Value inner =
        rows.reduce({op.getGradient(), op.getOutput()}, {rows.all, rows.all},
                    zero, [](OpBuilder &b, Location loc, ValueRange e) {
                      Scalar g(b, loc, e[0]), y(b, loc, e[1]);
                      return SmallVector<Value>{Scalar(b, loc, e[2]) + g * y};
                    });
    rewriter.replaceOp(
        op, rows.compute(
                op.getType(), {op.getGradient(), op.getOutput(), inner},
                {rows.all, rows.all, rows.row}, rows.all,
                [](OpBuilder &b, Location loc, ValueRange e) {
                  Scalar g(b, loc, e[0]), y(b, loc, e[1]);
                  return SmallVector<Value>{y * (g - Scalar(b, loc, e[2]))};
                }));
    return success();
  }
};

struct LowerCrossEntropy : OpRewritePattern<nn::CrossEntropyOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::CrossEntropyOp op,
                                PatternRewriter &rewriter) const override {
    Rows rows(rewriter, op.getLoc(), op.getLogits());
    Value max = rows.buildMax(), sum = rows.buildSum(rows.buildExp(max));
    Value zero = buildFilled(rewriter, op.getLoc(), rows.rowType, 0);
    Value labelled = rows.reduce(
        {op.getLogits(), op.getLabels()}, {rows.all, rows.row}, zero,
        [&](OpBuilder &b, Location loc, ValueRange e) {
          Scalar x(b, loc, e[0]);
          Value isLabel =
              arith::CmpIOp::create(b, loc, arith::CmpIPredicate::eq,
                                    Rows::buildIndex(b, loc, rows.rank), e[1]);
          return SmallVector<Value>{Scalar(b, loc, e[2]) +
                                    select(isLabel, x, x.constant(0))};
        });
    AffineMap identity = getIdentity(rewriter, rows.rank - 1);
    auto loss = buildGeneric(rewriter, op.getLoc(), {sum, max, labelled},
                             {buildEmpty(rewriter, op.getLoc(), rows.rowType)},
                             {identity, identity, identity, identity}, {},
                             [](OpBuilder &b, Location loc, ValueRange e) {
                               Scalar sum(b, loc, e[0]), max(b, loc, e[1]),
                                   x(b, loc, e[2]);
                               return SmallVector<Value>{log(sum) + (max - x)};
                             });
    rewriter.replaceOp(op, loss.getResults());
    return success();
  }
};

struct LowerCrossEntropyGrad : OpRewritePattern<nn::CrossEntropyGradOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::CrossEntropyGradOp op,
                                PatternRewriter &rewriter) const override {
    Rows rows(rewriter, op.getLoc(), op.getLogits());
    Value exponential = rows.buildExp(rows.buildMax());
    rewriter.replaceOp(
        op, rows.compute(op.getType(),
                         {op.getGradient(), exponential,
                          rows.buildSum(exponential), op.getLabels()},
                         {rows.row, rows.all, rows.row, rows.row}, rows.all,
                         [&](OpBuilder &b, Location loc, ValueRange e) {
                           Scalar g(b, loc, e[0]);
                           Scalar share =
                               Scalar(b, loc, e[1]) / Scalar(b, loc, e[2]);
                           Value isLabel = arith::CmpIOp::create(
                               b, loc, arith::CmpIPredicate::eq,
                               Rows::buildIndex(b, loc, rows.rank), e[3]);
                           return SmallVector<Value>{
                               g * (share - select(isLabel, share.constant(1),
                                                   share.constant(0)))};
                         }));
    return success();
  }
};

struct LowerAccuracy : OpRewritePattern<nn::AccuracyOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::AccuracyOp op,
                                PatternRewriter &rewriter) const override {
    Rows rows(rewriter, op.getLoc(), op.getPrediction());
    bool isLabels = getTensorType(op.getTarget()).getElementType().isInteger();
    if (!isLabels && rows.type.getDimSize(1) == 1)
      return lowerBinary(op, rows, rewriter);
    Value target = op.getTarget();
    if (!isLabels)
      target = Rows(rewriter, op.getLoc(), target).buildFirstMax();
    AffineMap identity = getIdentity(rewriter, 1);
    Type element = rows.type.getElementType();
    auto hits =
        buildGeneric(rewriter, op.getLoc(), {rows.buildFirstMax(), target},
                     {buildEmpty(rewriter, op.getLoc(), op.getType())},
                     {identity, identity, identity}, {},
                     [&](OpBuilder &b, Location loc, ValueRange e) {
                       Value isRight = arith::CmpIOp::create(
                           b, loc, arith::CmpIPredicate::eq, e[0], e[1]);
                       return SmallVector<Value>{arith::SelectOp::create(
                           b, loc, isRight, buildConstant(b, loc, element, 1),
                           buildConstant(b, loc, element, 0))};
                     });
    rewriter.replaceOp(op, hits.getResults());
    return success();
  }

  static LogicalResult lowerBinary(nn::AccuracyOp op, const Rows &rows,
                                   PatternRewriter &rewriter) {
    double threshold = op.getThreshold().convertToDouble();
    Value zero = buildFilled(rewriter, op.getLoc(), rows.rowType, 0);
    Value hits =
        rows.reduce({op.getPrediction(), op.getTarget()}, {rows.all, rows.all},
                    zero, [&](OpBuilder &b, Location loc, ValueRange e) {
                      Scalar x(b, loc, e[0]), target(b, loc, e[1]);
                      Value isRight = arith::CmpIOp::create(
                          b, loc, arith::CmpIPredicate::eq,
                          isGreater(x, threshold), isGreater(target, 0.5));
                      return SmallVector<Value>{
                          Scalar(b, loc, e[2]) +
                          select(isRight, x.constant(1), x.constant(0))};
                    });
    rewriter.replaceOp(op, hits);
    return success();
  }
};
} // namespace

void populateSoftmaxToLinalgPatterns(RewritePatternSet &patterns) {
  patterns.add<LowerSoftmax, LowerSoftmaxGrad, LowerCrossEntropy,
               LowerCrossEntropyGrad, LowerAccuracy>(patterns.getContext());
}
} // namespace gradc

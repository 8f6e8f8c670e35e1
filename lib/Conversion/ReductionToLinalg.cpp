//===- ReductionToLinalg.cpp - Sums, norms and shares ---------------------===//

#include "BuildGeneric.h"
#include "gradc/Conversion/Passes.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include <limits>

using namespace mlir;

namespace gradc {

namespace {
struct LowerSumSamples : OpRewritePattern<nn::SumSamplesOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::SumSamplesOp op,
                                PatternRewriter &rewriter) const override {
    Value zero = buildFilled(rewriter, op.getLoc(), op.getType(), 0);
    unsigned rank = getTensorType(op.getInput()).getRank();
    unsigned axis = op.getAxis();
    SmallVector<unsigned> summed;
    for (unsigned dimension = 0; dimension < rank; ++dimension)
      if (dimension != axis)
        summed.push_back(dimension);
    auto generic = buildGeneric(
        rewriter, op.getLoc(), {op.getInput()}, {zero},
        {getIdentity(rewriter, rank), getProjection(rewriter, rank, {axis})},
        summed, [](OpBuilder &builder, Location loc, ValueRange elements) {
          Scalar x(builder, loc, elements[0]), sum(builder, loc, elements[1]);
          return SmallVector<Value>{sum + x};
        });
    rewriter.replaceOp(op, generic.getResults());
    return success();
  }
};

struct LowerSumUnits : OpRewritePattern<nn::SumUnitsOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::SumUnitsOp op,
                                PatternRewriter &rewriter) const override {
    Location loc = op.getLoc();
    double scale = op.getScale().convertToDouble();
    Value zero = buildFilled(rewriter, loc, op.getType(), 0);
    auto sums = buildGeneric(
        rewriter, loc, {op.getInput()}, {zero},
        {getIdentity(rewriter, 2), getProjection(rewriter, 2, {0})}, {1},
        [](OpBuilder &builder, Location loc, ValueRange elements) {
          Scalar x(builder, loc, elements[0]), sum(builder, loc, elements[1]);
          return SmallVector<Value>{sum + x};
        });
    if (scale == 1) {
      rewriter.replaceOp(op, sums.getResults());
      return success();
    }
    AffineMap identity = getIdentity(rewriter, 1);
    auto scaled = buildGeneric(
        rewriter, loc, {sums.getResult(0)},
        {buildEmpty(rewriter, loc, op.getType())}, {identity, identity}, {},
        [&](OpBuilder &builder, Location loc, ValueRange elements) {
          return SmallVector<Value>{Scalar(builder, loc, elements[0]) * scale};
        });
    rewriter.replaceOp(op, scaled.getResults());
    return success();
  }
};

struct LowerSpreadUnits : OpRewritePattern<nn::SpreadUnitsOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::SpreadUnitsOp op,
                                PatternRewriter &rewriter) const override {
    double scale = op.getScale().convertToDouble();
    auto generic = buildGeneric(
        rewriter, op.getLoc(), {op.getInput()},
        {buildEmpty(rewriter, op.getLoc(), op.getType())},
        {getProjection(rewriter, 2, {0}), getIdentity(rewriter, 2)}, {},
        [&](OpBuilder &builder, Location loc, ValueRange elements) {
          return SmallVector<Value>{Scalar(builder, loc, elements[0]) * scale};
        });
    rewriter.replaceOp(op, generic.getResults());
    return success();
  }
};

struct LowerSumSquares : OpRewritePattern<nn::SumSquaresOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::SumSquaresOp op,
                                PatternRewriter &rewriter) const override {
    Type f64 = rewriter.getF64Type();
    double scale = op.getNarrow() ? op.getNarrow()->convertToDouble() : 1;
    auto square = [&](Scalar x) {
      if (op.getNarrow())
        return scale == 1 ? x * x : (x * scale) * (x * scale);
      // Widened before it is squared: f32 would under- and overflow.
      Scalar wide = x.convertTo(f64);
      return wide * wide;
    };
    Value sum = buildTotal(rewriter, op.getLoc(), op.getInput(), square,
                           op.getNarrow().has_value());
    if (scale != 1)
      sum = Scalar(rewriter, op.getLoc(), sum) / (scale * scale);
    rewriter.replaceOp(op, sum);
    return success();
  }
};

struct LowerWeightPenalty : OpRewritePattern<nn::WeightPenaltyOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::WeightPenaltyOp op,
                                PatternRewriter &rewriter) const override {
    double l1 = op.getL1().convertToDouble(), l2 = op.getL2().convertToDouble();
    Type f64 = rewriter.getF64Type();
    auto term = [&](Scalar x) {
      Scalar wide = x.convertTo(f64);
      Scalar square = (0.5 * l2) * (wide * wide);
      return l1 == 0 ? square : square + l1 * abs(wide);
    };
    rewriter.replaceOp(op,
                       buildTotal(rewriter, op.getLoc(), op.getWeight(), term));
    return success();
  }
};

struct LowerMeanOfSamples : OpRewritePattern<nn::MeanOfSamplesOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::MeanOfSamplesOp op,
                                PatternRewriter &rewriter) const override {
    double samples = getTensorType(op.getInput()).getNumElements();
    Value sum = buildTotal(rewriter, op.getLoc(), op.getInput(),
                           [](Scalar x) { return x; });
    rewriter.replaceOp(op, Value(Scalar(rewriter, op.getLoc(), sum) / samples));
    return success();
  }
};

/// Rows beyond the count are padding: they count as 0.
struct LowerSumOfSamples : OpRewritePattern<nn::SumOfSamplesOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::SumOfSamplesOp op,
                                PatternRewriter &rewriter) const override {
    Value count = op.getCount();
    auto term = [&](Scalar x) {
      OpBuilder &builder = x.getBuilder();
      Value index = linalg::IndexOp::create(builder, x.getLoc(), 0);
      index = arith::IndexCastOp::create(builder, x.getLoc(),
                                         builder.getI64Type(), index);
      Value isSample = arith::CmpIOp::create(
          builder, x.getLoc(), arith::CmpIPredicate::slt, index, count);
      return select(isSample, x, x.constant(0));
    };
    rewriter.replaceOp(op,
                       buildTotal(rewriter, op.getLoc(), op.getInput(), term));
    return success();
  }
};

/// An integer that can count the elements of a tensor: as short as they allow,
/// so that a vector holds as many counts as elements.
static IntegerType getCountType(OpBuilder &builder, Value input) {
  bool isShort = getTensorType(input).getNumElements() <
                 std::numeric_limits<int32_t>::max();
  return builder.getIntegerType(isShort ? 32 : 64);
}

/// How many elements, of all or of each place of the `kept` dimensions, `holds`
/// is true for. Integers count them: exact, and one add.
static Value buildCounts(OpBuilder &builder, Location loc, Value input,
                         ArrayRef<unsigned> kept, IntegerType integer,
                         llvm::function_ref<Value(OpBuilder &, Value)> holds) {
  auto type = getTensorType(input);
  unsigned rank = type.getRank();
  SmallVector<int64_t> shape;
  SmallVector<unsigned> summed;
  for (unsigned dimension = 0; dimension < rank; ++dimension)
    if (llvm::is_contained(kept, dimension))
      shape.push_back(type.getDimSize(dimension));
    else
      summed.push_back(dimension);
  Value none = arith::ConstantIntOp::create(builder, loc, integer, 0);
  auto countsType = RankedTensorType::get(shape, integer);
  Value zero = linalg::FillOp::create(builder, loc, none,
                                      buildEmpty(builder, loc, countsType))
                   .getResult(0);
  auto counts = buildGeneric(
      builder, loc, {input}, {zero},
      {getIdentity(builder, rank), getProjection(builder, rank, kept)}, summed,
      [&](OpBuilder &builder, Location loc, ValueRange elements) {
        Value one = arith::ConstantIntOp::create(builder, loc, integer, 1);
        Value nil = arith::ConstantIntOp::create(builder, loc, integer, 0);
        Value counted = arith::SelectOp::create(
            builder, loc, holds(builder, elements[0]), one, nil);
        Value sum = arith::AddIOp::create(builder, loc, elements[1], counted);
        return SmallVector<Value>{sum};
      });
  return counts.getResult(0);
}

/// The share of elements, as f64, for which `holds` is true.
static Value buildShare(OpBuilder &builder, Location loc, Value input,
                        llvm::function_ref<Value(OpBuilder &, Value)> holds) {
  Value count =
      buildCounts(builder, loc, input, {}, getCountType(builder, input), holds);
  count = tensor::ExtractOp::create(builder, loc, count, ValueRange{});
  count = arith::SIToFPOp::create(builder, loc, builder.getF64Type(), count);
  double elements = getTensorType(input).getNumElements();
  return Scalar(builder, loc, count) / elements;
}

struct LowerShareBelow : OpRewritePattern<nn::ShareBelowOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::ShareBelowOp op,
                                PatternRewriter &rewriter) const override {
    double bound = op.getBound().convertToDouble();
    auto isBelow = [&](OpBuilder &builder, Value x) -> Value {
      return isLess(abs(Scalar(builder, op.getLoc(), x)), bound);
    };
    rewriter.replaceOp(
        op, buildShare(rewriter, op.getLoc(), op.getInput(), isBelow));
    return success();
  }
};

/// The number of zeros of each unit over the batch; then the share of units
/// that have nothing else.
struct LowerShareOfZeroUnits : OpRewritePattern<nn::ShareOfZeroUnitsOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::ShareOfZeroUnitsOp op,
                                PatternRewriter &rewriter) const override {
    auto type = getTensorType(op.getInput());
    if (type.getRank() < 2)
      return op.emitOpError("needs samples and units");
    Location loc = op.getLoc();
    IntegerType integer = getCountType(rewriter, op.getInput());
    auto isZero = [&](OpBuilder &builder, Value x) -> Value {
      return isAtMost(abs(Scalar(builder, loc, x)), 0);
    };
    SmallVector<unsigned> units =
        llvm::to_vector(llvm::seq<unsigned>(1, type.getRank()));
    Value counts =
        buildCounts(rewriter, loc, op.getInput(), units, integer, isZero);
    auto isAll = [&](OpBuilder &builder, Value count) -> Value {
      Value samples = arith::ConstantIntOp::create(builder, loc, integer,
                                                   type.getDimSize(0));
      return arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq,
                                   count, samples);
    };
    rewriter.replaceOp(op, buildShare(rewriter, loc, counts, isAll));
    return success();
  }
};

struct LowerStepNorms : OpRewritePattern<nn::StepNormsOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::StepNormsOp op,
                                PatternRewriter &rewriter) const override {
    Location loc = op.getLoc();
    unsigned rank = getTensorType(op.getInput()).getRank();
    Type f64 = rewriter.getF64Type();
    auto squares = buildGeneric(
        rewriter, loc, {op.getInput()},
        {buildFilled(rewriter, loc, op.getType(), 0)},
        {getIdentity(rewriter, rank), getProjection(rewriter, rank, {0})},
        llvm::to_vector(llvm::seq<unsigned>(1, rank)),
        [&](OpBuilder &builder, Location loc, ValueRange elements) {
          Scalar x = Scalar(builder, loc, elements[0]).convertTo(f64);
          return SmallVector<Value>{Scalar(builder, loc, elements[1]) + x * x};
        });
    AffineMap identity = getIdentity(rewriter, 1);
    auto norms = buildGeneric(
        rewriter, loc, {squares.getResult(0)},
        {buildEmpty(rewriter, loc, op.getType())}, {identity, identity}, {},
        [](OpBuilder &builder, Location loc, ValueRange elements) {
          return SmallVector<Value>{sqrt(Scalar(builder, loc, elements[0]))};
        });
    rewriter.replaceOp(op, norms.getResults());
    return success();
  }
};
} // namespace

void populateReductionToLinalgPatterns(RewritePatternSet &patterns) {
  patterns
      .add<LowerSumSamples, LowerSumUnits, LowerSpreadUnits, LowerSumSquares,
           LowerWeightPenalty, LowerMeanOfSamples, LowerSumOfSamples,
           LowerShareBelow, LowerShareOfZeroUnits, LowerStepNorms>(
          patterns.getContext());
}
} // namespace gradc

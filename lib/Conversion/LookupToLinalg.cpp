//===- LookupToLinalg.cpp - Reading rows of a table, and their gradient ---===//
//
// The numbers of rows are data: each is checked before memory is read by it.
//
//===----------------------------------------------------------------------===//

#include "BuildGeneric.h"
#include "gradc/Conversion/Passes.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include <limits>

using namespace mlir;

namespace gradc {

/// Whether a number is a whole one of 0 to `rows` - 1, and it as an index, 0
/// where it is not.
static std::pair<Value, Value> buildRow(OpBuilder &builder, Location loc,
                                        Value number, int64_t rows) {
  Scalar x(builder, loc, number);
  Value isAbove = isGreater(x, -0.5), isBelow = isLess(x, double(rows) - 0.5);
  Value isInside = arith::AndIOp::create(builder, loc, isAbove, isBelow);
  Scalar safe = select(isInside, x, x.constant(0));
  Value whole =
      arith::FPToSIOp::create(builder, loc, builder.getI32Type(), safe);
  Value back = arith::SIToFPOp::create(builder, loc, x.getType(), whole);
  Value isWhole =
      arith::CmpFOp::create(builder, loc, arith::CmpFPredicate::OEQ, back, x);
  Value isRow = arith::AndIOp::create(builder, loc, isInside, isWhole);
  Value row =
      arith::IndexCastOp::create(builder, loc, builder.getIndexType(), whole);
  return {isRow, row};
}

/// All but the last dimension joined.
static Value joinFirst(OpBuilder &builder, Location loc, Value tensor,
                       unsigned joined) {
  auto type = getTensorType(tensor);
  if (joined < 2)
    return tensor;
  SmallVector<ReassociationIndices> groups(1);
  for (int64_t d = 0; d < type.getRank(); ++d) {
    if (d >= int64_t(joined))
      groups.emplace_back();
    groups.back().push_back(d);
  }
  return tensor::CollapseShapeOp::create(builder, loc, tensor, groups);
}

namespace {
struct LowerLookup : OpRewritePattern<nn::LookupOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::LookupOp op,
                                PatternRewriter &rewriter) const override {
    auto type = getTensorType(op.getResult());
    unsigned rank = type.getRank();
    SmallVector<unsigned> numbers =
        llvm::to_vector(llvm::seq<unsigned>(0, rank - 1));
    int64_t rows = getTensorType(op.getTable()).getDimSize(0);
    auto generic = buildGeneric(
        rewriter, op.getLoc(), {op.getNumbers()},
        {buildEmpty(rewriter, op.getLoc(), type)},
        {getProjection(rewriter, rank, numbers), getIdentity(rewriter, rank)},
        {}, [&](OpBuilder &builder, Location loc, ValueRange elements) {
          auto [isRow, row] = buildRow(builder, loc, elements[0], rows);
          Value column = linalg::IndexOp::create(builder, loc, rank - 1);
          Value value = tensor::ExtractOp::create(builder, loc, op.getTable(),
                                                  ValueRange{row, column});
          Value none = buildConstant(builder, loc, type.getElementType(),
                                     std::numeric_limits<double>::quiet_NaN());
          return SmallVector<Value>{
              arith::SelectOp::create(builder, loc, isRow, value, none)};
        });
    rewriter.replaceOp(op, generic.getResults());
    return success();
  }
};

/// Rows are added one after the other: a row that was read twice gets the sum
/// of both gradients, in the order of the numbers.
struct LowerLookupGrad : OpRewritePattern<nn::LookupGradOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::LookupGradOp op,
                                PatternRewriter &rewriter) const override {
    Location loc = op.getLoc();
    auto table = getTensorType(op.getResult());
    unsigned rank = getTensorType(op.getNumbers()).getRank();
    Value numbers = joinFirst(rewriter, loc, op.getNumbers(), rank);
    Value gradient = joinFirst(rewriter, loc, op.getGradient(), rank);
    auto build = [&](int64_t end, Value start, auto body) -> Value {
      auto index = [&](int64_t i) -> Value {
        return arith::ConstantIndexOp::create(rewriter, loc, i);
      };
      Value first = index(0), last = index(end), step = index(1);
      auto loop = scf::ForOp::create(rewriter, loc, first, last, step, start);
      OpBuilder::InsertionGuard guard(rewriter);
      rewriter.setInsertionPointToStart(loop.getBody());
      Value next = body(loop.getInductionVar(), loop.getRegionIterArg(0));
      scf::YieldOp::create(rewriter, loc, next);
      return loop.getResult(0);
    };
    int64_t reads = getTensorType(numbers).getNumElements();
    Value zeros = buildFilled(rewriter, loc, table, 0);
    rewriter.replaceOp(op, build(reads, zeros, [&](Value read, Value sums) {
                         Value number = tensor::ExtractOp::create(
                             rewriter, loc, numbers, ValueRange{read});
                         auto [isRow, row] = buildRow(rewriter, loc, number,
                                                      table.getDimSize(0));
                         return addRow(rewriter, loc, build, table, gradient,
                                       read, isRow, row, sums);
                       }));
    return success();
  }

  template <typename Build>
  static Value addRow(PatternRewriter &rewriter, Location loc, Build build,
                      RankedTensorType table, Value gradient, Value read,
                      Value isRow, Value row, Value sums) {
    return build(table.getDimSize(1), sums, [&](Value column, Value sums) {
      Scalar sum(rewriter, loc,
                 tensor::ExtractOp::create(rewriter, loc, sums,
                                           ValueRange{row, column}));
      Scalar term(rewriter, loc,
                  tensor::ExtractOp::create(rewriter, loc, gradient,
                                            ValueRange{read, column}));
      Scalar next = select(isRow, sum + term, sum);
      return tensor::InsertOp::create(rewriter, loc, next, sums,
                                      ValueRange{row, column})
          .getResult();
    });
  }
};
} // namespace

void populateLookupToLinalgPatterns(RewritePatternSet &patterns) {
  patterns.add<LowerLookup, LowerLookupGrad>(patterns.getContext());
}
} // namespace gradc

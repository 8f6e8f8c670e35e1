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

/// Row `row` of a matrix, as a part of it.
struct Row {
  SmallVector<OpFoldResult> offsets, sizes, strides;
  RankedTensorType type;

  Row(OpBuilder &builder, RankedTensorType matrix, Value row)
      : offsets{row, builder.getIndexAttr(0)},
        sizes{builder.getIndexAttr(1),
              builder.getIndexAttr(matrix.getDimSize(1))},
        strides(2, builder.getIndexAttr(1)),
        type(RankedTensorType::get({matrix.getDimSize(1)},
                                   matrix.getElementType())) {}
};

static Value readRow(OpBuilder &builder, Location loc, Value matrix,
                     Value row) {
  Row part(builder, getTensorType(matrix), row);
  return tensor::ExtractSliceOp::create(builder, loc, part.type, matrix,
                                        part.offsets, part.sizes, part.strides);
}

/// Row `row` of `matrix` becomes `make` of the elements of `input`, another
/// row, and of its own. It is written where it lies: no matrix is copied.
static Value updateRow(OpBuilder &builder, Location loc, Value input,
                       Value matrix, Value row,
                       llvm::function_ref<Value(Scalar, Scalar)> make) {
  Value old = readRow(builder, loc, matrix, row);
  AffineMap elements = getIdentity(builder, 1);
  auto generic = buildGeneric(
      builder, loc, {input}, {old}, {elements, elements}, {},
      [&](OpBuilder &inner, Location loc, ValueRange values) {
        return SmallVector<Value>{
            make(Scalar(inner, loc, values[0]), Scalar(inner, loc, values[1]))};
      });
  Row part(builder, getTensorType(matrix), row);
  return tensor::InsertSliceOp::create(builder, loc, generic.getResult(0),
                                       matrix, part.offsets, part.sizes,
                                       part.strides);
}

/// A loop over all numbers, one after the other, that carries a matrix. `body`
/// gets the place of a number, the row that it says, whether it says one, and
/// the matrix, and gives the next one.
static Value buildLoop(
    OpBuilder &builder, Location loc, Value numbers, int64_t rows, Value matrix,
    llvm::function_ref<Value(Value place, Value row, Value isRow, Value matrix)>
        body) {
  auto index = [&](int64_t i) -> Value {
    return arith::ConstantIndexOp::create(builder, loc, i);
  };
  numbers = joinFirst(builder, loc, numbers, getTensorType(numbers).getRank());
  Value first = index(0), last = index(getTensorType(numbers).getDimSize(0)),
        step = index(1);
  auto loop = scf::ForOp::create(builder, loc, first, last, step, matrix);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(loop.getBody());
  Value place = loop.getInductionVar();
  Value number = tensor::ExtractOp::create(builder, loc, numbers, place);
  auto [isRow, row] = buildRow(builder, loc, number, rows);
  Value next = body(place, row, isRow, loop.getRegionIterArg(0));
  scf::YieldOp::create(builder, loc, next);
  return loop.getResult(0);
}

namespace {
/// A row at a time is copied: in vectors, as soon as rows are that long.
struct LowerLookup : OpRewritePattern<nn::LookupOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::LookupOp op,
                                PatternRewriter &rewriter) const override {
    Location loc = op.getLoc();
    auto type = getTensorType(op.getResult());
    unsigned joined = type.getRank() - 1;
    int64_t features = type.getShape().back();
    auto rows = RankedTensorType::get(
        {type.getNumElements() / features, features}, type.getElementType());
    Value none = buildConstant(rewriter, loc, type.getElementType(),
                               std::numeric_limits<double>::quiet_NaN());
    Value read =
        buildLoop(rewriter, loc, op.getNumbers(),
                  getTensorType(op.getTable()).getDimSize(0),
                  buildEmpty(rewriter, loc, rows),
                  [&](Value place, Value row, Value isRow, Value result) {
                    Value found = readRow(rewriter, loc, op.getTable(), row);
                    return updateRow(rewriter, loc, found, result, place,
                                     [&](Scalar x, Scalar) -> Value {
                                       return arith::SelectOp::create(
                                           x.getBuilder(), loc, isRow, x, none);
                                     });
                  });
    if (joined > 1) {
      SmallVector<ReassociationIndices> groups(2);
      groups[0] = llvm::to_vector(llvm::seq<int64_t>(0, joined));
      groups[1] = {joined};
      read = tensor::ExpandShapeOp::create(rewriter, loc, type, read, groups);
    }
    rewriter.replaceOp(op, read);
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
    Value gradient = joinFirst(rewriter, loc, op.getGradient(),
                               getTensorType(op.getNumbers()).getRank());
    rewriter.replaceOp(
        op, buildLoop(rewriter, loc, op.getNumbers(), table.getDimSize(0),
                      buildFilled(rewriter, loc, table, 0),
                      [&](Value place, Value row, Value isRow, Value sums) {
                        Value term = readRow(rewriter, loc, gradient, place);
                        return updateRow(rewriter, loc, term, sums, row,
                                         [&](Scalar x, Scalar sum) -> Value {
                                           return select(isRow, sum + x, sum);
                                         });
                      }));
    return success();
  }
};
} // namespace

void populateLookupToLinalgPatterns(RewritePatternSet &patterns) {
  patterns.add<LowerLookup, LowerLookupGrad>(patterns.getContext());
}
} // namespace gradc

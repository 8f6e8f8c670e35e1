//===- OrthonormalizeToLoops.cpp - Rows at right angles -------------------===//
//
// Gram-Schmidt, each row freed of the ones above it twice: "twice is enough"
// for right angles to the last digits (Giraud, Langou and Rozloznik, The loss
// of orthogonality in the Gram-Schmidt orthogonalization process, 2005). It
// runs once, on f64, before the first step.
//
//===----------------------------------------------------------------------===//

#include "BuildGeneric.h"
#include "gradc/Conversion/Passes.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;

namespace gradc {
namespace {
/// Loops on a matrix with no more rows than columns, which they pass on.
class RowLoops {
public:
  RowLoops(OpBuilder &builder, Location loc, RankedTensorType type)
      : builder(builder), loc(loc), rows(index(type.getDimSize(0))),
        columns(index(type.getDimSize(1))), zero(index(0)), one(index(1)) {}

  Value orthonormalize(Value matrix) {
    return loop(zero, rows, matrix, [&](Value row, Value matrix) {
      matrix = loop(zero, index(2), matrix, [&](Value, Value matrix) {
        return loop(zero, row, matrix, [&](Value above, Value matrix) {
          return subtract(matrix, row, above);
        });
      });
      Scalar size = sqrt(Scalar(builder, loc, multiply(matrix, row, row)));
      return change(matrix, row, [&](Scalar element, Value, Value) {
        return element / size;
      });
    });
  }

private:
  OpBuilder &builder;
  Location loc;
  Value rows, columns, zero, one;

  Value index(int64_t value) {
    return arith::ConstantIndexOp::create(builder, loc, value);
  }

  /// A loop that hands `value` from turn to turn.
  Value loop(Value from, Value to, Value value,
             llvm::function_ref<Value(Value, Value)> body) {
    return scf::ForOp::create(
               builder, loc, from, to, one, value,
               [&](OpBuilder &, Location, Value turn, ValueRange carried) {
                 scf::YieldOp::create(builder, loc, body(turn, carried[0]));
               })
        .getResult(0);
  }

  Scalar read(Value matrix, Value row, Value column) {
    return {builder, loc,
            tensor::ExtractOp::create(builder, loc, matrix,
                                      ValueRange{row, column})};
  }

  Value multiply(Value matrix, Value a, Value b) {
    Value sum = buildConstant(builder, loc, builder.getF64Type(), 0);
    return loop(zero, columns, sum, [&](Value column, Value sum) {
      return Scalar(builder, loc, sum) +
             read(matrix, a, column) * read(matrix, b, column);
    });
  }

  Value change(Value matrix, Value row,
               llvm::function_ref<Scalar(Scalar, Value, Value)> formula) {
    return loop(zero, columns, matrix, [&](Value column, Value matrix) {
      Scalar next = formula(read(matrix, row, column), matrix, column);
      return tensor::InsertOp::create(builder, loc, next, matrix,
                                      ValueRange{row, column})
          .getResult();
    });
  }

  /// Takes from a row what of it lies along another one, whose length is 1.
  Value subtract(Value matrix, Value row, Value other) {
    Scalar share(builder, loc, multiply(matrix, row, other));
    return change(matrix, row, [&](Scalar element, Value matrix, Value column) {
      return element - share * read(matrix, other, column);
    });
  }
};

struct LowerOrthonormalize : OpRewritePattern<nn::OrthonormalizeOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::OrthonormalizeOp op,
                                PatternRewriter &rewriter) const override {
    Location loc = op.getLoc();
    RankedTensorType type = getTensorType(op.getInput());
    int64_t rows = type.getDimSize(0), columns = type.getNumElements() / rows;
    auto wide = RankedTensorType::get(
        {std::min(rows, columns), std::max(rows, columns)},
        type.getElementType());
    SmallVector<ReassociationIndices> groups{{0}, {}};
    for (int64_t dimension = 1; dimension < type.getRank(); ++dimension)
      groups[1].push_back(dimension);
    Value matrix = op.getInput();
    if (type.getRank() > 2)
      matrix = tensor::CollapseShapeOp::create(rewriter, loc, matrix, groups);
    // Of a tall matrix the columns are made orthonormal: the rows of its
    // transpose.
    bool isTall = rows > columns;
    double gain = op.getGain().convertToDouble();
    matrix = map(rewriter, loc, matrix, wide, isTall, 1);
    matrix = RowLoops(rewriter, loc, wide).orthonormalize(matrix);
    auto result = RankedTensorType::get(
        {rows, columns}, getTensorType(op.getResult()).getElementType());
    matrix = map(rewriter, loc, matrix, result, isTall, gain);
    if (type.getRank() > 2)
      matrix = tensor::ExpandShapeOp::create(rewriter, loc, op.getType(),
                                             matrix, groups);
    rewriter.replaceOp(op, matrix);
    return success();
  }

  /// The matrix or its transpose, times a factor, as a tensor of `type`.
  static Value map(OpBuilder &builder, Location loc, Value matrix,
                   RankedTensorType type, bool transposes, double factor) {
    SmallVector<unsigned> order{0, 1};
    if (transposes)
      std::swap(order[0], order[1]);
    auto generic = buildGeneric(
        builder, loc, {matrix}, {buildEmpty(builder, loc, type)},
        {getProjection(builder, 2, order), getIdentity(builder, 2)}, {},
        [&](OpBuilder &builder, Location loc, ValueRange elements) {
          Scalar element(builder, loc, elements[0]);
          return SmallVector<Value>{
              (element * factor).convertTo(type.getElementType())};
        });
    return generic.getResult(0);
  }
};
} // namespace

void populateOrthonormalizeToLoopsPatterns(RewritePatternSet &patterns) {
  patterns.add<LowerOrthonormalize>(patterns.getContext());
}
} // namespace gradc

//===- ConcatToLinalg.cpp - Joined and parted tensors ---------------------===//
//
// A part is read from its place, or added to zeros at its place, by a generic.
// Its loops run over the part; one more loop of a single turn keeps `linalg`
// from taking the whole tensor's size for theirs.
//
//===----------------------------------------------------------------------===//

#include "BuildGeneric.h"
#include "gradc/Conversion/Passes.h"

using namespace mlir;

namespace gradc {
namespace {
/// The loops of a part, and the map to its place in the whole tensor.
class PartBuilder {
public:
  PartBuilder(OpBuilder &builder, Location loc, RankedTensorType part)
      : builder(builder), loc(loc), part(part) {
    SmallVector<int64_t> shape(part.getShape());
    shape.push_back(1);
    extended = RankedTensorType::get(shape, part.getElementType());
    for (int64_t dimension = 0; dimension < part.getRank(); ++dimension)
      groups.push_back({dimension});
    groups.back().push_back(part.getRank());
  }

  /// A generic that did not read what it writes into would lose the other
  /// parts: to `linalg` it would stand for a new tensor.
  Value add(Value value, Value whole, unsigned axis, int64_t offset) {
    Value input =
        tensor::ExpandShapeOp::create(builder, loc, extended, value, groups);
    AffineMap from = getIdentity(builder, extended.getRank());
    return buildGeneric(
               builder, loc, {input}, {whole}, {from, getPlace(axis, offset)},
               {},
               [](OpBuilder &builder, Location loc, ValueRange elements) {
                 Scalar old(builder, loc, elements[1]);
                 return SmallVector<Value>{old +
                                           Scalar(builder, loc, elements[0])};
               })
        .getResult(0);
  }

  Value read(Value whole, unsigned axis, int64_t offset) {
    AffineMap to = getIdentity(builder, extended.getRank());
    auto read = buildGeneric(builder, loc, {whole},
                             {buildEmpty(builder, loc, extended)},
                             {getPlace(axis, offset), to}, {},
                             [](OpBuilder &, Location, ValueRange elements) {
                               return SmallVector<Value>{elements[0]};
                             });
    return tensor::CollapseShapeOp::create(builder, loc, part,
                                           read.getResult(0), groups);
  }

private:
  OpBuilder &builder;
  Location loc;
  RankedTensorType part, extended;
  SmallVector<ReassociationIndices> groups;

  AffineMap getPlace(unsigned axis, int64_t offset) {
    unsigned rank = part.getRank();
    SmallVector<AffineExpr> results;
    for (unsigned dimension = 0; dimension < rank; ++dimension)
      results.push_back(builder.getAffineDimExpr(dimension));
    results[axis] = results[axis] + builder.getAffineDimExpr(rank) + offset;
    return AffineMap::get(rank + 1, 0, results, builder.getContext());
  }
};

struct LowerConcat : OpRewritePattern<nn::ConcatOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::ConcatOp op,
                                PatternRewriter &rewriter) const override {
    Value joined = buildFilled(rewriter, op.getLoc(), op.getType(), 0);
    int64_t offset = 0;
    for (Value input : op.getInputs()) {
      RankedTensorType type = getTensorType(input);
      joined = PartBuilder(rewriter, op.getLoc(), type)
                   .add(input, joined, op.getAxis(), offset);
      offset += type.getDimSize(op.getAxis());
    }
    rewriter.replaceOp(op, joined);
    return success();
  }
};

struct LowerSlice : OpRewritePattern<nn::SliceOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::SliceOp op,
                                PatternRewriter &rewriter) const override {
    PartBuilder part(rewriter, op.getLoc(), getTensorType(op.getResult()));
    rewriter.replaceOp(op,
                       part.read(op.getInput(), op.getAxis(), op.getOffset()));
    return success();
  }
};
} // namespace

void populateConcatToLinalgPatterns(RewritePatternSet &patterns) {
  patterns.add<LowerConcat, LowerSlice>(patterns.getContext());
}
} // namespace gradc

//===- ConvolutionToLinalg.cpp - Convolutions as products -----------------===//
//
// What the window covers at each place becomes a row of a matrix, the filter
// another matrix; a convolution and both its gradients are their products.
// Rows hold the channels of an element next to each other: so they are copied
// in runs where channels lie innermost, and filters are read the same way.
//
//===----------------------------------------------------------------------===//

#include "ImageGenerics.h"
#include "gradc/Conversion/Passes.h"
#include "mlir/Dialect/Utils/ReshapeOpsUtils.h"

using namespace mlir;

namespace gradc {

/// Makes of a dimension one for the groups and one within each, where there are
/// several; says which dimensions belong together.
/// A tensor whose dimension `dimension` falls into groups, which become a
/// dimension of their own before it.
static Value splitGroups(OpBuilder &builder, Location loc, Value tensor,
                         unsigned dimension, int64_t groups) {
  if (groups == 1)
    return tensor;
  auto type = getTensorType(tensor);
  SmallVector<int64_t> shape(type.getShape());
  SmallVector<ReassociationIndices> indices;
  for (int64_t i = 0, next = 0; i < type.getRank(); ++i) {
    indices.push_back({next++});
    if (i == dimension)
      indices.back().push_back(next++);
  }
  shape[dimension] /= groups;
  shape.insert(shape.begin() + dimension, groups);
  return tensor::ExpandShapeOp::create(builder, loc, type.clone(shape), tensor,
                                       indices);
}

namespace {
/// The products of one group of channels. Where there are several, the group is
/// a dimension of its own, at a constant place in each map.
class GroupBuilder {
public:
  GroupBuilder(OpBuilder &builder, Location loc, nn::WindowAttr window,
               int64_t groups, int64_t group)
      : builder(builder), loc(loc), window(window), groups(groups),
        group(group) {}

  /// Rows: samples, places; columns: height and width of the kernel, channels
  /// of this group.
  Value buildWindows(Value images, ArrayRef<int64_t> strides,
                     ArrayRef<int64_t> places) {
    auto type = getTensorType(images);
    SmallVector<int64_t> shape{type.getDimSize(0),
                               places[0],
                               places[1],
                               window.getKernel()[0],
                               window.getKernel()[1],
                               type.getDimSize(1) / groups};
    auto at = [&](unsigned axis) {
      return d(1 + axis) * strides[axis] +
             d(3 + axis) * window.getDilation()[axis];
    };
    return collapse(copy(images, 1, {d(0), d(5), at(0), at(1)}, shape));
  }

  /// Rows: height, width, input channels of the filter; columns: its outputs.
  Value buildFilter(Value filter) {
    auto type = getTensorType(filter);
    return collapse(copy(filter, 0, {d(3), d(2), d(0), d(1)},
                         {type.getDimSize(2), type.getDimSize(3),
                          type.getDimSize(1), type.getDimSize(0) / groups}));
  }

  /// The same turned by half a turn, with inputs and outputs exchanged.
  Value buildTurnedFilter(Value filter) {
    auto type = getTensorType(filter);
    int64_t height = type.getDimSize(2), width = type.getDimSize(3);
    AffineExpr row = -d(0) + (height - 1), column = -d(1) + (width - 1);
    return collapse(
        copy(filter, 0, {d(2), d(3), row, column},
             {height, width, type.getDimSize(0) / groups, type.getDimSize(1)}));
  }

  /// Rows: samples, height, width; columns: channels of this group.
  Value buildPixels(Value image) {
    auto type = getTensorType(image);
    return collapse(copy(image, 1, {d(0), d(3), d(1), d(2)},
                         {type.getDimSize(0), type.getDimSize(2),
                          type.getDimSize(3), type.getDimSize(1) / groups}));
  }

  Value buildProduct(Value lhs, bool transposeLhs, Value rhs) {
    auto left = getTensorType(lhs), right = getTensorType(rhs);
    auto type = RankedTensorType::get(
        {left.getDimSize(transposeLhs ? 1 : 0), right.getDimSize(1)},
        left.getElementType());
    auto map = [&](unsigned a, unsigned b) {
      return AffineMapAttr::get(getProjection(builder, 3, {a, b}));
    };
    auto matmul = linalg::MatmulOp::create(
        builder, loc, TypeRange{type}, ValueRange{lhs, rhs},
        ValueRange{buildFilled(builder, loc, type, 0)});
    matmul.setIndexingMapsAttr(builder.getArrayAttr(
        {transposeLhs ? map(2, 0) : map(0, 2), map(2, 1), map(0, 1)}));
    return matmul.getResult(0);
  }

  /// Writes a matrix of pixels to the channels of this group in images of
  /// `type`.
  Value writePixels(Value matrix, RankedTensorType type, Value images) {
    Value pixels =
        expand(matrix, {type.getDimSize(0), type.getDimSize(2),
                        type.getDimSize(3), type.getDimSize(1) / groups});
    return write(pixels, {d(0), d(2), d(3), d(1)}, type, 1, images);
  }

  /// Writes a matrix like that of `buildFilter` to this group's part of a
  /// filter of `type`.
  Value writeFilter(Value matrix, RankedTensorType type, Value filter) {
    Value taps =
        expand(matrix, {type.getDimSize(2), type.getDimSize(3),
                        type.getDimSize(1), type.getDimSize(0) / groups});
    return write(taps, {d(2), d(3), d(1), d(0)}, type, 0, filter);
  }

private:
  OpBuilder &builder;
  Location loc;
  nn::WindowAttr window;
  int64_t groups, group;

  AffineExpr d(unsigned dimension) {
    return builder.getAffineDimExpr(dimension);
  }
  AffineMap map(unsigned rank, ArrayRef<AffineExpr> results) {
    return AffineMap::get(rank, 0, results, builder.getContext());
  }

  /// The place in this group of a tensor whose dimension `channels` falls into
  /// groups.
  SmallVector<AffineExpr> place(ArrayRef<AffineExpr> results,
                                unsigned channels) {
    SmallVector<AffineExpr> place(results);
    if (groups > 1)
      place.insert(place.begin() + channels,
                   builder.getAffineConstantExpr(group));
    return place;
  }

  /// A tensor of `shape`, each element read from this group of `input`.
  Value copy(Value input, unsigned channels, ArrayRef<AffineExpr> results,
             ArrayRef<int64_t> shape) {
    auto type = getTensorType(input).clone(shape);
    return buildCopy(
        builder, loc, splitGroups(builder, loc, input, channels, groups),
        map(shape.size(), place(results, channels)),
        buildEmpty(builder, loc, type), getIdentity(builder, shape.size()));
  }

  /// Writes this group's part of a tensor of `type`, each element read from
  /// `input` at `results`.
  Value write(Value input, ArrayRef<AffineExpr> results, RankedTensorType type,
              unsigned channels, Value whole) {
    SmallVector<int64_t> shape(type.getShape());
    shape[channels] /= groups;
    Value part = buildCopy(builder, loc, input, map(4, results),
                           buildEmpty(builder, loc, type.clone(shape)),
                           getIdentity(builder, 4));
    if (groups == 1)
      return part;
    SmallVector<int64_t> offsets(4, 0);
    offsets[channels] = group * shape[channels];
    return buildInserted(builder, loc, part, whole, offsets, {1, 1, 1, 1});
  }

  /// The first three dimensions become the rows of a matrix, the others its
  /// columns.
  Value collapse(Value tensor) {
    auto type = getTensorType(tensor);
    SmallVector<ReassociationIndices> indices(2);
    SmallVector<int64_t> shape{1, 1};
    for (int64_t i = 0; i < type.getRank(); ++i) {
      indices[i < 3 ? 0 : 1].push_back(i);
      shape[i < 3 ? 0 : 1] *= type.getDimSize(i);
    }
    return tensor::CollapseShapeOp::create(builder, loc, type.clone(shape),
                                           tensor, indices);
  }

  /// The rows of a matrix become three dimensions.
  Value expand(Value matrix, ArrayRef<int64_t> shape) {
    return tensor::ExpandShapeOp::create(
        builder, loc, getTensorType(matrix).clone(shape), matrix,
        ArrayRef<ReassociationIndices>{{0, 1, 2}, {3}});
  }
};

/// Replaces `op` by what `build` makes of each group: it gets the tensor with
/// the groups so far and returns it with its own.
template <typename Op>
void replaceByGroups(Op op, PatternRewriter &rewriter,
                     llvm::function_ref<Value(GroupBuilder &, Value)> build) {
  int64_t groups = op.getGroups();
  Value result = buildEmpty(rewriter, op.getLoc(), op.getType());
  for (int64_t group = 0; group < groups; ++group) {
    GroupBuilder groupBuilder(rewriter, op.getLoc(), op.getWindow(), groups,
                              group);
    result = build(groupBuilder, result);
  }
  rewriter.replaceOp(op, result);
}

struct LowerConvolution : OpRewritePattern<nn::ConvolutionOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::ConvolutionOp op,
                                PatternRewriter &rewriter) const override {
    nn::WindowAttr window = op.getWindow();
    RankedTensorType type = op.getType();
    Value padded = buildPadded(rewriter, op.getLoc(), op.getInput(), window, 0);
    auto build = [&](GroupBuilder &group, Value result) {
      Value windows = group.buildWindows(padded, window.getStrides(),
                                         type.getShape().take_back(2));
      Value weights = group.buildFilter(op.getFilter());
      Value product = group.buildProduct(windows, false, weights);
      return group.writePixels(product, type, result);
    };
    replaceByGroups(op, rewriter, build);
    return success();
  }
};

struct LowerInputGradient : OpRewritePattern<nn::ConvolutionInputGradientOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::ConvolutionInputGradientOp op,
                                PatternRewriter &rewriter) const override {
    RankedTensorType type = op.getType();
    Value zero = buildConstant(rewriter, op.getLoc(), type.getElementType(), 0);
    Value spread = buildSpread(rewriter, op.getLoc(), op.getGradient(),
                               op.getWindow(), type, zero);
    auto build = [&](GroupBuilder &group, Value result) {
      Value windows =
          group.buildWindows(spread, {1, 1}, type.getShape().take_back(2));
      Value weights = group.buildTurnedFilter(op.getFilter());
      Value product = group.buildProduct(windows, false, weights);
      return group.writePixels(product, type, result);
    };
    replaceByGroups(op, rewriter, build);
    return success();
  }
};

struct LowerFilterGradient : OpRewritePattern<nn::ConvolutionFilterGradientOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::ConvolutionFilterGradientOp op,
                                PatternRewriter &rewriter) const override {
    nn::WindowAttr window = op.getWindow();
    auto gradient = getTensorType(op.getGradient());
    Value padded = buildPadded(rewriter, op.getLoc(), op.getInput(), window, 0);
    auto build = [&](GroupBuilder &group, Value result) {
      Value windows = group.buildWindows(padded, window.getStrides(),
                                         gradient.getShape().take_back(2));
      Value pixels = group.buildPixels(op.getGradient());
      Value product = group.buildProduct(windows, true, pixels);
      return group.writeFilter(product, op.getType(), result);
    };
    replaceByGroups(op, rewriter, build);
    return success();
  }
};
} // namespace

void populateConvolutionToLinalgPatterns(RewritePatternSet &patterns) {
  patterns.add<LowerConvolution, LowerInputGradient, LowerFilterGradient>(
      patterns.getContext());
}
} // namespace gradc

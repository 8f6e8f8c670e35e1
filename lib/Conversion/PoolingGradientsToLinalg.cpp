//===- PoolingGradientsToLinalg.cpp - Gradients back through windows ------===//

#include "PoolingWindows.h"
#include "gradc/Conversion/Passes.h"
#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;

namespace gradc {
namespace {
/// What of the gradient of a window goes to one of its elements: all of it to
/// the element of the window's `chosen` index, or to each where there is none.
class Distributor {
public:
  Distributor(OpBuilder &builder, Location loc, nn::WindowAttr window,
              Value gradient, Value chosen)
      : builder(builder), loc(loc), window(window),
        windows(builder, loc, window), gradient(gradient), chosen(chosen) {}

  /// The gradient of images of `type`.
  Value distribute(RankedTensorType type) {
    return windows.isSmall() ? crop(scatter(type), type) : gather(type);
  }

private:
  OpBuilder &builder;
  Location loc;
  nn::WindowAttr window;
  PoolingWindows windows;
  Value gradient, chosen;

  static Value selectShare(OpBuilder &b, Location loc, ValueRange elements,
                           Value index) {
    if (elements.size() == 1)
      return elements[0];
    Value isChosen = arith::CmpIOp::create(b, loc, arith::CmpIPredicate::eq,
                                           elements[1], index);
    Scalar share(b, loc, elements[0]);
    return select(isChosen, share, share.constant(0));
  }

  /// Rows or columns that nobody reads before the padded images. They are cut
  /// out by loops, and a dimension that is a loop alone must be as long as it.
  int64_t getMargin(unsigned axis) const {
    bool hasPaddingAfter = window.getPadding()[2 * axis + 1] != 0;
    return window.getPaddingBefore(axis) == 0 && hasPaddingAfter ? 1 : 0;
  }

  /// Each element of the kernel in turn adds the gradients of all windows to
  /// the images, which are padded.
  Value scatter(RankedTensorType type) {
    SmallVector<int64_t> shape(type.getShape());
    for (unsigned axis : {0, 1})
      shape[2 + axis] =
          window.getPaddedSize(axis, shape[2 + axis]) + getMargin(axis);
    // Windows that lie side by side write each element once.
    bool isTiled = !window.isPadded() && tiles(shape);
    Value images = isTiled ? buildEmpty(builder, loc, type.clone(shape))
                           : buildFilled(builder, loc, type.clone(shape), 0);
    for (int64_t row = 0; row < window.getKernel()[0]; ++row)
      for (int64_t column = 0; column < window.getKernel()[1]; ++column)
        images = isTiled ? placeElement(images, row, column)
                         : addElement(images, row, column);
    return images;
  }

  bool tiles(ArrayRef<int64_t> shape) {
    for (unsigned axis : {0, 1}) {
      int64_t stride = window.getStrides()[axis];
      if (stride != window.getKernel()[axis] ||
          window.getReach(axis) != stride || shape[2 + axis] % stride != 0)
        return false;
    }
    return true;
  }

  /// The shares of one element of the kernel, at its place in each window.
  Value placeElement(Value images, int64_t row, int64_t column) {
    ArrayRef<int64_t> strides = window.getStrides();
    SmallVector<Value> inputs{gradient};
    if (chosen)
      inputs.push_back(chosen);
    int64_t number = row * window.getKernel()[1] + column;
    SmallVector<AffineMap> maps(inputs.size() + 1, getIdentity(builder, 4));
    auto body = [&](OpBuilder &b, Location loc, ValueRange elements) {
      Value index =
          arith::ConstantOp::create(b, loc, b.getI32IntegerAttr(number));
      return SmallVector<Value>{
          selectShare(b, loc, elements.drop_back(), index)};
    };
    Value share = buildGeneric(builder, loc, inputs,
                               {buildEmpty(builder, loc, gradient.getType())},
                               maps, {}, body)
                      .getResult(0);
    return buildInserted(builder, loc, share, images, {0, 0, row, column},
                         {1, 1, strides[0], strides[1]});
  }

  Value addElement(Value images, int64_t row, int64_t column) {
    int64_t number = row * window.getKernel()[1] + column;
    SmallVector<Value> inputs{gradient};
    if (chosen)
      inputs.push_back(chosen);
    SmallVector<AffineMap> maps(inputs.size(), getIdentity(builder, 4));
    maps.push_back(
        windows.getElementMap(row, column, {getMargin(0), getMargin(1)}));
    auto body = [&](OpBuilder &b, Location loc, ValueRange elements) {
      Value index =
          arith::ConstantOp::create(b, loc, b.getI32IntegerAttr(number));
      Value share = selectShare(b, loc, elements.drop_back(), index);
      return SmallVector<Value>{Scalar(b, loc, elements.back()) +
                                Scalar(b, loc, share)};
    };
    return buildGeneric(builder, loc, inputs, {images}, maps, {}, body)
        .getResult(0);
  }

  Value crop(Value padded, RankedTensorType type) {
    if (!window.isPadded())
      return padded;
    auto at = [&](unsigned axis) {
      return builder.getAffineDimExpr(2 + axis) +
             (window.getPaddingBefore(axis) + getMargin(axis));
    };
    AffineMap map = AffineMap::get(4, 0,
                                   {builder.getAffineDimExpr(0),
                                    builder.getAffineDimExpr(1), at(0), at(1)},
                                   builder.getContext());
    return buildCopy(builder, loc, padded, map, buildEmpty(builder, loc, type),
                     getIdentity(builder, 4));
  }

  /// Each element of the images sums over the windows that it lies in: a window
  /// that runs backwards over the spread gradient.
  Value gather(RankedTensorType type) {
    Type element = type.getElementType();
    Value zero = buildConstant(builder, loc, element, 0);
    Value spread = buildSpread(builder, loc, gradient, window, type, zero);
    SmallVector<Value> inputs{spread};
    if (chosen) {
      Value none = arith::ConstantOp::create(builder, loc,
                                             builder.getI32IntegerAttr(-1));
      inputs.push_back(buildSpread(builder, loc, chosen, window, type, none));
    }
    SmallVector<AffineMap> maps(inputs.size(), windows.getWindowMap({1, 1}));
    inputs.push_back(windows.buildKernelShape(element));
    maps.push_back(windows.getKernelMap());
    maps.push_back(getProjection(builder, 6, {0, 1, 2, 3}));
    auto body = [&](OpBuilder &b, Location loc, ValueRange elements) {
      Value last = arith::ConstantOp::create(
          b, loc, b.getI32IntegerAttr(window.getNumElements() - 1));
      Value index =
          arith::SubIOp::create(b, loc, last, windows.buildKernelIndex(b, loc));
      Value share = selectShare(b, loc, elements.drop_back(2), index);
      return SmallVector<Value>{Scalar(b, loc, elements.back()) +
                                Scalar(b, loc, share)};
    };
    return buildGeneric(builder, loc, inputs,
                        {buildFilled(builder, loc, type, 0)}, maps, {4, 5},
                        body)
        .getResult(0);
  }
};

struct LowerMaxPoolGrad : OpRewritePattern<nn::MaxPoolGradOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::MaxPoolGradOp op,
                                PatternRewriter &rewriter) const override {
    PoolingWindows windows(rewriter, op.getLoc(), op.getWindow());
    Value chosen =
        windows.findFirstMax(op.getInput(), getTensorType(op.getGradient()));
    Distributor distributor(rewriter, op.getLoc(), op.getWindow(),
                            op.getGradient(), chosen);
    rewriter.replaceOp(op, distributor.distribute(op.getType()));
    return success();
  }
};

struct LowerAvgPoolGrad : OpRewritePattern<nn::AvgPoolGradOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::AvgPoolGradOp op,
                                PatternRewriter &rewriter) const override {
    PoolingWindows windows(rewriter, op.getLoc(), op.getWindow());
    Value shares = windows.divideByCounts(op.getGradient(), op.getType(),
                                          op.getCountPadding());
    Distributor distributor(rewriter, op.getLoc(), op.getWindow(), shares, {});
    rewriter.replaceOp(op, distributor.distribute(op.getType()));
    return success();
  }
};
} // namespace

void populatePoolingGradientsToLinalgPatterns(RewritePatternSet &patterns) {
  patterns.add<LowerMaxPoolGrad, LowerAvgPoolGrad>(patterns.getContext());
}
} // namespace gradc

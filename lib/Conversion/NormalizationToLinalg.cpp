//===- NormalizationToLinalg.cpp - Statistics, then one pass --------------===//
//
// Sums over memory give a few numbers for each unit or row; what is made of
// them is computed once for each, in f64; the last pass then has one formula.
//
//===----------------------------------------------------------------------===//

#include "BuildGeneric.h"
#include "gradc/Conversion/Passes.h"
#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;

namespace gradc {
namespace {
/// A tensor cut into groups of elements that are normalized together: some of
/// its dimensions tell the groups apart, the others are summed over.
class Groups {
public:
  Groups(OpBuilder &builder, Location loc, RankedTensorType type,
         ArrayRef<unsigned> kept)
      : builder(builder), loc(loc), type(type) {
    SmallVector<int64_t> sizes;
    for (unsigned dimension : kept)
      sizes.push_back(type.getDimSize(dimension));
    groupType = RankedTensorType::get(sizes, type.getElementType());
    for (unsigned d = 0; d < type.getRank(); ++d)
      if (!llvm::is_contained(kept, d))
        summed.push_back(d);
    all = getIdentity(builder, type.getRank());
    group = getProjection(builder, type.getRank(), kept);
    count = double(type.getNumElements()) / double(groupType.getNumElements());
  }

  OpBuilder &builder;
  Location loc;
  RankedTensorType type, groupType;
  SmallVector<unsigned> summed;
  AffineMap all, group;
  double count; ///< the elements of a group

  using Formula =
      llvm::function_ref<SmallVector<Scalar>(ArrayRef<Scalar> operands)>;

  /// Adds up terms over each group in one pass, in their type. The formula sees
  /// an element of each of `inputs`, which are whole tensors or numbers for
  /// each group.
  SmallVector<Value> sum(ValueRange inputs, unsigned numSums, Type sumType,
                         Formula terms) {
    auto results = RankedTensorType::get(groupType.getShape(), sumType);
    SmallVector<Value> zeros;
    for (unsigned i = 0; i < numSums; ++i)
      zeros.push_back(buildFilled(builder, loc, results, 0));
    SmallVector<AffineMap> maps = getMaps(inputs);
    maps.append(numSums, group);
    auto generic = buildGeneric(
        builder, loc, inputs, zeros, maps, summed,
        [&](OpBuilder &b, Location loc, ValueRange elements) {
          SmallVector<Value> sums;
          for (auto [index, term] :
               llvm::enumerate(terms(read(b, loc, elements, inputs.size()))))
            sums.push_back(Scalar(b, loc, elements[inputs.size() + index]) +
                           term.convertTo(sumType));
          return sums;
        });
    return llvm::to_vector_of<Value>(generic.getResults());
  }
  /// The same in the element type.
  SmallVector<Value> sum(ValueRange inputs, unsigned numSums, Formula terms) {
    return sum(inputs, numSums, type.getElementType(), terms);
  }

  /// Computes numbers for each group from others, in f64.
  SmallVector<Value> combine(ValueRange inputs, unsigned numResults,
                             Formula formula) {
    AffineMap identity = getIdentity(builder, groupType.getRank());
    SmallVector<AffineMap> maps(inputs.size() + numResults, identity);
    auto generic = buildGeneric(
        builder, loc, inputs, buildOutputs(groupType, numResults), maps, {},
        [&](OpBuilder &b, Location loc, ValueRange elements) {
          SmallVector<Scalar> wide;
          for (Scalar element : read(b, loc, elements, inputs.size()))
            wide.push_back(element.widen());
          SmallVector<Value> results;
          for (Scalar result : formula(wide))
            results.push_back(result.convertTo(type.getElementType()));
          return results;
        });
    return llvm::to_vector_of<Value>(generic.getResults());
  }

  /// Computes a whole tensor.
  Value apply(ValueRange inputs,
              llvm::function_ref<Scalar(ArrayRef<Scalar>)> formula) {
    SmallVector<AffineMap> maps = getMaps(inputs);
    maps.push_back(all);
    return buildGeneric(builder, loc, inputs, buildOutputs(type, 1), maps, {},
                        [&](OpBuilder &b, Location loc, ValueRange elements) {
                          return SmallVector<Value>{
                              formula(read(b, loc, elements, inputs.size()))};
                        })
        .getResult(0);
  }

  /// The mean and the biased variance of each group. The variance takes a pass
  /// of its own: the mean of squares less the square of the mean cancels. The
  /// mean is summed in f64: of equal elements it is exactly that element, and
  /// far from 0 it keeps the digits that tell elements apart.
  std::pair<Value, Value> buildStatistics(Value input) {
    Value total = sum({input}, 1, builder.getF64Type(),
                      [](ArrayRef<Scalar> e) { return SmallVector{e[0]}; })[0];
    Value mean = combine({total}, 1, [&](ArrayRef<Scalar> e) {
      return SmallVector{e[0] / count};
    })[0];
    Value squares = sum({input, mean}, 1, [](ArrayRef<Scalar> e) {
      Scalar distance = e[0] - e[1];
      return SmallVector{distance * distance};
    })[0];
    Value variance = combine({squares}, 1, [&](ArrayRef<Scalar> e) {
      return SmallVector{e[0] / count};
    })[0];
    return {mean, variance};
  }

private:
  SmallVector<AffineMap> getMaps(ValueRange inputs) {
    SmallVector<AffineMap> maps;
    for (Value input : inputs)
      maps.push_back(input.getType() == type ? all : group);
    return maps;
  }
  SmallVector<Value> buildOutputs(RankedTensorType type, unsigned number) {
    SmallVector<Value> outputs;
    for (unsigned i = 0; i < number; ++i)
      outputs.push_back(buildEmpty(builder, loc, type));
    return outputs;
  }
  static SmallVector<Scalar> read(OpBuilder &builder, Location loc,
                                  ValueRange elements, unsigned number) {
    SmallVector<Scalar> scalars;
    for (Value element : elements.take_front(number))
      scalars.emplace_back(builder, loc, element);
    return scalars;
  }
};

/// 1 / sqrt(variance + eps).
Scalar inverseDeviation(Scalar variance, const APFloat &eps) {
  return 1.0 / sqrt(variance + eps.convertToDouble());
}

struct LowerNormalize : OpRewritePattern<nn::NormalizeOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::NormalizeOp op,
                                PatternRewriter &rewriter) const override {
    Groups units(rewriter, op.getLoc(), getTensorType(op.getInput()),
                 {unsigned(op.getAxis())});
    auto [mean, variance] = units.buildStatistics(op.getInput());
    Value factor =
        units.combine({op.getFactor(), variance}, 1, [&](ArrayRef<Scalar> e) {
          return SmallVector{e[0] * inverseDeviation(e[1], op.getEps())};
        })[0];
    Value result = units.apply(
        {op.getInput(), mean, factor, op.getShift()},
        [](ArrayRef<Scalar> e) { return (e[0] - e[1]) * e[2] + e[3]; });
    rewriter.replaceOp(op, {result, mean, variance});
    return success();
  }
};

/// Two sums in one pass, then one formula.
struct LowerNormalizeGrad : OpRewritePattern<nn::NormalizeGradOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::NormalizeGradOp op,
                                PatternRewriter &rewriter) const override {
    Groups units(rewriter, op.getLoc(), getTensorType(op.getInput()),
                 {unsigned(op.getAxis())});
    Value gradient = op.getGradient(), input = op.getInput();
    SmallVector<Value> sums =
        units.sum({gradient, input, op.getMean()}, 2, [](ArrayRef<Scalar> e) {
          return SmallVector{e[0], e[0] * (e[1] - e[2])};
        });
    SmallVector<Value> numbers = units.combine(
        {sums[0], sums[1], op.getFactor(), op.getVariance()}, 4,
        [&](ArrayRef<Scalar> e) {
          Scalar inverse = inverseDeviation(e[3], op.getEps());
          Scalar factorGradient = e[1] * inverse;
          return SmallVector{factorGradient, e[2] * inverse, e[0] / units.count,
                             factorGradient * inverse / units.count};
        });
    Value inputGradient = units.apply(
        {gradient, input, op.getMean(), numbers[1], numbers[2], numbers[3]},
        [](ArrayRef<Scalar> e) {
          return e[3] * ((e[0] - e[4]) - (e[1] - e[2]) * e[5]);
        });
    rewriter.replaceOp(op, {inputGradient, numbers[0], sums[0]});
    return success();
  }
};

/// The first `count` dimensions.
SmallVector<unsigned> getFirst(unsigned count) {
  return llvm::to_vector(llvm::seq<unsigned>(0, count));
}

struct LowerNormalizeRows : OpRewritePattern<nn::NormalizeRowsOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::NormalizeRowsOp op,
                                PatternRewriter &rewriter) const override {
    auto type = getTensorType(op.getInput());
    Groups rows(rewriter, op.getLoc(), type,
                getFirst(type.getRank() - op.getDimensions()));
    auto [mean, variance] = rows.buildStatistics(op.getInput());
    Value inverse = rows.combine({variance}, 1, [&](ArrayRef<Scalar> e) {
      return SmallVector{inverseDeviation(e[0], op.getEps())};
    })[0];
    Value result =
        rows.apply({op.getInput(), mean, inverse},
                   [](ArrayRef<Scalar> e) { return (e[0] - e[1]) * e[2]; });
    rewriter.replaceOp(op, {result, inverse});
    return success();
  }
};

struct LowerNormalizeRowsGrad : OpRewritePattern<nn::NormalizeRowsGradOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::NormalizeRowsGradOp op,
                                PatternRewriter &rewriter) const override {
    Value inverse = op.getInverseDeviation();
    Groups rows(rewriter, op.getLoc(), getTensorType(op.getNormalized()),
                getFirst(getTensorType(inverse).getRank()));
    Value gradient = op.getGradient(), normalized = op.getNormalized();
    SmallVector<Value> sums =
        rows.sum({gradient, normalized}, 2, [](ArrayRef<Scalar> e) {
          return SmallVector{e[0], e[0] * e[1]};
        });
    SmallVector<Value> means = rows.combine(sums, 2, [&](ArrayRef<Scalar> e) {
      return SmallVector{e[0] / rows.count, e[1] / rows.count};
    });
    rewriter.replaceOp(
        op, rows.apply({gradient, normalized, inverse, means[0], means[1]},
                       [](ArrayRef<Scalar> e) {
                         return e[2] * ((e[0] - e[3]) - e[1] * e[4]);
                       }));
    return success();
  }
};
} // namespace

void populateNormalizationToLinalgPatterns(RewritePatternSet &patterns) {
  patterns.add<LowerNormalize, LowerNormalizeGrad, LowerNormalizeRows,
               LowerNormalizeRowsGrad>(patterns.getContext());
}
} // namespace gradc

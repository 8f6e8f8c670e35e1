//===- RandomToLinalg.cpp - Random numbers by a counter -------------------===//
//
// Philox 4x32-10 of Salmon et al., Parallel Random Numbers: As Easy as 1, 2, 3
// (SC 2011). A number depends on the seed, the tensor's name and the element's
// index, on nothing else: no order of evaluation, layout or thread.
//
//===----------------------------------------------------------------------===//

#include "BuildGeneric.h"
#include "gradc/Conversion/Passes.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include <algorithm>
#include <array>
#include <cmath>

using namespace mlir;

namespace gradc {

/// FNV-1a, 32 bits: which tensor of a seed.
static uint32_t hashName(StringRef name) {
  uint32_t hash = 2166136261u;
  for (unsigned char c : name.bytes())
    hash = (hash ^ c) * 16777619u;
  return hash;
}

namespace {
/// Integer arithmetic on 32-bit words.
class Words {
public:
  Words(OpBuilder &builder, Location loc) : builder(builder), loc(loc) {}

  Value constant(uint32_t word) {
    return arith::ConstantOp::create(builder, loc,
                                     builder.getI32IntegerAttr(int32_t(word)));
  }
  Value exclusiveOr(Value a, Value b) {
    return arith::XOrIOp::create(builder, loc, a, b);
  }
  Value add(Value a, uint32_t b) {
    return arith::AddIOp::create(builder, loc, a, constant(b));
  }
  Value shiftRight(Value a, uint32_t bits) {
    return arith::ShRUIOp::create(builder, loc, a, constant(bits));
  }
  /// The words of a 64-bit number.
  std::pair<Value, Value> split(Value number) {
    Value bits =
        arith::ConstantOp::create(builder, loc, builder.getI64IntegerAttr(32));
    Value high = arith::ShRUIOp::create(builder, loc, number, bits);
    Type i32 = builder.getI32Type();
    return {arith::TruncIOp::create(builder, loc, i32, number),
            arith::TruncIOp::create(builder, loc, i32, high)};
  }

  std::array<Value, 4> philox(std::array<Value, 4> counter,
                              std::array<Value, 2> key) {
    for (int round = 0; round < 10; ++round) {
      auto first = arith::MulUIExtendedOp::create(builder, loc, counter[0],
                                                  constant(0xD2511F53));
      auto second = arith::MulUIExtendedOp::create(builder, loc, counter[2],
                                                   constant(0xCD9E8D57));
      counter = {exclusiveOr(exclusiveOr(second.getHigh(), counter[1]), key[0]),
                 second.getLow(),
                 exclusiveOr(exclusiveOr(first.getHigh(), counter[3]), key[1]),
                 first.getLow()};
      key = {add(key[0], 0x9E3779B9), add(key[1], 0xBB67AE85)};
    }
    return counter;
  }

  /// The key of all elements of the tensor `name`.
  std::array<Value, 2> key(Value seed, StringRef name) {
    auto [low, high] = split(seed);
    return {low, exclusiveOr(constant(hashName(name)), high)};
  }

  /// A number of [0, 1) with 53 random bits.
  Scalar unitInterval(Value a, Value b) {
    auto widen = [&](Value word) {
      return Scalar(
          builder, loc,
          arith::UIToFPOp::create(builder, loc, builder.getF64Type(), word));
    };
    Scalar high = widen(shiftRight(a, 5)), low = widen(shiftRight(b, 6));
    return (high * 67108864.0 + low) * 0x1p-53;
  }

private:
  OpBuilder &builder;
  Location loc;
};

struct LowerRandom : OpRewritePattern<nn::RandomOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::RandomOp op,
                                PatternRewriter &rewriter) const override {
    auto type = getTensorType(op.getResult());
    Words words(rewriter, op.getLoc());
    std::array<Value, 2> key = words.key(op.getSeed(), op.getName());
    std::pair<Value, Value> step{words.constant(0), words.constant(0)};
    if (op.getStep())
      step = words.split(op.getStep());
    auto generic = buildGeneric(
        rewriter, op.getLoc(), {}, {buildEmpty(rewriter, op.getLoc(), type)},
        {getIdentity(rewriter, type.getRank())}, {},
        [&](OpBuilder &builder, Location loc, ValueRange) {
          Words words(builder, loc);
          auto [low, high] = words.split(buildFlatIndex(builder, loc, type));
          std::array<Value, 4> numbers =
              words.philox({low, high, step.first, step.second}, key);
          Scalar value = drawOne(op, words, numbers);
          return SmallVector<Value>{value.convertTo(type.getElementType())};
        });
    rewriter.replaceOp(op, generic.getResults());
    return success();
  }

  /// The element's index in row-major order, as i64.
  static Value buildFlatIndex(OpBuilder &builder, Location loc,
                              RankedTensorType type) {
    Type i64 = builder.getI64Type();
    Value flat;
    for (auto [dimension, size] : llvm::enumerate(type.getShape())) {
      Value index = arith::IndexCastOp::create(
          builder, loc, i64, linalg::IndexOp::create(builder, loc, dimension));
      if (flat) {
        Value scale = arith::ConstantOp::create(
            builder, loc, builder.getI64IntegerAttr(size));
        flat = arith::MulIOp::create(builder, loc, flat, scale);
        index = arith::AddIOp::create(builder, loc, flat, index);
      }
      flat = index;
    }
    return flat;
  }

  static Scalar drawOne(nn::RandomOp op, Words &words,
                        std::array<Value, 4> numbers) {
    double first = op.getFirst().convertToDouble();
    double second = op.getSecond().convertToDouble();
    Scalar u = words.unitInterval(numbers[0], numbers[1]);
    if (!op.getNormal())
      return first + (second - first) * u;
    // 1 - u lies in (0, 1]: its logarithm is finite.
    Scalar radius = sqrt(-2.0 * log(1.0 - u));
    Scalar angle =
        6.283185307179586477 * words.unitInterval(numbers[2], numbers[3]);
    return first + second * (radius * cos(angle));
  }
};

/// Computed along one dimension, whatever the shape: rows of a vector's length
/// or not, a block for each element fills all lanes.
struct LowerDropoutMask : OpRewritePattern<nn::DropoutMaskOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::DropoutMaskOp op,
                                PatternRewriter &rewriter) const override {
    auto type = getTensorType(op.getResult());
    auto flat =
        RankedTensorType::get({type.getNumElements()}, type.getElementType());
    Words words(rewriter, op.getLoc());
    std::array<Value, 2> key = words.key(op.getSeed(), op.getName());
    std::pair<Value, Value> step = words.split(op.getStep());
    auto generic = buildGeneric(
        rewriter, op.getLoc(), {}, {buildEmpty(rewriter, op.getLoc(), flat)},
        {getIdentity(rewriter, 1)}, {},
        [&](OpBuilder &builder, Location loc, ValueRange) {
          Words words(builder, loc);
          auto [low, high] = buildCounter(builder, loc, flat);
          Value word =
              words.philox({low, high, step.first, step.second}, key)[0];
          return SmallVector<Value>{choose(op, builder, loc, word)};
        });
    Value mask = generic.getResult(0);
    if (type.getRank() > 1) {
      SmallVector<ReassociationIndices> all{
          llvm::to_vector(llvm::seq<int64_t>(0, type.getRank()))};
      mask =
          tensor::ExpandShapeOp::create(rewriter, op.getLoc(), type, mask, all);
    }
    rewriter.replaceOp(op, mask);
    return success();
  }

  /// The words of the element's index; of fewer than 2^32 elements the upper
  /// one is 0, and 32 bits are enough to compute with.
  static std::pair<Value, Value> buildCounter(OpBuilder &builder, Location loc,
                                              RankedTensorType type) {
    Words words(builder, loc);
    Value index = linalg::IndexOp::create(builder, loc, 0);
    if (type.getNumElements() >= int64_t(1) << 32)
      return words.split(arith::IndexCastOp::create(
          builder, loc, builder.getI64Type(), index));
    return {
        arith::IndexCastOp::create(builder, loc, builder.getI32Type(), index),
        words.constant(0)};
  }

  /// 0 where the word is below rate 2^32, else 1 / (1 - rate).
  static Value choose(nn::DropoutMaskOp op, OpBuilder &builder, Location loc,
                      Value word) {
    double rate = op.getRate().convertToDouble();
    Type element = getElementTypeOrSelf(op.getType());
    double threshold = std::min(std::round(rate * 0x1p32), double(0xFFFFFFFFu));
    Value isDropped = arith::CmpIOp::create(
        builder, loc, arith::CmpIPredicate::ult, word,
        Words(builder, loc).constant(uint32_t(threshold)));
    return arith::SelectOp::create(
        builder, loc, isDropped, buildConstant(builder, loc, element, 0),
        buildConstant(builder, loc, element, 1 / (1 - rate)));
  }
};
} // namespace

void populateRandomToLinalgPatterns(RewritePatternSet &patterns) {
  patterns.add<LowerRandom, LowerDropoutMask>(patterns.getContext());
}
} // namespace gradc

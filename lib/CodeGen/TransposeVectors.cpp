//===- TransposeVectors.cpp - A square of vectors, transposed -------------===//

#include "TransposeVectors.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;

namespace gradc {

SmallVector<Value> transposeVectors(OpBuilder &builder, Location loc,
                                    ValueRange rows) {
  SmallVector<Value> values(rows);
  int64_t size = values.size();
  for (int64_t distance = size / 2; distance > 0; distance /= 2) {
    // Of a pair, the lower takes the lower part of each stretch of both, the
    // upper the upper part.
    SmallVector<int64_t> lower, upper;
    for (int64_t lane = 0; lane < size; ++lane) {
      bool isUpper = lane & distance;
      lower.push_back(isUpper ? size + lane - distance : lane);
      upper.push_back(isUpper ? size + lane : lane + distance);
    }
    for (int64_t i = 0; i < size; ++i) {
      if (i & distance)
        continue;
      Value a = values[i], b = values[i + distance];
      values[i] = vector::ShuffleOp::create(builder, loc, a, b, lower);
      values[i + distance] =
          vector::ShuffleOp::create(builder, loc, a, b, upper);
    }
  }
  return values;
}

} // namespace gradc

//===- Formulas.cpp - What the functions are built of ---------------------===//

#include "MathFunctions.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;

namespace gradc {

Scalar multiplyAdd(Scalar a, Scalar b, Scalar c) {
  OpBuilder &builder = a.getBuilder();
  // Of a vector: two instructions where the machine cannot fuse them. Of a
  // scalar upstream has only the operation that must be fused.
  if (isa<VectorType>(a.getType()))
    return {builder, a.getLoc(),
            vector::FMAOp::create(builder, a.getLoc(), a, b, c)};
  return {
      builder, a.getLoc(),
      math::FmaOp::create(builder, a.getLoc(), Value(a), Value(b), Value(c))};
}

/// By Horner's rule, of every second coefficient from `first` on.
static Scalar evaluateHalf(Scalar square, ArrayRef<double> coefficients,
                           size_t first) {
  size_t last = coefficients.size() - 1;
  last -= (last - first) % 2;
  Scalar result = square.constant(coefficients[last]);
  while (last > first) {
    last -= 2;
    result = multiplyAdd(result, square, square.constant(coefficients[last]));
  }
  return result;
}

Scalar evaluatePolynomial(Scalar x, ArrayRef<double> coefficients) {
  Scalar square = x * x;
  return multiplyAdd(evaluateHalf(square, coefficients, 1), x,
                     evaluateHalf(square, coefficients, 0));
}

Value toBits(Scalar x) {
  OpBuilder &builder = x.getBuilder();
  Type type = builder.getI64Type();
  if (auto vector = dyn_cast<VectorType>(x.getType()))
    type = vector.clone(type);
  return arith::BitcastOp::create(builder, x.getLoc(), type, x);
}

Scalar fromBits(Scalar like, Value bits) {
  OpBuilder &builder = like.getBuilder();
  return {
      builder, like.getLoc(),
      arith::BitcastOp::create(builder, like.getLoc(), like.getType(), bits)};
}

Value constantBits(Scalar like, Value bits, uint64_t number) {
  OpBuilder &builder = like.getBuilder();
  TypedAttr attribute = builder.getI64IntegerAttr(number);
  if (auto vector = dyn_cast<VectorType>(bits.getType()))
    attribute = DenseElementsAttr::get(vector, Attribute(attribute));
  return arith::ConstantOp::create(builder, like.getLoc(), attribute);
}

} // namespace gradc

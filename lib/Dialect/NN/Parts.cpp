//===- Parts.cpp - Tensors taken apart and put together -------------------===//

#include "gradc/Dialect/NN/NN.h"
#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace gradc;
using namespace gradc::nn;

static RankedTensorType getTensorType(Value value) {
  return cast<RankedTensorType>(value.getType());
}

/// The parts have one shape, and are `whole` side by side.
static LogicalResult verifyParts(Operation *op, RankedTensorType whole,
                                 TypeRange parts) {
  if (parts.empty())
    return op->emitOpError("needs a part");
  SmallVector<int64_t> shape(whole.getShape());
  int64_t number = parts.size();
  if (shape.back() % number != 0)
    return op->emitOpError("cannot have ")
           << number << " equal parts of " << shape.back() << " elements";
  shape.back() /= number;
  auto expected = RankedTensorType::get(shape, whole.getElementType());
  for (Type part : parts)
    if (part != expected)
      return op->emitOpError("has parts of ") << expected << ", not " << part;
  return success();
}

//===----------------------------------------------------------------------===//
// split, join
//===----------------------------------------------------------------------===//

void SplitOp::build(OpBuilder &builder, OperationState &state, Value input,
                    unsigned number) {
  auto type = getTensorType(input);
  SmallVector<int64_t> shape(type.getShape());
  shape.back() /= int64_t(number);
  state.addOperands(input);
  state.addTypes(SmallVector<Type>(
      number, RankedTensorType::get(shape, type.getElementType())));
}

LogicalResult SplitOp::verify() {
  return verifyParts(*this, getTensorType(getInput()), getParts().getTypes());
}

FailureOr<SmallVector<Value>> SplitOp::buildGradients(OpBuilder &builder,
                                                      ValueRange gradients) {
  SmallVector<Value> parts;
  auto type = cast<ShapedType>(getParts()[0].getType());
  auto zeros =
      DenseElementsAttr::get(type, builder.getZeroAttr(type.getElementType()));
  for (Value gradient : gradients)
    parts.push_back(gradient
                        ? gradient
                        : arith::ConstantOp::create(builder, getLoc(), zeros));
  return SmallVector<Value>{
      JoinOp::create(builder, getLoc(), getInput().getType(), parts)};
}

LogicalResult JoinOp::verify() {
  return verifyParts(*this, getTensorType(getResult()), getParts().getTypes());
}

//===----------------------------------------------------------------------===//
// exchange
//===----------------------------------------------------------------------===//

static RankedTensorType exchangeType(RankedTensorType type) {
  SmallVector<int64_t> shape(type.getShape());
  std::swap(shape[0], shape[1]);
  return RankedTensorType::get(shape, type.getElementType());
}

void ExchangeOp::build(OpBuilder &, OperationState &state, Value input) {
  state.addOperands(input);
  state.addTypes(exchangeType(getTensorType(input)));
}

LogicalResult ExchangeOp::verify() {
  auto type = getTensorType(getInput());
  if (type.getRank() < 2)
    return emitOpError("needs two dimensions");
  if (getType() != exchangeType(type))
    return emitOpError("gives ") << exchangeType(type);
  return success();
}

FailureOr<SmallVector<Value>> ExchangeOp::buildGradients(OpBuilder &builder,
                                                         ValueRange gradients) {
  return SmallVector<Value>{
      ExchangeOp::create(builder, getLoc(), gradients[0])};
}

//===- Concat.cpp - Tensors one behind the other --------------------------===//

#include "gradc/Dialect/NN/NN.h"

using namespace mlir;
using namespace gradc;
using namespace gradc::nn;

static RankedTensorType getTensorType(Value value) {
  return cast<RankedTensorType>(value.getType());
}

/// The type of all inputs one behind the other, or null where they differ in
/// another dimension than `axis`.
static RankedTensorType joinTypes(ValueRange inputs, int64_t axis) {
  RankedTensorType first = getTensorType(inputs.front());
  SmallVector<int64_t> shape(first.getShape());
  for (Value input : inputs.drop_front()) {
    RankedTensorType type = getTensorType(input);
    if (type.getRank() != first.getRank() ||
        type.getElementType() != first.getElementType())
      return {};
    for (int64_t dimension = 0; dimension < type.getRank(); ++dimension)
      if (dimension != axis && type.getDimSize(dimension) != shape[dimension])
        return {};
    if (llvm::AddOverflow(shape[axis], type.getDimSize(axis), shape[axis]))
      return {};
  }
  return RankedTensorType::get(shape, first.getElementType());
}

/// What `nn.concat` and its layer have in common.
static LogicalResult verifyJoined(Operation *op, Value result, int64_t axis) {
  if (op->getNumOperands() == 0)
    return op->emitOpError("needs something to join");
  if (axis < 0 || axis >= getTensorType(op->getOperand(0)).getRank())
    return op->emitOpError("has no dimension ") << axis;
  RankedTensorType type = joinTypes(op->getOperands(), axis);
  if (!type)
    return op->emitOpError("needs inputs that differ along their dimension ")
           << axis << " only";
  if (result.getType() != type)
    return op->emitOpError("gives ") << type;
  return success();
}

//===----------------------------------------------------------------------===//
// The layer
//===----------------------------------------------------------------------===//

StringRef ConcatLayerOp::getSourcePlace() { return "layer"; }
StringRef ConcatLayerOp::getSourceWord() { return "concat"; }

FailureOr<Operation *> ConcatLayerOp::fromSource(OpBuilder &builder,
                                                 Location loc,
                                                 ValueRange inputs,
                                                 SourceArguments &arguments) {
  RankedTensorType first = getTensorType(inputs[0]);
  FailureOr<SmallVector<Value>> others = arguments.takeLayers();
  // Of a sample: the samples themselves are no dimension of the source.
  FailureOr<int64_t> ofSample = arguments.takeIntegerOr(
      "axis", getUnitAxis(first) - 1, 0, first.getRank() - 2);
  if (failed(others) || failed(ofSample))
    return failure();
  int64_t axis = *ofSample + 1;
  SmallVector<Value> all{inputs[0]};
  for (Value other : *others) {
    if (joinTypes({inputs[0], other}, axis)) {
      all.push_back(other);
      continue;
    }
    auto diagnostic = mlir::emitError(loc)
                      << "'concat' needs shapes that differ in dimension "
                      << *ofSample << " only, but it gets "
                      << describeSample(first) << " and "
                      << describeSample(getTensorType(other));
    for (Value value : {inputs[0], other})
      if (Operation *producer = value.getDefiningOp())
        diagnostic.attachNote(producer->getLoc())
            << "this layer gives " << describeSample(getTensorType(value));
    return diagnostic;
  }
  return ConcatLayerOp::create(builder, loc, joinTypes(all, axis),
                               arguments.getName(), all, axis)
      .getOperation();
}

LogicalResult ConcatLayerOp::verify() {
  return verifyJoined(*this, getResult(), getAxis());
}

FailureOr<SmallVector<Value>> ConcatLayerOp::expand(OpBuilder &builder,
                                                    LayerMode mode) {
  return SmallVector<Value>{
      ConcatOp::create(builder, getLoc(), getType(), getInputs(), getAxis())};
}

//===----------------------------------------------------------------------===//
// concat, slice
//===----------------------------------------------------------------------===//

LogicalResult ConcatOp::verify() {
  return verifyJoined(*this, getResult(), getAxis());
}

FailureOr<SmallVector<Value>> ConcatOp::buildGradients(OpBuilder &builder,
                                                       ValueRange gradients) {
  SmallVector<Value> parts;
  int64_t offset = 0;
  for (Value input : getInputs()) {
    parts.push_back(SliceOp::create(builder, getLoc(), input.getType(),
                                    gradients[0], offset, getAxis()));
    offset += getTensorType(input).getDimSize(getAxis());
  }
  return parts;
}

LogicalResult SliceOp::verify() {
  auto input = getTensorType(getInput()), result = getTensorType(getResult());
  int64_t axis = getAxis(), offset = getOffset();
  if (axis < 0 || axis >= input.getRank())
    return emitOpError("has no dimension ") << axis;
  SmallVector<int64_t> shape(input.getShape());
  if (result.getRank() == input.getRank())
    shape[axis] = result.getDimSize(axis);
  if (result.getShape() != ArrayRef<int64_t>(shape) ||
      result.getElementType() != input.getElementType())
    return emitOpError("may differ from its input along dimension ")
           << axis << " only";
  if (offset < 0 || offset > input.getDimSize(axis) - shape[axis])
    return emitOpError("leaves its input");
  return success();
}

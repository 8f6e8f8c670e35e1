//===- Layers.cpp - Layers as written -------------------------------------===//

#include "gradc/Dialect/NN/WeightArguments.h"

using namespace mlir;
using namespace gradc;
using namespace gradc::nn;

static RankedTensorType getTensorType(Value value) {
  return cast<RankedTensorType>(value.getType());
}

std::string nn::describeSample(RankedTensorType type) {
  std::string text = "[";
  for (int64_t size : type.getShape().drop_front()) {
    if (text.size() > 1)
      text += ", ";
    text += std::to_string(size);
  }
  return text + "]";
}

//===----------------------------------------------------------------------===//
// dense
//===----------------------------------------------------------------------===//

StringRef DenseOp::getSourcePlace() { return "layer"; }
StringRef DenseOp::getSourceWord() { return "dense"; }

/// Says where a tensor of the wrong rank comes from and how to mend it.
static LogicalResult reportNotAVector(SourceArguments &arguments, Value input) {
  RankedTensorType type = getTensorType(input);
  auto diagnostic = mlir::emitError(arguments.getLoc())
                    << "'" << arguments.getWord()
                    << "' needs a vector, but it gets " << describeSample(type);
  if (Operation *producer = input.getDefiningOp())
    diagnostic.attachNote(producer->getLoc())
        << "this layer gives " << describeSample(type);
  int64_t size = type.getNumElements() / type.getDimSize(0);
  Diagnostic &note = diagnostic.attachNote(arguments.getLoc());
  note << "put 'flatten' before it; then it gets [" << size << "]";
  addFixIt(note, arguments.getLoc(),
           ("flatten ; " + arguments.getWord()).str());
  return diagnostic;
}

FailureOr<Operation *> DenseOp::fromSource(OpBuilder &builder, Location loc,
                                           ValueRange inputs,
                                           SourceArguments &arguments) {
  FailureOr<int64_t> units = arguments.takeInteger("units", 1);
  FailureOr<WeightArguments> weights =
      WeightArguments::take(builder.getContext(), arguments);
  if (failed(units) || failed(weights))
    return failure();
  RankedTensorType type = getTensorType(inputs[0]);
  if (type.getRank() != 2 && type.getRank() != 3)
    return reportNotAVector(arguments, inputs[0]);
  int64_t numWeights, numInputs = type.getShape().back();
  if (llvm::MulOverflow(numInputs, *units, numWeights) ||
      numWeights > (int64_t(1) << 40))
    return mlir::emitError(loc)
           << "'dense' of " << numInputs << " inputs and " << *units
           << " units is too large for any machine";
  SmallVector<int64_t> shape(type.getShape());
  shape.back() = *units;
  auto result = RankedTensorType::get(shape, type.getElementType());
  return DenseOp::create(builder, loc, result, arguments.getName(), inputs[0],
                         *units, weights->weightInit, weights->biasInit,
                         weights->options)
      .getOperation();
}

std::optional<SourceCall> DenseOp::getProjection(RankedTensorType from,
                                                 RankedTensorType to,
                                                 Location loc) {
  if (from.getShape().drop_back() != to.getShape().drop_back() ||
      from.getRank() != 2)
    return {};
  SourceValue units{SourceValue::Kind::Number, loc};
  units.number = double(to.getShape().back());
  units.isInteger = true;
  SourceValue off{SourceValue::Kind::Name, loc};
  off.text = "off";
  SourceCall line{getSourceWord().str(), loc};
  line.values.push_back(units);
  line.named.push_back({"bias", loc, off});
  return line;
}

LogicalResult DenseOp::verify() {
  auto input = getTensorType(getInput()), result = getTensorType(getResult());
  if (input.getRank() != 2 && input.getRank() != 3)
    return emitOpError("needs an input of vectors or of sequences");
  SmallVector<int64_t> expected(input.getShape());
  expected.back() = int64_t(getUnits());
  if (result.getShape() != ArrayRef<int64_t>(expected) ||
      result.getElementType() != input.getElementType())
    return emitOpError("gives units in place of the input's last dimension");
  return success();
}

bool DenseOp::keepsStepsApart() {
  return getTensorType(getInput()).getRank() == 3;
}

FailureOr<SmallVector<Value>> DenseOp::expand(OpBuilder &builder,
                                              LayerMode mode) {
  auto input = getTensorType(getInput());
  int64_t fanIn = input.getShape().back(), fanOut = getUnits();
  int64_t rows = input.getNumElements() / fanIn;
  auto fans = builder.getDenseI64ArrayAttr({fanIn, fanOut});
  Type element = input.getElementType();
  // The steps of a sequence are rows of one product.
  Value rowsOfInput = getInput();
  if (input.getRank() != 2)
    rowsOfInput = ReshapeOp::create(
        builder, getLoc(), RankedTensorType::get({rows, fanIn}, element),
        rowsOfInput);
  Value weight = ParameterOp::create(
      builder, getLoc(), RankedTensorType::get({fanIn, fanOut}, element),
      (getName() + ".weight").str(), getWeightInit(), fans, /*decays=*/true,
      getOptionsAttr());
  auto result = RankedTensorType::get({rows, fanOut}, element);
  Value output = MatmulOp::create(builder, getLoc(), result, rowsOfInput,
                                  weight, /*transpose_lhs=*/false,
                                  /*transpose_rhs=*/false);
  if (std::optional<InitializerAttr> initializer = getBiasInit()) {
    Value bias = ParameterOp::create(builder, getLoc(),
                                     RankedTensorType::get({fanOut}, element),
                                     (getName() + ".bias").str(), *initializer,
                                     fans, /*decays=*/false, getOptionsAttr());
    output = AddBiasOp::create(builder, getLoc(), output, bias);
  }
  if (input.getRank() != 2)
    output = ReshapeOp::create(builder, getLoc(), getType(), output);
  output = TapOp::create(builder, getLoc(), getName(), output);
  return SmallVector<Value>{output};
}

//===----------------------------------------------------------------------===//
// flatten, reshape
//===----------------------------------------------------------------------===//

StringRef FlattenOp::getSourcePlace() { return "layer"; }
StringRef FlattenOp::getSourceWord() { return "flatten"; }

FailureOr<Operation *> FlattenOp::fromSource(OpBuilder &builder, Location loc,
                                             ValueRange inputs,
                                             SourceArguments &arguments) {
  RankedTensorType type = getTensorType(inputs[0]);
  int64_t samples = type.getDimSize(0);
  auto result = RankedTensorType::get(
      {samples, type.getNumElements() / samples}, type.getElementType());
  return FlattenOp::create(builder, loc, result, arguments.getName(), inputs[0])
      .getOperation();
}

/// A new shape keeps the samples and the number of elements.
static LogicalResult verifySameSamples(Operation *op) {
  auto from = getTensorType(op->getOperand(0));
  auto to = getTensorType(op->getResult(0));
  if (from.getRank() == 0 || to.getRank() == 0 ||
      from.getDimSize(0) != to.getDimSize(0) ||
      from.getNumElements() != to.getNumElements() ||
      from.getElementType() != to.getElementType())
    return op->emitOpError("must keep the samples and the number of elements");
  return success();
}

LogicalResult FlattenOp::verify() {
  if (getTensorType(getResult()).getRank() != 2)
    return emitOpError("gives a vector for each sample");
  return verifySameSamples(*this);
}

FailureOr<SmallVector<Value>> FlattenOp::expand(OpBuilder &builder,
                                                LayerMode mode) {
  if (getInput().getType() == getType())
    return SmallVector<Value>{getInput()};
  return SmallVector<Value>{
      ReshapeOp::create(builder, getLoc(), getType(), getInput())};
}

StringRef ReshapeLayerOp::getSourcePlace() { return "layer"; }
StringRef ReshapeLayerOp::getSourceWord() { return "reshape"; }

FailureOr<Operation *> ReshapeLayerOp::fromSource(OpBuilder &builder,
                                                  Location loc,
                                                  ValueRange inputs,
                                                  SourceArguments &arguments) {
  FailureOr<SmallVector<int64_t>> sizes = arguments.takeShape("shape");
  if (failed(sizes))
    return failure();
  RankedTensorType type = getTensorType(inputs[0]);
  int64_t samples = type.getDimSize(0);
  int64_t available = type.getNumElements() / samples, wanted = 1;
  for (int64_t size : *sizes)
    if (llvm::MulOverflow(wanted, size, wanted))
      wanted = -1;
  if (wanted != available) {
    auto diagnostic = mlir::emitError(loc)
                      << "'reshape' cannot make a sample of another size: it "
                         "gets "
                      << describeSample(type) << ", " << available
                      << " elements";
    if (Operation *producer = inputs[0].getDefiningOp())
      diagnostic.attachNote(producer->getLoc())
          << "this layer gives " << describeSample(type);
    return diagnostic;
  }
  SmallVector<int64_t> shape{samples};
  llvm::append_range(shape, *sizes);
  auto result = RankedTensorType::get(shape, type.getElementType());
  return ReshapeLayerOp::create(builder, loc, result, arguments.getName(),
                                inputs[0])
      .getOperation();
}

LogicalResult ReshapeLayerOp::verify() { return verifySameSamples(*this); }

FailureOr<SmallVector<Value>> ReshapeLayerOp::expand(OpBuilder &builder,
                                                     LayerMode mode) {
  return SmallVector<Value>{
      ReshapeOp::create(builder, getLoc(), getType(), getInput())};
}

//===----------------------------------------------------------------------===//
// identity
//===----------------------------------------------------------------------===//

StringRef IdentityOp::getSourcePlace() { return "layer"; }
StringRef IdentityOp::getSourceWord() { return "identity"; }

FailureOr<Operation *> IdentityOp::fromSource(OpBuilder &builder, Location loc,
                                              ValueRange inputs,
                                              SourceArguments &arguments) {
  return IdentityOp::create(builder, loc, inputs[0].getType(),
                            arguments.getName(), inputs[0])
      .getOperation();
}

FailureOr<SmallVector<Value>> IdentityOp::expand(OpBuilder &builder,
                                                 LayerMode mode) {
  return SmallVector<Value>{getInput()};
}

//===- NormalizationLayers.cpp - batchnorm and layernorm ------------------===//

#include "gradc/Dialect/NN/NN.h"

using namespace mlir;
using namespace gradc;
using namespace gradc::nn;

static RankedTensorType getTensorType(Value value) {
  return cast<RankedTensorType>(value.getType());
}

/// What a normalization of units needs of its input.
static LogicalResult verifyHasUnits(Operation *op, Value input,
                                    const APFloat &eps) {
  if (getTensorType(input).getRank() < 2)
    return op->emitOpError("needs samples and units");
  if (!NumberRange::positive().contains(eps.convertToDouble()))
    return op->emitOpError("needs an eps greater than 0");
  return success();
}

/// The layer's factor and shift for each unit.
static std::pair<Value, Value> buildFactorAndShift(OpBuilder &builder,
                                                   Location loc, Value input,
                                                   StringRef layer) {
  Value gamma = buildUnitParameter(builder, loc, input, layer, "gamma", 1);
  Value beta = buildUnitParameter(builder, loc, input, layer, "beta", 0);
  return {gamma, beta};
}

//===----------------------------------------------------------------------===//
// batchnorm
//===----------------------------------------------------------------------===//

StringRef BatchNormOp::getSourcePlace() { return "layer"; }
StringRef BatchNormOp::getSourceWord() { return "batchnorm"; }

FailureOr<Operation *> BatchNormOp::fromSource(OpBuilder &builder, Location loc,
                                               ValueRange inputs,
                                               SourceArguments &arguments) {
  FailureOr<double> momentum =
      arguments.takeNumberOr("momentum", 0.1, {0, 1, false, false});
  FailureOr<double> eps =
      arguments.takeNumberOr("eps", 1e-5, NumberRange::positive());
  if (failed(momentum) || failed(eps))
    return failure();
  return BatchNormOp::create(builder, loc, arguments.getName(), inputs[0],
                             APFloat(*momentum), APFloat(*eps))
      .getOperation();
}

LogicalResult BatchNormOp::verify() {
  double momentum = getMomentum().convertToDouble();
  if (!(momentum >= 0 && momentum <= 1))
    return emitOpError("needs a momentum of at least 0 and at most 1");
  return verifyHasUnits(*this, getInput(), getEps());
}

/// How many values of a batch a unit has.
static int64_t countValues(RankedTensorType type) {
  return type.getNumElements() / type.getDimSize(getUnitAxis(type));
}

int64_t BatchNormOp::getSmallestBatch() {
  auto type = getTensorType(getInput());
  return countValues(type) == type.getDimSize(0) ? 2 : 1;
}

std::optional<SourceAdvice> BatchNormOp::getAdvice() {
  auto layer = getInput().getDefiningOp<WeightedLayerOpInterface>();
  bool isOnlyHere = llvm::all_of(getInput().getUsers(), [](Operation *user) {
    return isa<BatchNormOp>(user);
  });
  // A recurrent layer's bias acts inside of it, too.
  if (!layer || !layer.hasBias() || layer.isRecurrent() || !isOnlyHere)
    return {};
  return SourceAdvice{layer.getLoc(),
                      "the bias of this layer has no effect: the batch "
                      "normalization behind it takes it away again; write "
                      "'bias=off'"};
}

/// One factor and one shift for each unit, of the running statistics.
static Value buildInference(OpBuilder &builder, BatchNormOp op, Value gamma,
                            Value beta, Value mean, Value variance) {
  Location loc = op.getLoc();
  auto axis = builder.getI64IntegerAttr(getUnitAxis(op.getType()));
  Value inverse = InverseDeviationOp::create(builder, loc, variance.getType(),
                                             variance, op.getEpsAttr());
  Value factor = MulOp::create(builder, loc, gamma, inverse);
  Value moved = MulOp::create(builder, loc, mean, factor);
  Value shift = SubOp::create(builder, loc, beta, moved);
  Value scaled = ScaleUnitsOp::create(builder, loc, op.getType(), op.getInput(),
                                      factor, axis);
  return AddBiasOp::create(builder, loc, op.getType(), scaled, shift, axis);
}

/// The statistics of the batch, which the running ones follow.
static Value buildTraining(OpBuilder &builder, BatchNormOp op, Value gamma,
                           Value beta, Value mean, Value variance) {
  Location loc = op.getLoc();
  int64_t values = countValues(op.getType());
  auto normalized = NormalizeOp::create(
      builder, loc, TypeRange{op.getType(), gamma.getType(), gamma.getType()},
      op.getInput(), gamma, beta, op.getEpsAttr(),
      builder.getI64IntegerAttr(getUnitAxis(op.getType())));
  auto follow = [&](Value average, Value value, double scale) {
    Value next =
        MovingAverageOp::create(builder, loc, average.getType(), average, value,
                                op.getMomentum(), APFloat(scale));
    AssignOp::create(builder, loc, average, next);
  };
  follow(mean, normalized.getMean(), 1);
  // The unbiased variance. Of one value there is none, and no training either.
  follow(variance, normalized.getVariance(),
         values > 1 ? double(values) / double(values - 1) : 1);
  return normalized.getResult();
}

static Value buildBuffer(OpBuilder &builder, BatchNormOp op,
                         RankedTensorType type, StringRef name,
                         double initial) {
  return BufferOp::create(builder, op.getLoc(), type,
                          (op.getName() + "." + name).str(), APFloat(initial),
                          /*optimizer=*/false);
}

FailureOr<SmallVector<Value>> BatchNormOp::expand(OpBuilder &builder,
                                                  LayerMode mode) {
  auto [gamma, beta] =
      buildFactorAndShift(builder, getLoc(), getInput(), getName());
  auto units = cast<RankedTensorType>(gamma.getType());
  Value mean = buildBuffer(builder, *this, units, "running_mean", 0);
  Value variance = buildBuffer(builder, *this, units, "running_var", 1);
  Value output =
      mode == LayerMode::Training
          ? buildTraining(builder, *this, gamma, beta, mean, variance)
          : buildInference(builder, *this, gamma, beta, mean, variance);
  output = TapOp::create(builder, getLoc(), getName(), output);
  return SmallVector<Value>{output};
}

//===----------------------------------------------------------------------===//
// layernorm
//===----------------------------------------------------------------------===//

StringRef LayerNormOp::getSourcePlace() { return "layer"; }
StringRef LayerNormOp::getSourceWord() { return "layernorm"; }

FailureOr<Operation *> LayerNormOp::fromSource(OpBuilder &builder, Location loc,
                                               ValueRange inputs,
                                               SourceArguments &arguments) {
  FailureOr<double> eps =
      arguments.takeNumberOr("eps", 1e-5, NumberRange::positive());
  if (failed(eps))
    return failure();
  auto type = getTensorType(inputs[0]);
  auto row = type.getShape().drop_front(getUnitAxis(type));
  if (ShapedType::getNumElements(row) == 1)
    return mlir::emitError(loc)
           << "'layernorm' of one element gives 0, whatever it was";
  return LayerNormOp::create(builder, loc, arguments.getName(), inputs[0],
                             APFloat(*eps))
      .getOperation();
}

LogicalResult LayerNormOp::verify() {
  return verifyHasUnits(*this, getInput(), getEps());
}

FailureOr<SmallVector<Value>> LayerNormOp::expand(OpBuilder &builder,
                                                  LayerMode mode) {
  RankedTensorType type = getType();
  int64_t axis = getUnitAxis(type);
  // From the units on: the features of a step, or all of an image.
  int64_t dimensions = type.getRank() - axis;
  auto rows = RankedTensorType::get(type.getShape().take_front(axis),
                                    type.getElementType());
  auto normalized = NormalizeRowsOp::create(
      builder, getLoc(), TypeRange{type, rows}, getInput(), getEpsAttr(),
      builder.getI64IntegerAttr(dimensions));
  auto [gamma, beta] =
      buildFactorAndShift(builder, getLoc(), getInput(), getName());
  auto axisAttr = builder.getI64IntegerAttr(axis);
  Value output = ScaleUnitsOp::create(builder, getLoc(), type,
                                      normalized.getResult(), gamma, axisAttr);
  output = AddBiasOp::create(builder, getLoc(), type, output, beta, axisAttr);
  output = TapOp::create(builder, getLoc(), getName(), output);
  return SmallVector<Value>{output};
}

//===- RecurrentLayers.cpp - Layers that run over steps, as written -------===//

#include "gradc/Dialect/NN/WeightArguments.h"

using namespace mlir;
using namespace gradc;
using namespace gradc::nn;

static RankedTensorType getTensorType(Value value) {
  return cast<RankedTensorType>(value.getType());
}

namespace {
/// What the lines of all recurrent layers say.
struct RecurrentArguments {
  int64_t units;
  Returned returned;
  WeightArguments weights;
  InitializerAttr hidden;
  RankedTensorType result;
};
} // namespace

/// Says where a tensor of the wrong rank comes from and how to mend it.
static LogicalResult reportNoSequence(SourceArguments &arguments, Value input) {
  RankedTensorType type = getTensorType(input);
  auto diagnostic = mlir::emitError(arguments.getLoc())
                    << "'" << arguments.getWord()
                    << "' needs a sequence [steps, features], but it gets "
                    << describeSample(type);
  if (Operation *producer = input.getDefiningOp())
    diagnostic.attachNote(producer->getLoc())
        << "this layer gives " << describeSample(type);
  if (type.getRank() == 2) {
    int64_t size = type.getDimSize(1);
    Diagnostic &note = diagnostic.attachNote(arguments.getLoc());
    note << "put 'reshape [" << size
         << ", 1]' before it for steps of one feature";
    addFixIt(note, arguments.getLoc(),
             "reshape [" + std::to_string(size) + ", 1] ; " +
                 arguments.getWord().str());
  } else if (type.getRank() > 3) {
    diagnostic.attachNote(arguments.getLoc())
        << "put 'reshape [steps, features]' before it";
  }
  return diagnostic;
}

/// The type of what a layer of `units` gives for `input`.
static RankedTensorType getResultType(RankedTensorType input, int64_t units,
                                      Returned returned) {
  SmallVector<int64_t> shape{input.getDimSize(0)};
  if (returned == Returned::all)
    shape.push_back(input.getDimSize(1));
  shape.push_back(units);
  return RankedTensorType::get(shape, input.getElementType());
}

/// `gates` is how many parts of `units` columns the weights have.
static LogicalResult checkSize(SourceArguments &arguments, int64_t features,
                               int64_t units, int64_t gates) {
  int64_t columns, largest = std::max(features, units), elements;
  if (!llvm::MulOverflow(units, gates, columns) &&
      !llvm::MulOverflow(largest, columns, elements) &&
      elements <= (int64_t(1) << 40))
    return success();
  return mlir::emitError(arguments.getLoc())
         << "'" << arguments.getWord() << "' of " << features
         << " features and " << units << " units is too large for any machine";
}

static FailureOr<RecurrentArguments> takeArguments(OpBuilder &builder,
                                                   SourceArguments &arguments,
                                                   Value input, int64_t gates) {
  MLIRContext *context = builder.getContext();
  FailureOr<int64_t> units = arguments.takeInteger("units", 1);
  FailureOr<unsigned> returned =
      arguments.takeWordOr("return", 0, {"last", "all"});
  FailureOr<WeightArguments> weights =
      WeightArguments::take(context, arguments);
  FailureOr<InitializerAttr> hidden = InitializerAttr::fromSource(
      context, arguments, "hidden_init", InitializerKind::orthogonal);
  if (failed(units) || failed(returned) || failed(weights) || failed(hidden))
    return failure();
  RankedTensorType type = getTensorType(input);
  if (type.getRank() != 3)
    return reportNoSequence(arguments, input);
  if (failed(checkSize(arguments, type.getDimSize(2), *units, gates)))
    return failure();
  auto kind = static_cast<Returned>(*returned);
  return RecurrentArguments{*units, kind, *weights, *hidden,
                            getResultType(type, *units, kind)};
}

template <typename LayerOp> static LogicalResult verifyLayer(LayerOp op) {
  auto input = getTensorType(op.getInput());
  if (input.getRank() != 3)
    return op.emitOpError("needs an input of samples, steps and features");
  if (op.getType() != getResultType(input, op.getUnits(), op.getReturned()))
    return op.emitOpError("gives ")
           << getResultType(input, op.getUnits(), op.getReturned());
  return success();
}

//===----------------------------------------------------------------------===//
// rnn
//===----------------------------------------------------------------------===//

StringRef RnnOp::getSourcePlace() { return "layer"; }
StringRef RnnOp::getSourceWord() { return "rnn"; }
bool RnnOp::isRecurrent() { return true; }
LogicalResult RnnOp::verify() { return verifyLayer(*this); }

FailureOr<Operation *> RnnOp::fromSource(OpBuilder &builder, Location loc,
                                         ValueRange inputs,
                                         SourceArguments &arguments) {
  FailureOr<RecurrentArguments> taken =
      takeArguments(builder, arguments, inputs[0], 1);
  FailureOr<unsigned> activation =
      arguments.takeWordOr("activation", 0, {"tanh", "relu"});
  if (failed(activation) || failed(taken))
    return failure();
  return RnnOp::create(builder, loc, taken->result, arguments.getName(),
                       inputs[0], taken->units, taken->returned,
                       taken->weights.weightInit, taken->hidden,
                       taken->weights.biasInit, taken->weights.options,
                       static_cast<CellActivation>(*activation))
      .getOperation();
}

//===----------------------------------------------------------------------===//
// lstm
//===----------------------------------------------------------------------===//

StringRef LstmOp::getSourcePlace() { return "layer"; }
StringRef LstmOp::getSourceWord() { return "lstm"; }
bool LstmOp::isRecurrent() { return true; }
LogicalResult LstmOp::verify() { return verifyLayer(*this); }

/// `forget_bias=1` (Jozefowicz et al. 2015): what the part of the bias begins
/// as that keeps the state.
static FailureOr<InitializerAttr> takeForgetBias(SourceArguments &arguments,
                                                 InitializerAttr bias,
                                                 bool hasInitializer) {
  const SourceValue *value = arguments.takeNamedValue("forget_bias");
  if (!value && (!bias || hasInitializer))
    return bias;
  if (!bias)
    return mlir::emitError(value->loc)
           << "'forget_bias' has no meaning with 'bias=off'";
  if (hasInitializer)
    return mlir::emitError(value->loc)
           << "'forget_bias' and 'bias_init' both say how the bias begins";
  if (value && (value->kind != SourceValue::Kind::Number || value->isInEpochs))
    return mlir::emitError(value->loc)
           << "'forget_bias' must be a number, found '" << toString(*value)
           << "'";
  MLIRContext *context = bias.getContext();
  return InitializerAttr::get(
      context, InitializerKind::constants,
      DenseF64ArrayAttr::get(context, {0, value ? value->number : 1, 0, 0}));
}

FailureOr<Operation *> LstmOp::fromSource(OpBuilder &builder, Location loc,
                                          ValueRange inputs,
                                          SourceArguments &arguments) {
  bool hasInitializer = arguments.isGiven("bias_init");
  FailureOr<RecurrentArguments> taken =
      takeArguments(builder, arguments, inputs[0], 4);
  if (failed(taken))
    return failure();
  FailureOr<InitializerAttr> bias =
      takeForgetBias(arguments, taken->weights.biasInit, hasInitializer);
  if (failed(bias))
    return failure();
  return LstmOp::create(builder, loc, taken->result, arguments.getName(),
                        inputs[0], taken->units, taken->returned,
                        taken->weights.weightInit, taken->hidden, *bias,
                        taken->weights.options)
      .getOperation();
}

//===----------------------------------------------------------------------===//
// gru
//===----------------------------------------------------------------------===//

StringRef GruOp::getSourcePlace() { return "layer"; }
StringRef GruOp::getSourceWord() { return "gru"; }
bool GruOp::isRecurrent() { return true; }
LogicalResult GruOp::verify() { return verifyLayer(*this); }

FailureOr<Operation *> GruOp::fromSource(OpBuilder &builder, Location loc,
                                         ValueRange inputs,
                                         SourceArguments &arguments) {
  FailureOr<RecurrentArguments> taken =
      takeArguments(builder, arguments, inputs[0], 3);
  if (failed(taken))
    return failure();
  return GruOp::create(builder, loc, taken->result, arguments.getName(),
                       inputs[0], taken->units, taken->returned,
                       taken->weights.weightInit, taken->hidden,
                       taken->weights.biasInit, taken->weights.options)
      .getOperation();
}

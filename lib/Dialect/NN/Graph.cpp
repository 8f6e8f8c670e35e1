//===- Graph.cpp - Where a network branches and joins ---------------------===//

#include "gradc/Dialect/NN/NN.h"

using namespace mlir;
using namespace gradc;
using namespace gradc::nn;

static RankedTensorType getTensorType(Value value) {
  return cast<RankedTensorType>(value.getType());
}

/// Says on `diagnostic` which layer gives `value`.
static void noteProducer(InFlightDiagnostic &diagnostic, Value value) {
  if (Operation *producer = value.getDefiningOp())
    diagnostic.attachNote(producer->getLoc())
        << "this layer gives " << describeSample(getTensorType(value));
}

//===----------------------------------------------------------------------===//
// skip
//===----------------------------------------------------------------------===//

StringRef SkipOp::getSourcePlace() { return "layer"; }
StringRef SkipOp::getSourceWord() { return "skip"; }

/// x, or its projection where the body gives another shape.
static FailureOr<Value> buildShortcut(SourceArguments &arguments, Value input,
                                      RankedTensorType type, bool mayProject,
                                      ArrayRef<SourceNamedValue> options) {
  if (input.getType() == type)
    return input;
  FailureOr<Value> projected = Value();
  if (mayProject)
    projected = arguments.buildProjection(input, type, options);
  if (failed(projected) || *projected)
    return projected;
  auto diagnostic = mlir::emitError(arguments.getLoc())
                    << "'skip' cannot add its input "
                    << describeSample(getTensorType(input))
                    << " to what its body gives, " << describeSample(type);
  if (mayProject)
    diagnostic << ": no layer projects the one to the other";
  else
    diagnostic << ", without a projection";
  noteProducer(diagnostic, input);
  return diagnostic;
}

FailureOr<Operation *> SkipOp::fromSource(OpBuilder &builder, Location loc,
                                          ValueRange inputs,
                                          SourceArguments &arguments) {
  FailureOr<unsigned> project =
      arguments.takeWordOr("project", 0, {"auto", "none"});
  // For the projection, if there is one.
  SmallVector<SourceNamedValue> options;
  if (const SourceValue *init = arguments.takeNamedValue("init"))
    options.push_back({"init", init->loc, *init});
  FailureOr<Value> body = arguments.buildBody(inputs[0]);
  if (failed(project) || failed(body))
    return failure();
  RankedTensorType type = getTensorType(*body);
  FailureOr<Value> shortcut =
      buildShortcut(arguments, inputs[0], type, *project == 0, options);
  if (failed(shortcut))
    return failure();
  return SkipOp::create(builder, loc, type, arguments.getName(), *shortcut,
                        *body)
      .getOperation();
}

FailureOr<SmallVector<Value>> SkipOp::expand(OpBuilder &builder,
                                             LayerMode mode) {
  return SmallVector<Value>{
      AddOp::create(builder, getLoc(), getShortcut(), getBody())};
}

//===----------------------------------------------------------------------===//
// add
//===----------------------------------------------------------------------===//

StringRef AddLayerOp::getSourcePlace() { return "layer"; }
StringRef AddLayerOp::getSourceWord() { return "add"; }

FailureOr<Operation *> AddLayerOp::fromSource(OpBuilder &builder, Location loc,
                                              ValueRange inputs,
                                              SourceArguments &arguments) {
  FailureOr<SmallVector<Value>> others = arguments.takeLayers();
  if (failed(others))
    return failure();
  RankedTensorType type = getTensorType(inputs[0]);
  for (Value other : *others) {
    if (other.getType() == type)
      continue;
    auto diagnostic = mlir::emitError(loc)
                      << "'add' needs equal shapes, but it gets "
                      << describeSample(type) << " and "
                      << describeSample(getTensorType(other));
    noteProducer(diagnostic, inputs[0]);
    noteProducer(diagnostic, other);
    return diagnostic;
  }
  SmallVector<Value> all{inputs[0]};
  llvm::append_range(all, *others);
  return AddLayerOp::create(builder, loc, type, arguments.getName(), all)
      .getOperation();
}

FailureOr<SmallVector<Value>> AddLayerOp::expand(OpBuilder &builder,
                                                 LayerMode mode) {
  Value sum = getInputs().front();
  for (Value input : getInputs().drop_front())
    sum = AddOp::create(builder, getLoc(), sum, input);
  return SmallVector<Value>{sum};
}

//===----------------------------------------------------------------------===//
// from
//===----------------------------------------------------------------------===//

StringRef FromOp::getSourcePlace() { return "layer"; }
StringRef FromOp::getSourceWord() { return "from"; }

FailureOr<Operation *> FromOp::fromSource(OpBuilder &builder, Location loc,
                                          ValueRange inputs,
                                          SourceArguments &arguments) {
  FailureOr<SmallVector<Value>> layers = arguments.takeLayers();
  if (failed(layers))
    return failure();
  if (layers->size() != 1)
    return mlir::emitError(loc) << "'from' goes on from one layer, found "
                                << layers->size() << " labels";
  return FromOp::create(builder, loc, layers->front().getType(),
                        arguments.getName(), layers->front())
      .getOperation();
}

FailureOr<SmallVector<Value>> FromOp::expand(OpBuilder &builder,
                                             LayerMode mode) {
  return SmallVector<Value>{getInput()};
}

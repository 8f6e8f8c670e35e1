//===- ImportNet.cpp - From evaluated lines to the first dialect ----------===//

#include "gradc/Import/ImportNet.h"
#include "Importer.h"
#include "gradc/Interfaces/StepAttributes.h"

using namespace mlir;

namespace gradc {

/// The most elements of one tensor: with it no size in bytes can overflow, and
/// no machine holds more.
static constexpr int64_t maxElements = int64_t(1) << 40;

FailureOr<Operation *> Importer::build(StringRef place, StringRef word,
                                       const SourceCall &call,
                                       ValueRange inputs) {
  FailureOr<SourceOpInterface::Concept *> source =
      sourceOps.find(place, word, call.loc);
  if (failed(source))
    return failure();
  SourceArguments arguments(call, getContext(call));
  FailureOr<Operation *> op =
      (*source)->fromSource(builder, call.loc, inputs, arguments);
  if (failed(op) || failed(arguments.finish()))
    return failure();
  return op;
}

FailureOr<Value> Importer::getTarget(Location loc, Type type) {
  if (!target) {
    if (!type)
      return mlir::emitError(loc) << "a metric needs a loss to compare with";
    target = network.getBody().addArgument(type, loc);
    targetLoc = loc;
    return target;
  }
  if (type && type != target.getType()) {
    auto diagnostic = mlir::emitError(loc)
                      << "needs another form of the target";
    diagnostic.attachNote(targetLoc) << "the target has the form of this one";
    return diagnostic;
  }
  return target;
}

FailureOr<Value> Importer::importInput(const SourceCall &call) {
  if (call.word != "input")
    return mlir::emitError(call.loc)
           << "a network begins with 'input', as in 'input image[28, 28]'";
  if (call.values.size() != 1 || call.values[0].dimensions.empty() ||
      call.values[0].kind != SourceValue::Kind::Name || !call.named.empty())
    return mlir::emitError(call.loc)
           << "'input' takes a name with the shape of a sample, as in "
              "'input image[28, 28]'";
  SmallVector<int64_t> shape{options.batch};
  int64_t elements = options.batch;
  for (int64_t size : call.values[0].dimensions) {
    if (size < 1)
      return mlir::emitError(call.values[0].loc)
             << "a size must be at least 1, not " << size;
    if (llvm::MulOverflow(elements, size, elements) || elements > maxElements)
      return mlir::emitError(call.values[0].loc)
             << "a batch of " << options.batch
             << " such samples is too large for any machine";
    shape.push_back(size);
  }
  result.layers.push_back(
      {call.name, "input", SmallVector<int64_t>(call.values[0].dimensions)});
  Value input = network.getBody().addArgument(
      RankedTensorType::get(shape, element), call.loc);
  remember(call.name, input);
  return input;
}

FailureOr<Value> Importer::importLayers() {
  if (file.net.empty())
    return mlir::emitError(file.loc) << "the network has no layer";
  FailureOr<Value> value = importInput(file.net.front());
  if (failed(value))
    return failure();
  return importLines(llvm::ArrayRef(file.net).drop_front(), *value);
}

FailureOr<Value> Importer::importLines(ArrayRef<SourceCall> lines,
                                       Value input) {
  Value value = input;
  bool isGood = true;
  for (const SourceCall &call : lines) {
    FailureOr<Value> next =
        isBroken ? importAfterError(call, value) : importLayer(call, value);
    if (succeeded(next))
      value = *next;
    else
      remember(call.name, Value());
    isGood &= succeeded(next);
    isBroken |= failed(next);
  }
  if (!isGood)
    return failure();
  return value;
}

FailureOr<Value> Importer::importLayer(const SourceCall &call, Value input) {
  if (call.word == "input")
    return mlir::emitError(call.loc) << "a second 'input' is not supported yet";
  const FormulaDefinition *formula = findFormula(call.word);
  FailureOr<Operation *> op = formula ? buildFormula(*formula, call, input)
                                      : build("layer", call.word, call, input);
  if (failed(op))
    return failure();
  Value value = (*op)->getResult(0);
  auto type = cast<RankedTensorType>(value.getType());
  if (type.getNumElements() > maxElements)
    return mlir::emitError(call.loc)
           << "a batch of " << options.batch
           << " results of this layer is too large for any machine";
  result.layers.push_back({call.name, call.word,
                           SmallVector<int64_t>(type.getShape().drop_front())});
  remember(call.name, value);
  if (call.unusedLabel && !call.hasBody && !givesNames(*op))
    result.advice.push_back(
        {*call.unusedLabel, "label '" + call.name + "' is not used"});
  return value;
}

/// A layer after a wrong one gets a shape that may be wrong too. What is said
/// of its arguments, at their places, is independent; what is said of the
/// layer, at its word, may follow, and is not shown. Unknown words are.
FailureOr<Value> Importer::importAfterError(const SourceCall &call,
                                            Value input) {
  if (call.word != "input" && !findFormula(call.word) &&
      failed(sourceOps.find("layer", call.word, call.loc)))
    return failure();
  ScopedDiagnosticHandler quiet(
      builder.getContext(), [&](Diagnostic &diagnostic) {
        return success(diagnostic.getLocation() == call.loc);
      });
  return importLayer(call, input);
}

void Importer::finish(Value output) {
  nn::OutputOp::create(builder, network.getLoc(), ValueRange{output});
  Block &body = network.getBody().front();
  network.setFunctionType(
      builder.getFunctionType(body.getArgumentTypes(), output.getType()));
  auto role = [&](StringRef name) {
    return builder.getDictionaryAttr(
        builder.getNamedAttr(step::roleAttr, builder.getStringAttr(name)));
  };
  SmallVector<Attribute> roles{role(step::inputsRole)};
  if (target)
    roles.push_back(role(step::targetsRole));
  network.setArgAttrsAttr(builder.getArrayAttr(roles));
  network.walk([&](LayerOpInterface layer) {
    if (std::optional<SourceAdvice> advice = layer.getAdvice())
      result.advice.push_back(std::move(*advice));
  });
}

FailureOr<ImportedNet> Importer::run() {
  result.module = ModuleOp::create(file.loc);
  builder.setInsertionPointToStart(result.module->getBody());
  network = nn::NetworkOp::create(
      builder, file.loc, file.name.empty() ? "network" : file.name,
      builder.getFunctionType({}, {}), ArrayAttr(), ArrayAttr());
  builder.setInsertionPointToStart(&network.getBody().emplaceBlock());
  FailureOr<Value> output = importLayers();
  LogicalResult training = success();
  if (!file.train.empty())
    training = importTraining(failed(output) ? Value() : *output);
  if (failed(output) || failed(training))
    return failure();
  finish(*output);
  return std::move(result);
}

FailureOr<ImportedNet> importNet(const ElaboratedFile &file,
                                 const ImportOptions &options,
                                 MLIRContext *context) {
  context->loadDialect<nn::NNDialect, train::TrainDialect>();
  return Importer(file, options, context).run();
}

std::vector<std::string> getLayerWords(MLIRContext *context) {
  context->loadDialect<nn::NNDialect, train::TrainDialect>();
  return SourceOps(context).getWords("layer");
}

std::vector<std::string> getTrainOpWords(MLIRContext *context) {
  context->loadDialect<nn::NNDialect, train::TrainDialect>();
  std::vector<std::string> words = SourceOps(context).getWords("train");
  words.insert(words.end(), {"loss", "optimizer", "metrics"});
  return words;
}

} // namespace gradc

//===- ImportNet.cpp - From evaluated lines to the first dialect ----------===//

#include "gradc/Import/ImportNet.h"
#include "gradc/Dialect/NN/NN.h"
#include "gradc/Dialect/Train/Train.h"
#include "gradc/Import/SourceOps.h"
#include "gradc/Interfaces/StepAttributes.h"

using namespace mlir;

namespace gradc {

/// The most elements of one tensor: with it no size in bytes can overflow, and
/// no machine holds more.
static constexpr int64_t maxElements = int64_t(1) << 40;

namespace {
/// Builds one network. Errors are reported where they are found; lines that do
/// not depend on a wrong one are still looked at.
class Importer {
public:
  Importer(const ElaboratedFile &file, const ImportOptions &options,
           MLIRContext *context)
      : file(file), options(options), sourceOps(context), builder(context) {
    element =
        options.isF64 ? Type(builder.getF64Type()) : Type(builder.getF32Type());
  }

  FailureOr<ImportedNet> run();

private:
  const ElaboratedFile &file;
  const ImportOptions &options;
  SourceOps sourceOps;
  OpBuilder builder;
  Type element;
  ImportedNet result;
  nn::NetworkOp network;
  Value target;
  Location targetLoc = builder.getUnknownLoc();

  FailureOr<Value> importInput(const SourceCall &call);
  FailureOr<Value> importLayers();
  LogicalResult importTraining(Value output);
  FailureOr<Operation *> importOptimizer(const SourceCall *call);
  FailureOr<Operation *> build(StringRef place, StringRef word,
                               const SourceCall &call, ValueRange inputs);
  FailureOr<Value> getTarget(Location loc, Type type);
  FailureOr<Value> importLoss(Value output, const SourceCall *call);
  LogicalResult importMetrics(Value output, const SourceCall &call);
  void finish(Value output);
};
} // namespace

/// A word must be one, without brackets.
static LogicalResult checkWord(const SourceValue &value) {
  if (value.kind == SourceValue::Kind::Name && value.dimensions.empty())
    return success();
  return mlir::emitError(value.loc)
         << "expected a word, found '" << toString(value) << "'";
}

/// `optimizer adam lr=0.1` as the line `adam lr=0.1`.
static FailureOr<SourceCall> takeFirstWord(const SourceCall &call) {
  if (call.values.empty())
    return mlir::emitError(call.loc)
           << "'" << call.word << "' needs a word after it";
  if (failed(checkWord(call.values.front())))
    return failure();
  SourceCall inner = call;
  inner.word = call.values.front().text;
  inner.loc = call.values.front().loc;
  inner.values.erase(inner.values.begin());
  return inner;
}

FailureOr<Operation *> Importer::build(StringRef place, StringRef word,
                                       const SourceCall &call,
                                       ValueRange inputs) {
  FailureOr<SourceOpInterface::Concept *> source =
      sourceOps.find(place, word, call.loc);
  if (failed(source))
    return failure();
  SourceArguments arguments(
      call, [this](Location loc, Type type) { return getTarget(loc, type); });
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
  return Value(network.getBody().addArgument(
      RankedTensorType::get(shape, element), call.loc));
}

FailureOr<Value> Importer::importLayers() {
  if (file.net.empty())
    return mlir::emitError(file.loc) << "the network has no layer";
  FailureOr<Value> value = importInput(file.net.front());
  if (failed(value))
    return failure();
  for (const SourceCall &call : llvm::drop_begin(file.net)) {
    if (call.word == "input")
      return mlir::emitError(call.loc)
             << "a second 'input' is not supported yet";
    FailureOr<Operation *> op = build("layer", call.word, call, *value);
    if (failed(op)) {
      // The next line would get the wrong shape: its errors would follow from
      // this one. Unknown words are independent, and looked for.
      for (const SourceCall &later :
           llvm::drop_begin(file.net, &call - file.net.data() + 1))
        (void)sourceOps.find("layer", later.word, later.loc);
      return failure();
    }
    value = Value((*op)->getResult(0));
    auto type = cast<RankedTensorType>(value->getType());
    if (type.getNumElements() > maxElements)
      return mlir::emitError(call.loc)
             << "a batch of " << options.batch
             << " results of this layer is too large for any machine";
    result.layers.push_back(
        {call.name, call.word,
         SmallVector<int64_t>(type.getShape().drop_front())});
  }
  return value;
}

FailureOr<Value> Importer::importLoss(Value output, const SourceCall *call) {
  if (!call)
    return mlir::emitError(file.train.front().loc)
           << "the train section names no loss: add a line such as "
              "'loss crossentropy'";
  FailureOr<SourceCall> inner = takeFirstWord(*call);
  if (failed(inner))
    return failure();
  FailureOr<Operation *> loss = build("loss", inner->word, *inner, output);
  if (failed(loss))
    return failure();
  return Value((*loss)->getResult(0));
}

LogicalResult Importer::importMetrics(Value output, const SourceCall &call) {
  for (const SourceValue &value : call.values) {
    if (failed(checkWord(value)))
      return failure();
    SourceCall inner{value.text, value.loc, "", {}, {}, false, {}};
    FailureOr<Operation *> metric = build("metric", value.text, inner, output);
    if (failed(metric))
      return failure();
    train::MeasureOp::create(builder, value.loc, value.text,
                             (*metric)->getResult(0));
  }
  for (const SourceNamedValue &named : call.named)
    return mlir::emitError(named.nameLoc)
           << "'metrics' takes words, not '" << named.name << "='";
  return success();
}

/// `output` is null where the network is wrong: what does not depend on it is
/// looked at all the same.
LogicalResult Importer::importTraining(Value output) {
  const SourceCall *lossCall = nullptr, *optimizerCall = nullptr;
  for (const SourceCall &call : file.train) {
    if (call.word == "loss")
      lossCall = &call;
    else if (call.word == "optimizer")
      optimizerCall = &call;
  }
  FailureOr<Value> losses;
  if (output || !lossCall)
    losses = importLoss(output, lossCall);
  bool isWrong = failed(losses);
  for (const SourceCall &call : file.train) {
    if (call.word == "metrics" && succeeded(losses))
      isWrong |= failed(importMetrics(output, call));
    else if (sourceOps.contains("train", call.word))
      isWrong |= failed(build("train", call.word, call, {}));
  }
  FailureOr<Operation *> rule = importOptimizer(optimizerCall);
  if (failed(rule) || isWrong)
    return failure();
  result.sourceRate = cast<OptimizerOpInterface>(*rule).getSourceRate();
  train::MinimizeOp::create(builder, lossCall->loc, *losses, ValueRange{},
                            (*rule)->getResult(0));
  return success();
}

FailureOr<Operation *> Importer::importOptimizer(const SourceCall *call) {
  if (!call)
    return mlir::emitError(file.train.front().loc)
           << "the train section names no optimizer: add a line such as "
              "'optimizer adam lr=1e-3'";
  FailureOr<SourceCall> inner = takeFirstWord(*call);
  if (failed(inner))
    return failure();
  return build("optimizer", inner->word, *inner, {});
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

//===- ImportTraining.cpp - Losses, metrics, optimizers -------------------===//

#include "Importer.h"

using namespace mlir;

namespace gradc {

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

} // namespace gradc

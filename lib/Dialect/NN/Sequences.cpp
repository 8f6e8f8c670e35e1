//===- Sequences.cpp - Sequences where a vector was meant -----------------===//

#include "gradc/Dialect/NN/NN.h"

using namespace mlir;
using namespace gradc;
using namespace gradc::nn;

static bool isSequence(Value value) {
  return cast<RankedTensorType>(value.getType()).getRank() == 3;
}

static bool keepsStepsApart(Operation *op) {
  auto layer = dyn_cast<LayerOpInterface>(op);
  return layer && layer.keepsStepsApart();
}

/// What to do about a layer that takes each of the `steps` of its input by
/// itself.
static SourceAdvice adviseToFlatten(Operation *layer, StringRef steps) {
  auto type = cast<RankedTensorType>(layer->getOperand(0).getType());
  int64_t number = type.getDimSize(1), all = number * type.getDimSize(2);
  StringRef word = cast<SourceOpInterface>(layer).getSourceWord();
  std::string text = ("'" + word + "' takes each of " + Twine(number) + " " +
                      steps + " by itself; put 'flatten' before it for all " +
                      Twine(all) + " values of a sample together")
                         .str();
  return {layer->getLoc(), text, ("flatten ; " + word).str()};
}

std::optional<SourceAdvice> nn::adviseOnSteps(Value output) {
  Operation *first = nullptr;
  for (Operation *op = output.getDefiningOp();
       op && op->getNumOperands() > 0 && isSequence(op->getResult(0));
       op = op->getOperand(0).getDefiningOp()) {
    auto weighted = dyn_cast<WeightedLayerOpInterface>(op);
    if (weighted && weighted.isRecurrent())
      return SourceAdvice{op->getLoc(),
                          "this layer gives its state after each step; "
                          "'return=last' gives the last one alone"};
    if (keepsStepsApart(op))
      first = op;
  }
  if (!first)
    return {};
  return adviseToFlatten(first, "steps");
}

/// The value that `value` is made of by functions of single elements.
static Value lookThroughElementwise(Value value) {
  Operation *op = value.getDefiningOp();
  bool isElementwise = op && op->getNumOperands() == 1 &&
                       op->getOperand(0).getType() == value.getType() &&
                       !keepsStepsApart(op);
  return isElementwise ? lookThroughElementwise(op->getOperand(0)) : value;
}

std::optional<SourceAdvice> nn::adviseOnRows(NetworkOp network) {
  std::optional<SourceAdvice> advice;
  network.walk([&](LayerOpInterface layer) {
    if (!advice && layer.keepsStepsApart() &&
        lookThroughElementwise(layer->getOperand(0)) == network.getArgument(0))
      advice = adviseToFlatten(layer, "rows");
  });
  return advice;
}

void nn::noteSteps(InFlightDiagnostic &diagnostic, Value output) {
  std::optional<SourceAdvice> advice = adviseOnSteps(output);
  if (!advice)
    return;
  Diagnostic &note = diagnostic.attachNote(advice->loc);
  note << advice->text;
  if (!advice->fix.empty())
    addFixIt(note, advice->loc, advice->fix);
}

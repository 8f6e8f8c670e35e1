//===- ScanGradient.cpp - Backpropagation through time --------------------===//
//
// The gradient of a loop over time is a loop the other way round (Werbos,
// Backpropagation through time, 1990): its states are the gradients of the
// forward loop's states. A copy of the body is differentiated by the reverse
// walk that `differentiate` uses; then the ops of the gradient move into the
// reverse scan, and what they need of the forward turn becomes an output of the
// forward scan.
//
//===----------------------------------------------------------------------===//

#include "ScanGradient.h"

using namespace mlir;
using namespace gradc;
using namespace gradc::nn;

void ScanGradient::copyBody(IRMapping &mapping) {
  copy = &region.emplaceBlock();
  for (BlockArgument argument : op.getBlock().getArguments())
    mapping.map(argument, copy->addArgument(argument.getType(), loc));
  for (auto [argument, sequence] :
       llvm::zip(op.getSequenceArguments(), op.getSequences())) {
    sequenceOf[mapping.lookup(argument)] = sequence;
    originals[mapping.lookup(argument)] = argument;
  }
  for (Value state : op.getStateArguments())
    originals[mapping.lookup(state)] = state;
  OpBuilder inside(op.getContext());
  inside.setInsertionPointToEnd(copy);
  for (Operation &inner : op.getBlock().without_terminator()) {
    Operation *clone = inside.clone(inner, mapping);
    copiedOps.insert(clone);
    for (auto [from, to] : llvm::zip(inner.getResults(), clone->getResults()))
      originals[to] = from;
    for (OpOperand &operand : inner.getOpOperands()) {
      auto argument = dyn_cast<BlockArgument>(operand.get());
      if (!argument || !llvm::is_contained(op.getConstantArguments(), argument))
        continue;
      BlockArgument use = copy->addArgument(argument.getType(), loc);
      clone->setOperand(operand.getOperandNumber(), use);
      unsigned first = op.getNumStates() + op.getNumSequences();
      uses.push_back({argument.getArgNumber() - first, use});
    }
  }
}

/// Each next state has the gradient that the turn after it gives it, each
/// output's slice the one of the output.
void ScanGradient::seedGradients(const IRMapping &mapping) {
  OpBuilder inside(op.getContext());
  inside.setInsertionPointToEnd(copy);
  for (auto [index, value] : llvm::enumerate(op.getYielded())) {
    bool isState = index < op.getNumStates();
    if (!isState && !given[index])
      continue;
    BlockArgument seed = copy->addArgument(value.getType(), loc);
    if (isState)
      carried.push_back(seed);
    else
      sequenceOf[seed] = given[index];
    Value &gradient = gradients[mapping.lookup(value)];
    gradient =
        gradient ? buildGradientSum(inside, loc, gradient, seed) : Value(seed);
  }
}

/// Whether one op after the loop can give the sum of what `sum` gives in all
/// turns: it sums over samples, and each operand is different in each turn.
bool ScanGradient::canJoin(Operation *sum) {
  auto sampleSum = dyn_cast_or_null<SampleSumOpInterface>(sum);
  if (!sampleSum || copiedOps.contains(sum) || !sampleSum.sumsSamples())
    return false;
  return llvm::all_of(sum->getOperands(), [&](Value operand) {
    Operation *definition = operand.getDefiningOp();
    bool isConstant =
        definition && definition->hasTrait<OpTrait::ConstantLike>();
    return isa<RankedTensorType>(operand.getType()) && !isConstant &&
           llvm::none_of(uses, [&](const ConstantUse &use) {
             return use.argument == operand;
           });
  });
}

void ScanGradient::keepForward(Value value) {
  if (isForward(value) && !sequenceOf.contains(value) &&
      !llvm::is_contained(kept, value))
    kept.push_back(value);
}

void ScanGradient::chooseSums() {
  for (ConstantUse &use : uses) {
    use.gradient = gradients.lookup(use.argument);
    Operation *sum = use.gradient ? use.gradient.getDefiningOp() : nullptr;
    if (!canJoin(sum))
      continue;
    use.joined = sum;
    for (Value operand : sum->getOperands()) {
      keepForward(operand);
      if (!originals.contains(operand) && !sequenceOf.contains(operand))
        stacked.insert(operand);
    }
  }
}

/// Collects the ops that compute `root`, up to values from outside of the
/// reverse turn. Views and constants of the forward turn are built again.
void ScanGradient::collect(Value root) {
  SmallVector<Value> open{root};
  while (!open.empty()) {
    Value value = open.pop_back_val();
    Operation *definition = value.getDefiningOp();
    bool isInside =
        definition &&
        ((!copiedOps.contains(definition) && !factorOps.contains(definition)) ||
         definition->hasTrait<IsView>() ||
         definition->hasTrait<OpTrait::ConstantLike>());
    if (!isInside)
      external.insert(value);
    else if (moved.insert(definition))
      llvm::append_range(open, definition->getOperands());
  }
}

void ScanGradient::collectAll() {
  for (Value state : op.getStateArguments())
    if (Value gradient = gradients.lookup(
            copy->getArgument(cast<BlockArgument>(state).getArgNumber())))
      collect(gradient);
  for (const ConstantUse &use : uses)
    if (use.gradient && !use.joined)
      collect(use.gradient);
  for (Value value : stacked)
    collect(value);
  for (Value value : external)
    keepForward(value);
}

FailureOr<SmallVector<Value>> ScanGradient::build() {
  IRMapping mapping;
  copyBody(mapping);
  seedGradients(mapping);
  OpBuilder inside(op.getContext());
  inside.setInsertionPointToEnd(copy);
  if (failed(differentiateBlock(inside, *copy, gradients, buildGradientSum,
                                [](Value) { return true; })))
    return failure();
  formFactors();
  chooseSums();
  SmallVector<Value> sequenceGradients;
  for (Value argument : op.getSequenceArguments()) {
    sequenceGradients.push_back(gradients.lookup(mapping.lookup(argument)));
    if (sequenceGradients.back())
      stacked.insert(sequenceGradients.back());
  }
  Value watched;
  if (op.getTap())
    watched = gradients.lookup(mapping.lookup(op.getYielded()[0]));
  if (watched)
    stacked.insert(watched);
  collectAll();
  if (!kept.empty())
    extendForward();
  createReverse();
  if (watched)
    StateGradientsOp::create(builder, loc, *op.getTap(),
                             getReverseOutput(watched));
  SmallVector<Value> result(reverse.getFinals().take_front(op.getNumStates()));
  for (Value gradient : sequenceGradients)
    result.push_back(gradient ? getReverseOutput(gradient) : Value());
  for (unsigned i = 0; i < op.getConstants().size(); ++i)
    result.push_back(buildConstantGradient(i));
  return result;
}

FailureOr<SmallVector<Value>> ScanOp::buildGradients(OpBuilder &builder,
                                                     ValueRange gradients) {
  return ScanGradient(*this, builder, gradients).build();
}

//===- ScanReverse.cpp - The loop back through time -----------------------===//

#include "ScanGradient.h"
#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace gradc;
using namespace gradc::nn;

static Value buildZeros(OpBuilder &builder, Location loc, Type type) {
  auto tensor = cast<RankedTensorType>(type);
  auto zero = builder.getZeroAttr(tensor.getElementType());
  return arith::ConstantOp::create(builder, loc,
                                   DenseElementsAttr::get(tensor, zero));
}

Value nn::buildGradientSum(OpBuilder &builder, Location loc, Value a, Value b) {
  return AddOp::create(builder, loc, a, b);
}

/// A forward scan with more outputs takes the place of the old one, which
/// nothing uses any more.
void ScanGradient::extendForward() {
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPoint(op);
  SmallVector<Type> outputs(op.getOutputs().getTypes());
  SmallVector<Value> yielded(op.getYielded()), added;
  SmallVector<unsigned> places;
  for (Value value : kept) {
    Value original = originals.lookup(value);
    // One of the outputs may be what is needed.
    auto known =
        original
            ? llvm::find(llvm::drop_begin(yielded, op.getNumStates()), original)
            : yielded.end();
    places.push_back(known - yielded.begin());
    if (known != yielded.end())
      continue;
    yielded.push_back(original ? original : value);
    outputs.push_back(getStackType(value));
  }
  auto extended = ScanOp::create(builder, loc, op.getSteps(), op.getReverse(),
                                 op.getInitials(), op.getSequences(),
                                 op.getConstants(), outputs);
  extended.setTapAttr(op.getTapAttr());
  IRMapping mapping;
  op.getBody().cloneInto(&extended.getBody(), mapping);
  buildFactors(extended.getBlock(), mapping);
  for (Value &value : yielded)
    value = mapping.lookup(value);
  extended.getBlock().getTerminator()->setOperands(yielded);
  for (auto [value, place] : llvm::zip(kept, places))
    sequenceOf[value] = extended.getResult(place);
  op.replaceAllUsesWith(extended.getResults().take_front(op.getNumResults()));
}

void ScanGradient::createReverse() {
  SmallVector<Value> initials, sequences, constants;
  for (auto [index, state] : llvm::enumerate(op.getInitials()))
    initials.push_back(given[index]
                           ? given[index]
                           : buildZeros(builder, loc, state.getType()));
  for (const ConstantUse &use : uses)
    if (use.gradient && !use.joined)
      initials.push_back(buildZeros(builder, loc, use.argument.getType()));
  SmallVector<Value> slices, fixed;
  for (Value value : external) {
    if (Value sequence = sequenceOf.lookup(value)) {
      slices.push_back(value);
      sequences.push_back(sequence);
    }
    for (const ConstantUse &use : uses)
      if (use.argument == value) {
        fixed.push_back(value);
        constants.push_back(op.getConstants()[use.constant]);
      }
  }
  SmallVector<Type> outputs;
  for (Value value : stacked)
    outputs.push_back(getStackType(value));
  reverse = ScanOp::create(builder, loc, op.getSteps(), !op.getReverse(),
                           initials, sequences, constants, outputs);
  buildReverseBody(slices, fixed);
}

void ScanGradient::buildReverseBody(ValueRange slices, ValueRange fixed) {
  OpBuilder::InsertionGuard guard(builder);
  Block *body = builder.createBlock(&reverse.getBody());
  IRMapping mapping;
  auto addArgument = [&](Value value) {
    BlockArgument argument = body->addArgument(value.getType(), loc);
    mapping.map(value, argument);
    return argument;
  };
  for (Value seed : carried)
    addArgument(seed);
  SmallVector<std::pair<Value, Value>> sums;
  for (const ConstantUse &use : uses)
    if (use.gradient && !use.joined)
      sums.push_back(
          {body->addArgument(use.argument.getType(), loc), use.gradient});
  for (Value value : slices)
    addArgument(value);
  for (Value value : fixed)
    addArgument(value);
  for (Operation &inner : *copy)
    if (moved.contains(&inner))
      builder.clone(inner, mapping);
  SmallVector<Value> yielded;
  for (Value state : copy->getArguments().take_front(op.getNumStates())) {
    Value gradient = gradients.lookup(state);
    yielded.push_back(gradient ? mapping.lookup(gradient)
                               : buildZeros(builder, loc, state.getType()));
  }
  for (auto [sum, gradient] : sums)
    yielded.push_back(
        buildGradientSum(builder, loc, sum, mapping.lookup(gradient)));
  for (Value value : stacked)
    yielded.push_back(mapping.lookup(value));
  ScanYieldOp::create(builder, loc, yielded);
}

Value ScanGradient::getReverseOutput(Value value) {
  auto place = llvm::find(stacked, value) - stacked.begin();
  return reverse.getOutputs()[place];
}

/// The op on the samples of all turns.
Value ScanGradient::buildJoined(Operation *sum) {
  IRMapping mapping;
  for (Value operand : sum->getOperands()) {
    Value sequence = sequenceOf.lookup(operand);
    if (!sequence)
      sequence = getReverseOutput(operand);
    auto type = cast<RankedTensorType>(sequence.getType());
    SmallVector<int64_t> shape(type.getShape().drop_front());
    shape[0] *= type.getDimSize(0);
    mapping.map(operand, ReshapeOp::create(builder, loc,
                                           RankedTensorType::get(
                                               shape, type.getElementType()),
                                           sequence));
  }
  return builder.clone(*sum, mapping)->getResult(0);
}

/// Null where no gradient reaches the constant.
Value ScanGradient::buildConstantGradient(unsigned constant) {
  Value total;
  unsigned nextSum = op.getNumStates();
  for (const ConstantUse &use : uses) {
    if (!use.gradient)
      continue;
    Value sum;
    if (!use.joined)
      sum = reverse.getFinals()[nextSum++];
    if (use.constant != constant)
      continue;
    if (use.joined)
      sum = buildJoined(use.joined);
    total = total ? buildGradientSum(builder, loc, total, sum) : sum;
  }
  return total;
}

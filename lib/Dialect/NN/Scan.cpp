//===- Scan.cpp - Loops over time -----------------------------------------===//

#include "gradc/Dialect/NN/NN.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/PatternMatch.h"

using namespace mlir;
using namespace gradc;
using namespace gradc::nn;

/// The type of a sequence's part for one step.
static Type getSliceType(Value sequence) {
  auto type = cast<RankedTensorType>(sequence.getType());
  return RankedTensorType::get(type.getShape().drop_front(),
                               type.getElementType());
}

void ScanOp::build(OpBuilder &builder, OperationState &state, int64_t steps,
                   bool reverse, ValueRange initials, ValueRange sequences,
                   ValueRange constants, TypeRange outputs) {
  state.addOperands(initials);
  state.addOperands(sequences);
  state.addOperands(constants);
  Properties &properties = state.getOrAddProperties<Properties>();
  properties.operandSegmentSizes = {int32_t(initials.size()),
                                    int32_t(sequences.size()),
                                    int32_t(constants.size())};
  properties.steps = builder.getI64IntegerAttr(steps);
  if (reverse)
    properties.reverse = builder.getUnitAttr();
  state.addTypes(initials.getTypes());
  state.addTypes(outputs);
  state.addRegion();
}

/// Sequences and outputs have a slice for each step.
static LogicalResult verifySequences(ScanOp op, ValueRange values,
                                     StringRef name) {
  for (Value value : values) {
    auto type = cast<RankedTensorType>(value.getType());
    if (type.getRank() < 2 || type.getDimSize(0) != int64_t(op.getSteps()))
      return op.emitOpError("needs ")
             << name << " of " << op.getSteps() << " steps, not " << type;
  }
  return success();
}

static LogicalResult verifyTypes(ScanOp op, TypeRange found,
                                 ArrayRef<Type> expected, StringRef what) {
  if (found.size() != expected.size())
    return op.emitOpError("has a body that ")
           << what << " " << found.size() << " values, not " << expected.size();
  for (auto [index, types] : llvm::enumerate(llvm::zip(found, expected)))
    if (std::get<0>(types) != std::get<1>(types))
      return op.emitOpError("has a body that ")
             << what << " " << std::get<0>(types) << " as value " << index
             << ", not " << std::get<1>(types);
  return success();
}

LogicalResult ScanOp::verifyRegions() {
  if (getResults().size() < getNumStates() ||
      getFinals().getTypes() != getInitials().getTypes())
    return emitOpError("must first give a final value of each state");
  if (failed(verifySequences(*this, getSequences(), "sequences")) ||
      failed(verifySequences(*this, getOutputs(), "outputs")))
    return failure();
  if (getTap() && getInitials().empty())
    return emitOpError("has no state to watch");
  SmallVector<Type> taken(getInitials().getTypes());
  for (Value sequence : getSequences())
    taken.push_back(getSliceType(sequence));
  llvm::append_range(taken, getConstants().getTypes());
  if (failed(verifyTypes(*this, getBlock().getArgumentTypes(), taken, "takes")))
    return failure();
  if (!getBlock().mightHaveTerminator() || !isa<ScanYieldOp>(getBlock().back()))
    return emitOpError("needs a body that ends with 'nn.scan_yield'");
  SmallVector<Type> given(getInitials().getTypes());
  for (Value output : getOutputs())
    given.push_back(getSliceType(output));
  return verifyTypes(*this, getYielded().getTypes(), given, "gives");
}

//===----------------------------------------------------------------------===//
// step_norms
//===----------------------------------------------------------------------===//

static Type getNormsType(Value sequence) {
  auto type = cast<RankedTensorType>(sequence.getType());
  return RankedTensorType::get({type.getDimSize(0)},
                               Float64Type::get(type.getContext()));
}

void StepNormsOp::build(OpBuilder &, OperationState &state, Value input) {
  state.addOperands(input);
  state.addTypes(getNormsType(input));
}

LogicalResult StepNormsOp::verify() {
  if (getType() != getNormsType(getInput()))
    return emitOpError("gives ") << getNormsType(getInput());
  return success();
}

//===----------------------------------------------------------------------===//
// What nothing uses
//===----------------------------------------------------------------------===//

namespace {
/// Drops outputs that nothing uses, states that serve only themselves, and
/// operands that the body does not read. A step that is not watched, for one,
/// keeps no gradient of each turn.
struct DropUnused : OpRewritePattern<ScanOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ScanOp op,
                                PatternRewriter &rewriter) const override {
    llvm::BitVector results = findUsedResults(op);
    llvm::BitVector arguments = findUsedArguments(op, results);
    if (results.all() && arguments.all())
      return failure();
    SmallVector<Value> initials = keep(op.getInitials(), arguments, 0);
    unsigned next = op.getNumStates();
    SmallVector<Value> sequences = keep(op.getSequences(), arguments, next);
    next += op.getNumSequences();
    SmallVector<Value> constants = keep(op.getConstants(), arguments, next);
    SmallVector<Type> outputs;
    for (unsigned i = op.getNumStates(); i < results.size(); ++i)
      if (results[i])
        outputs.push_back(op.getResult(i).getType());
    auto kept =
        ScanOp::create(rewriter, op.getLoc(), op.getSteps(), op.getReverse(),
                       initials, sequences, constants, outputs);
    kept.setTapAttr(initials.empty() ? nullptr : op.getTapAttr());
    moveBody(rewriter, op, kept, results, arguments);
    SmallVector<Value> replacements;
    unsigned place = 0;
    for (unsigned i = 0; i < results.size(); ++i)
      replacements.push_back(results[i] ? Value(kept.getResult(place++))
                                        : Value());
    rewriter.replaceOp(op, replacements);
    return success();
  }

private:
  /// The body's values that the results in `results` are made of.
  static llvm::DenseSet<Value> findNeeded(ScanOp op,
                                          const llvm::BitVector &results) {
    llvm::DenseSet<Value> needed;
    for (unsigned i : results.set_bits())
      needed.insert(op.getYielded()[i]);
    for (Operation &inner : llvm::reverse(op.getBlock().without_terminator())) {
      bool isNeeded = !isMemoryEffectFree(&inner) ||
                      llvm::any_of(inner.getResults(), [&](Value value) {
                        return needed.contains(value);
                      });
      if (isNeeded)
        needed.insert(inner.operand_begin(), inner.operand_end());
    }
    return needed;
  }

  /// A state is also used where another result of use depends on it.
  static llvm::BitVector findUsedResults(ScanOp op) {
    llvm::BitVector used(op.getNumResults());
    for (OpResult result : op.getResults())
      if (!result.use_empty())
        used.set(result.getResultNumber());
    while (true) {
      llvm::DenseSet<Value> needed = findNeeded(op, used);
      bool changed = false;
      for (auto [index, state] : llvm::enumerate(op.getStateArguments()))
        if (!used[index] && needed.contains(state)) {
          used.set(index);
          changed = true;
        }
      if (!changed)
        return used;
    }
  }

  static llvm::BitVector findUsedArguments(ScanOp op,
                                           const llvm::BitVector &results) {
    llvm::DenseSet<Value> needed = findNeeded(op, results);
    llvm::BitVector used(op.getBlock().getNumArguments());
    for (BlockArgument argument : op.getBlock().getArguments()) {
      unsigned index = argument.getArgNumber();
      if (index < op.getNumStates() ? results[index]
                                    : needed.contains(argument))
        used.set(index);
    }
    return used;
  }

  static SmallVector<Value>
  keep(ValueRange values, const llvm::BitVector &arguments, unsigned first) {
    SmallVector<Value> kept;
    for (auto [index, value] : llvm::enumerate(values))
      if (arguments[first + index])
        kept.push_back(value);
    return kept;
  }

  static void moveBody(PatternRewriter &rewriter, ScanOp from, ScanOp to,
                       const llvm::BitVector &results,
                       const llvm::BitVector &arguments) {
    OpBuilder::InsertionGuard guard(rewriter);
    Block *block = rewriter.createBlock(&to.getBody());
    IRMapping mapping;
    for (BlockArgument argument : from.getBlock().getArguments())
      if (arguments[argument.getArgNumber()])
        mapping.map(argument,
                    block->addArgument(argument.getType(), argument.getLoc()));
    llvm::DenseSet<Value> needed = findNeeded(from, results);
    for (Operation &inner : from.getBlock().without_terminator())
      if (!isMemoryEffectFree(&inner) ||
          llvm::any_of(inner.getResults(),
                       [&](Value value) { return needed.contains(value); }))
        rewriter.clone(inner, mapping);
    SmallVector<Value> yielded;
    for (unsigned i : results.set_bits())
      yielded.push_back(mapping.lookup(from.getYielded()[i]));
    ScanYieldOp::create(rewriter, from.getLoc(), yielded);
  }
};
} // namespace

void ScanOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                         MLIRContext *context) {
  patterns.add<DropUnused>(context);
}

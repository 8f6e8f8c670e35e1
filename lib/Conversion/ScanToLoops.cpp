//===- ScanToLoops.cpp - Loops over time on tensors -----------------------===//

#include "BuildGeneric.h"
#include "gradc/Conversion/Passes.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;

namespace gradc {
namespace {
/// A scan as an `scf.for` that carries states and the stacks of outputs.
///
/// It is written so that bufferization needs neither an allocation nor a copy
/// of a stack in the loop: a new state goes into the memory of the carried one,
/// a slice of an output into its place as soon as it is there, and a stack is
/// read by another loop than the one that writes it.
struct LowerScan : OpRewritePattern<nn::ScanOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(nn::ScanOp op,
                                PatternRewriter &rewriter) const override {
    Location loc = op.getLoc();
    SmallVector<Value> carried(op.getInitials());
    for (Value output : op.getOutputs())
      carried.push_back(buildEmpty(rewriter, loc, output.getType()));
    auto index = [&](int64_t value) -> Value {
      return arith::ConstantIndexOp::create(rewriter, loc, value);
    };
    auto loop = scf::ForOp::create(rewriter, loc, index(0),
                                   index(op.getSteps()), index(1), carried);
    Block *body = loop.getBody();
    if (!body->empty())
      rewriter.eraseOp(body->getTerminator());
    rewriter.setInsertionPointToStart(body);
    Value step = loop.getInductionVar();
    if (op.getReverse())
      step =
          arith::SubIOp::create(rewriter, loc, index(op.getSteps() - 1), step);
    moveBody(op, loop, step, rewriter);
    rewriter.replaceOp(op, loop.getResults());
    return success();
  }

private:
  static void moveBody(nn::ScanOp op, scf::ForOp loop, Value step,
                       PatternRewriter &rewriter) {
    Location loc = op.getLoc();
    unsigned numStates = op.getNumStates();
    auto carried = loop.getRegionIterArgs();
    SmallVector<Value> arguments(carried.take_front(numStates));
    SmallVector<Value> stacks(carried.drop_front(numStates));
    for (Value sequence : op.getSequences())
      arguments.push_back(readSlice(rewriter, loc, sequence, step));
    llvm::append_range(arguments, op.getConstants());
    Block *body = loop.getBody();
    Operation *terminator = op.getBlock().getTerminator();
    rewriter.inlineBlockBefore(&op.getBlock(), body, body->end(), arguments);
    SmallVector<Value> yielded(terminator->getOperands());
    for (auto [index, stack] : llvm::enumerate(stacks))
      stack = writeSlice(rewriter, loc, yielded[numStates + index], stack, step,
                         body);
    rewriter.setInsertionPoint(terminator);
    SmallVector<Value> next;
    for (auto [value, state] : llvm::zip(yielded, carried))
      if (next.size() < numStates)
        next.push_back(value == state ? value
                                      : buildCopy(rewriter, loc, value, state));
    llvm::append_range(next, stacks);
    scf::YieldOp::create(rewriter, loc, next);
    rewriter.eraseOp(terminator);
  }

  static Value buildCopy(OpBuilder &builder, Location loc, Value value,
                         Value into) {
    return bufferization::MaterializeInDestinationOp::create(
               builder, loc, value.getType(), value, into)
        .getResult();
  }

  struct Slice {
    SmallVector<OpFoldResult> offsets, sizes, strides;
  };
  static Slice describe(OpBuilder &builder, Value stack, Value step) {
    Slice slice;
    for (int64_t size : getTensorType(stack).getShape()) {
      slice.offsets.push_back(builder.getIndexAttr(0));
      slice.sizes.push_back(builder.getIndexAttr(size));
      slice.strides.push_back(builder.getIndexAttr(1));
    }
    slice.offsets[0] = step;
    slice.sizes[0] = builder.getIndexAttr(1);
    return slice;
  }

  static Value readSlice(OpBuilder &builder, Location loc, Value sequence,
                         Value step) {
    auto type = getTensorType(sequence);
    Slice slice = describe(builder, sequence, step);
    auto result = RankedTensorType::get(type.getShape().drop_front(),
                                        type.getElementType());
    return tensor::ExtractSliceOp::create(builder, loc, result, sequence,
                                          slice.offsets, slice.sizes,
                                          slice.strides);
  }

  /// Right behind the op that gives the value: a state that is kept as it came
  /// must be read before its memory is written.
  static Value writeSlice(OpBuilder &builder, Location loc, Value value,
                          Value stack, Value step, Block *body) {
    OpBuilder::InsertionGuard guard(builder);
    Operation *definition = value.getDefiningOp();
    Operation *after = step.getDefiningOp();
    if (definition && definition->getBlock() == body &&
        (!after || after->isBeforeInBlock(definition)))
      after = definition;
    if (after)
      builder.setInsertionPointAfter(after);
    else
      builder.setInsertionPointToStart(body);
    Slice slice = describe(builder, stack, step);
    return tensor::InsertSliceOp::create(
        builder, loc, value, stack, slice.offsets, slice.sizes, slice.strides);
  }
};
} // namespace

void populateScanToLoopsPatterns(RewritePatternSet &patterns) {
  patterns.add<LowerScan>(patterns.getContext());
}
} // namespace gradc

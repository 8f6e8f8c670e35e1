//===- FuseLoops.cpp - One pass over memory for neighbouring loops --------===//
//
// On memory, where fusion on tensors ends: values with several readers, results
// in the memory of states and stacks, copies that bufferization has left.
//
//===----------------------------------------------------------------------===//

#include "JoinedLoop.h"
#include "RaiseOperands.h"
#include "SeparateMemory.h"
#include "gradc/CodeGen/Passes.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/IR/Dominance.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/Transforms/CSE.h"

using namespace mlir;

namespace gradc {
#define GEN_PASS_DEF_FUSELOOPS
#include "gradc/CodeGen/Passes.h.inc"

/// More streams than this through memory at once are no faster than two passes.
static constexpr unsigned mostOperands = 24;

/// Whether each turn of the loops works on elements of its own, all of whose
/// places are the turn's own or are read by several turns.
static bool isElementwise(linalg::GenericOp generic) {
  if (!generic.hasPureBufferSemantics() ||
      generic.getNumParallelLoops() != generic.getNumLoops() ||
      llvm::any_of(generic.getStaticLoopRanges(), ShapedType::isDynamic))
    return false;
  return llvm::all_of(generic->getOpOperands(), [&](OpOperand &operand) {
    AffineMap map = generic.getMatchingIndexingMap(&operand);
    return map.isIdentity() ||
           (!generic.isDpsInit(&operand) && map.isProjectedPermutation());
  });
}

/// Whether two loops may change places: neither touches what the other writes.
/// Where they run turn by turn, as one, it may touch the same element: then the
/// second one finds what it would find after the whole first one.
static bool areIndependent(linalg::GenericOp first, linalg::GenericOp second,
                           bool turnByTurn) {
  for (OpOperand &a : first->getOpOperands())
    for (OpOperand &b : second->getOpOperands()) {
      bool isWritten = first.isDpsInit(&a) || second.isDpsInit(&b);
      if (!isWritten || !isa<MemRefType>(a.get().getType()) ||
          !isa<MemRefType>(b.get().getType()))
        continue;
      bool isSameElement = turnByTurn && a.get() == b.get() &&
                           first.getMatchingIndexingMap(&a).isIdentity() &&
                           second.getMatchingIndexingMap(&b).isIdentity();
      if (!isSameElement && !areSeparate(a.get(), b.get()))
        return false;
    }
  return true;
}

static bool shareMemory(linalg::GenericOp first, linalg::GenericOp second) {
  return llvm::any_of(first->getOperands(), [&](Value operand) {
    return isa<MemRefType>(operand.getType()) &&
           llvm::is_contained(second->getOperands(), operand);
  });
}

static bool canFuse(linalg::GenericOp first, linalg::GenericOp second) {
  // What most pairs of a deep network fail comes first.
  return shareMemory(first, second) &&
         first.getStaticLoopRanges() == second.getStaticLoopRanges() &&
         areIndependent(first, second, /*turnByTurn=*/true);
}

/// The copy as a loop over elements.
static linalg::GenericOp buildCopy(RewriterBase &rewriter,
                                   memref::CopyOp copy) {
  auto type = cast<MemRefType>(copy.getSource().getType());
  AffineMap identity = rewriter.getMultiDimIdentityMap(type.getRank());
  SmallVector<utils::IteratorType> loops(type.getRank(),
                                         utils::IteratorType::parallel);
  rewriter.setInsertionPoint(copy);
  return linalg::GenericOp::create(
      rewriter, copy.getLoc(), TypeRange(), copy.getSource(), copy.getTarget(),
      ArrayRef<AffineMap>{identity, identity}, loops,
      [](OpBuilder &builder, Location loc, ValueRange elements) {
        linalg::YieldOp::create(builder, loc, elements[0]);
      });
}

/// The functions that are many instructions each. Those of one number share
/// most of these and count once.
static unsigned countFunctions(linalg::GenericOp generic) {
  llvm::DenseSet<Value> arguments;
  for (Operation &op : *generic.getBody())
    if (isa_and_nonnull<math::MathDialect>(op.getDialect()) &&
        !isa<math::AbsFOp, math::CopySignOp, math::FmaOp, math::SqrtOp>(op))
      arguments.insert(op.getOperand(0));
  return arguments.size();
}

namespace {
struct FuseLoopsPass : impl::FuseLoopsBase<FuseLoopsPass> {
  void runOnOperation() override {
    IRRewriter rewriter(&getContext());
    getOperation()->walk([&](Block *block) {
      if (!isa<linalg::LinalgOp>(block->getParentOp()))
        fuseBlock(rewriter, *block);
    });
  }

private:
  /// Loops that no other op that touches memory has followed yet.
  SmallVector<linalg::GenericOp> open;

  void fuseBlock(RewriterBase &rewriter, Block &block) {
    open.clear();
    for (Operation &op : llvm::make_early_inc_range(block)) {
      auto generic = dyn_cast<linalg::GenericOp>(op);
      if (auto copy = dyn_cast<memref::CopyOp>(op); copy && !open.empty())
        generic = replaceCopy(rewriter, copy);
      if (generic && isElementwise(generic))
        joinWithOpen(rewriter, generic);
      else if (!isa<memref::AllocOp>(op) && !isPure(&op))
        open.clear();
    }
  }

  /// Whether the loop may change places with all open ones from `first` on.
  bool canPass(linalg::GenericOp generic, unsigned first) {
    return llvm::all_of(
        ArrayRef(open).drop_front(first), [&](linalg::GenericOp other) {
          return areIndependent(generic, other, /*turnByTurn=*/false);
        });
  }

  /// Joins a new loop with those of the open ones that go with it, at its place
  /// or, where others in between need what they write, at theirs.
  void joinWithOpen(RewriterBase &rewriter, linalg::GenericOp generic) {
    for (unsigned i = open.size(); i-- > 0;) {
      if (!canFuse(open[i], generic))
        continue;
      bool sinks = canPass(open[i], i + 1);
      if (!sinks &&
          !(canPass(generic, i + 1) && raiseOperands(generic, open[i])))
        continue;
      linalg::GenericOp joined = join(rewriter, open[i], generic, sinks);
      if (!joined)
        continue;
      if (!sinks) {
        open[i] = joined;
        return;
      }
      generic = joined;
      open.erase(open.begin() + i);
    }
    open.push_back(generic);
  }

  /// The two loops as one, or null where it would be too long: a processor
  /// computes functions of several turns at once only while it sees as far
  /// ahead, some 400 instructions.
  linalg::GenericOp join(RewriterBase &rewriter, linalg::GenericOp first,
                         linalg::GenericOp second, bool atSecond) {
    constexpr unsigned mostFunctions = 3;
    rewriter.setInsertionPoint(atSecond ? second : first);
    linalg::GenericOp joined = buildJoinedLoop(rewriter, first, second);
    DominanceInfo dominance(joined);
    eliminateCommonSubExpressions(rewriter, dominance, joined);
    unsigned number = countFunctions(joined);
    bool isLong = number > mostFunctions && number > countFunctions(first) &&
                  number > countFunctions(second);
    if (isLong || joined->getNumOperands() > mostOperands) {
      rewriter.eraseOp(joined);
      return {};
    }
    rewriter.eraseOp(second);
    rewriter.eraseOp(first);
    return joined;
  }

  /// A copy that could join a loop becomes one.
  linalg::GenericOp replaceCopy(RewriterBase &rewriter, memref::CopyOp copy) {
    linalg::GenericOp generic = buildCopy(rewriter, copy);
    bool joins = llvm::any_of(
        open, [&](linalg::GenericOp other) { return canFuse(other, generic); });
    rewriter.eraseOp(joins ? copy.getOperation() : generic.getOperation());
    return joins ? generic : linalg::GenericOp();
  }
};
} // namespace
} // namespace gradc

//===- FuseLoops.cpp - One pass over memory for neighbouring loops --------===//
//
// On memory, where fusion on tensors ends: values with several readers, results
// in the memory of states and stacks, copies that bufferization has left.
//
//===----------------------------------------------------------------------===//

#include "SeparateMemory.h"
#include "gradc/CodeGen/Passes.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/Dominance.h"
#include "mlir/IR/IRMapping.h"
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
  return first.getStaticLoopRanges() == second.getStaticLoopRanges() &&
         first->getNumOperands() + second->getNumOperands() <=
             2 * mostOperands &&
         shareMemory(first, second) &&
         areIndependent(first, second, /*turnByTurn=*/true);
}

namespace {
/// One loop under construction out of two.
class Fusion {
public:
  Fusion(RewriterBase &rewriter, linalg::GenericOp first,
         linalg::GenericOp second)
      : rewriter(rewriter), first(first), second(second) {}
  linalg::GenericOp build();

private:
  struct Operand {
    Value memory;
    AffineMap map;
  };
  RewriterBase &rewriter;
  linalg::GenericOp first, second;
  SmallVector<Operand> inputs, outputs;
  /// What the first loop gives each of its outputs, in the new body.
  llvm::DenseMap<Value, Value> given;

  static unsigned add(SmallVectorImpl<Operand> &operands, OpOperand &operand);
  void chooseOperands();
  void cloneBody(linalg::GenericOp from, Block &body, ValueRange arguments);
};
} // namespace

/// The place of the operand in the list, at its end if it was not there.
unsigned Fusion::add(SmallVectorImpl<Operand> &operands, OpOperand &operand) {
  auto generic = cast<linalg::GenericOp>(operand.getOwner());
  Operand wanted{operand.get(), generic.getMatchingIndexingMap(&operand)};
  auto known = llvm::find_if(operands, [&](const Operand &there) {
    return there.memory == wanted.memory && there.map == wanted.map;
  });
  unsigned place = known - operands.begin();
  if (known == operands.end())
    operands.push_back(wanted);
  return place;
}

/// Whether nothing reads the memory but the two loops, which will be one.
static bool isTemporary(Value memory, linalg::GenericOp first,
                        linalg::GenericOp second) {
  Value root = findRoot(memory);
  if (!root.getDefiningOp<memref::AllocOp>())
    return false;
  SmallVector<Value> open{root};
  while (!open.empty())
    for (Operation *user : open.pop_back_val().getUsers())
      if (isa<ViewLikeOpInterface>(user))
        open.push_back(user->getResult(0));
      else if (user != first && user != second)
        return false;
  return true;
}

/// What the first loop writes, the second one need not read, and nobody must
/// write where nobody else reads.
void Fusion::chooseOperands() {
  ValueRange written = first.getDpsInits();
  for (OpOperand *operand : first.getDpsInputOperands())
    add(inputs, *operand);
  for (OpOperand *operand : second.getDpsInputOperands())
    if (!llvm::is_contained(written, operand->get()))
      add(inputs, *operand);
  for (linalg::GenericOp generic : {first, second})
    for (OpOperand &operand : generic.getDpsInitsMutable())
      add(outputs, operand);
  auto isRead = [&](Value memory) {
    auto reads = [&](linalg::GenericOp generic, OpOperand &output) {
      return findRoot(output.get()) == findRoot(memory) &&
             !generic.getMatchingBlockArgument(&output).use_empty();
    };
    for (linalg::GenericOp generic : {first, second})
      for (OpOperand &output : generic.getDpsInitsMutable())
        if (reads(generic, output))
          return true;
    return llvm::any_of(inputs, [&](const Operand &input) {
      return isa<MemRefType>(input.memory.getType()) &&
             findRoot(input.memory) == findRoot(memory);
    });
  };
  SmallVector<Operand> kept;
  for (const Operand &output : outputs)
    if (isRead(output.memory) || !isTemporary(output.memory, first, second))
      kept.push_back(output);
  if (!kept.empty())
    outputs = kept;
}

/// Clones a body whose block arguments have become `arguments`.
void Fusion::cloneBody(linalg::GenericOp from, Block &body,
                       ValueRange arguments) {
  IRMapping mapping;
  mapping.map(from.getBody()->getArguments(), arguments);
  for (Operation &op : from.getBody()->without_terminator())
    rewriter.clone(op, mapping);
  for (auto [output, value] : llvm::zip(
           from.getDpsInits(), from.getBody()->getTerminator()->getOperands()))
    given[output] = mapping.lookupOrDefault(value);
}

linalg::GenericOp Fusion::build() {
  chooseOperands();
  rewriter.setInsertionPoint(second);
  Location loc = second.getLoc();
  SmallVector<Value> ins, outs;
  SmallVector<AffineMap> maps;
  for (const Operand &operand : inputs)
    ins.push_back(operand.memory);
  for (const Operand &operand : outputs)
    outs.push_back(operand.memory);
  for (const Operand &operand : llvm::concat<Operand>(inputs, outputs))
    maps.push_back(operand.map);
  auto fused = linalg::GenericOp::create(rewriter, loc, TypeRange(), ins, outs,
                                         maps, second.getIteratorTypesArray());
  OpBuilder::InsertionGuard guard(rewriter);
  Block *body = rewriter.createBlock(&fused.getRegion());
  for (Value operand : fused->getOperands())
    body->addArgument(getElementTypeOrSelf(operand), loc);
  for (linalg::GenericOp generic : {first, second}) {
    SmallVector<Value> arguments;
    for (OpOperand &operand : generic->getOpOperands()) {
      bool isOutput = generic.isDpsInit(&operand);
      Value value = given.lookup(operand.get());
      auto &list = isOutput ? outputs : inputs;
      if (!value) {
        unsigned place = add(list, operand);
        if (place < (isOutput ? outs : ins).size())
          value = body->getArgument(isOutput ? ins.size() + place : place);
      }
      arguments.push_back(value);
    }
    cloneBody(generic, *body, arguments);
  }
  SmallVector<Value> yielded;
  for (Value output : outs)
    yielded.push_back(given.lookup(output));
  linalg::YieldOp::create(rewriter, loc, yielded);
  rewriter.eraseOp(second);
  rewriter.eraseOp(first);
  return fused;
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
  llvm::SetVector<Operation *> fused;

  void fuseBlock(RewriterBase &rewriter, Block &block) {
    open.clear();
    fused.clear();
    for (Operation &op : llvm::make_early_inc_range(block)) {
      auto generic = dyn_cast<linalg::GenericOp>(op);
      if (auto copy = dyn_cast<memref::CopyOp>(op); copy && !open.empty())
        generic = replaceCopy(rewriter, copy);
      if (generic && isElementwise(generic))
        open.push_back(joinWithOpen(rewriter, generic));
      else if (!isa<memref::AllocOp>(op) && !isPure(&op))
        open.clear();
    }
    DominanceInfo dominance(block.getParentOp());
    for (Operation *generic : fused)
      eliminateCommonSubExpressions(rewriter, dominance, generic);
  }

  /// The loop, with those of the open ones that it can take in. They move to
  /// its place, past others that have nothing to do with them.
  linalg::GenericOp joinWithOpen(RewriterBase &rewriter,
                                 linalg::GenericOp generic) {
    for (unsigned i = open.size(); i-- > 0;) {
      bool canMove = llvm::all_of(
          ArrayRef(open).drop_front(i + 1), [&](linalg::GenericOp other) {
            return areIndependent(open[i], other, /*turnByTurn=*/false);
          });
      if (!canMove || !canFuse(open[i], generic))
        continue;
      fused.remove(open[i]);
      fused.remove(generic);
      generic = Fusion(rewriter, open[i], generic).build();
      fused.insert(generic);
      open.erase(open.begin() + i);
    }
    return generic;
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

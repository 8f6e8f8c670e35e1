//===- RowGroups.cpp - Loops that could run row by row --------------------===//

#include "RowGroups.h"
#include "CostModel.h"
#include "RaiseOperands.h"
#include "SeparateMemory.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;

namespace gradc {

bool liesInRows(OpOperand &operand) {
  auto loop = cast<linalg::LinalgOp>(operand.getOwner());
  return isa<MemRefType>(operand.get().getType()) &&
         loop.getMatchingIndexingMap(&operand).isFunctionOfDim(0);
}

/// Whether the elements of a turn of the innermost loop are neighbours, and a
/// block of rows of memory in rows is memory without gaps.
static bool canCut(OpOperand &operand) {
  auto loop = cast<linalg::LinalgOp>(operand.getOwner());
  auto type = dyn_cast<MemRefType>(operand.get().getType());
  if (!type)
    return true;
  AffineMap map = loop.getMatchingIndexingMap(&operand);
  if (!map.isProjectedPermutation())
    return false;
  unsigned rank = map.getNumResults(), last = loop.getNumLoops() - 1;
  for (unsigned i = 0; i + 1 < rank; ++i)
    if (last > 0 && map.getDimPosition(i) == last)
      return false;
  return !liesInRows(operand) ||
         (map.getDimPosition(0) == 0 && type.getLayout().isIdentity());
}

/// The rows of a loop each of whose rows writes memory of its own; 0 for any
/// other.
static int64_t countRows(linalg::LinalgOp loop) {
  if (!loop.hasPureBufferSemantics() || loop.getNumLoops() == 0 ||
      loop.getIteratorTypesArray()[0] != utils::IteratorType::parallel)
    return 0;
  SmallVector<int64_t> sizes = loop.getStaticLoopRanges();
  for (OpOperand &operand : loop->getOpOperands())
    if (!canCut(operand) || (loop.isDpsInit(&operand) && !liesInRows(operand)))
      return 0;
  return llvm::any_of(sizes, ShapedType::isDynamic) ? 0 : sizes[0];
}

/// Whether no row of one loop touches what another row of the other one writes.
static bool keepToTheirRows(linalg::LinalgOp a, linalg::LinalgOp b) {
  for (OpOperand &ofA : a->getOpOperands())
    for (OpOperand &ofB : b->getOpOperands()) {
      bool isWritten = a.isDpsInit(&ofA) || b.isDpsInit(&ofB);
      if (!isWritten || !isa<MemRefType>(ofA.get().getType()) ||
          !isa<MemRefType>(ofB.get().getType()))
        continue;
      bool isSameRow =
          ofA.get() == ofB.get() && liesInRows(ofA) && liesInRows(ofB);
      if (!isSameRow && !areSeparate(ofA.get(), ofB.get()))
        return false;
    }
  return true;
}

/// Whether neither op touches what the other one writes. The effects of both
/// are known.
static bool mayChangePlaces(Operation *a, Operation *b) {
  auto effectsOfA = *getEffectsRecursively(a);
  auto effectsOfB = *getEffectsRecursively(b);
  for (const MemoryEffects::EffectInstance &ofA : effectsOfA)
    for (const MemoryEffects::EffectInstance &ofB : effectsOfB) {
      bool onlyRead = isa<MemoryEffects::Read>(ofA.getEffect()) &&
                      isa<MemoryEffects::Read>(ofB.getEffect());
      if (!onlyRead && (!ofA.getValue() || !ofB.getValue() ||
                        !areSeparate(ofA.getValue(), ofB.getValue())))
        return false;
    }
  return true;
}

/// Whether loops may move past the op: it only reads, or it is a loop itself
/// that touches its operands and no other memory.
static bool canBePassed(Operation &op) {
  if (auto loop = dyn_cast<linalg::LinalgOp>(op))
    return llvm::all_of(loop.getBlock()->without_terminator(),
                        [](Operation &inner) { return isPure(&inner); });
  auto effects = getEffectsRecursively(&op);
  return effects && llvm::all_of(*effects, [](const auto &effect) {
           return isa<MemoryEffects::Read>(effect.getEffect());
         });
}

namespace {
/// Finds the groups among neighbouring ops that loops may move past.
class Stretch {
public:
  explicit Stretch(ArrayRef<Operation *> ops) : ops(ops) {}
  SmallVector<RowGroup> run();

private:
  ArrayRef<Operation *> ops;
  SmallVector<RowGroup> groups;
  llvm::DenseMap<Operation *, unsigned> groupOf;
  /// The groups that work on rows of a memory.
  llvm::DenseMap<Value, llvm::SmallSetVector<unsigned, 2>> users;

  llvm::SmallSetVector<unsigned, 4> findUsers(linalg::LinalgOp loop);
  bool canJoin(linalg::LinalgOp loop, unsigned group);
  void join(linalg::LinalgOp loop, unsigned group);
  unsigned findGroup(linalg::LinalgOp loop, int64_t rows);
};
} // namespace

/// Whether the group is one loop that reads nothing: what a sum begins with.
static bool isStart(RowGroup &group) {
  return group.loops.size() == 1 &&
         llvm::none_of(group.loops[0].getDpsInputs(), [](Value input) {
           return isa<MemRefType>(input.getType());
         });
}

/// The groups that work on rows of what the loop works on.
llvm::SmallSetVector<unsigned, 4> Stretch::findUsers(linalg::LinalgOp loop) {
  llvm::SmallSetVector<unsigned, 4> found;
  for (OpOperand &operand : loop->getOpOperands())
    if (liesInRows(operand))
      if (auto known = users.find(operand.get()); known != users.end())
        found.insert(known->second.begin(), known->second.end());
  return found;
}

/// Whether the loop would make the group go through too many matrices at once.
static bool areTooMany(RowGroup &group, linalg::LinalgOp loop) {
  llvm::SmallSetVector<Value, 8> matrices;
  auto add = [&](linalg::LinalgOp added) {
    for (OpOperand &operand : added->getOpOperands())
      if (liesInRows(operand) &&
          cast<MemRefType>(operand.get().getType()).getRank() > 1)
        matrices.insert(operand.get());
  };
  llvm::for_each(group.loops, add);
  unsigned before = matrices.size();
  add(loop);
  return matrices.size() > std::max(before, mostMatrices);
}

/// Whether the loop may run at the place of the group's first one.
bool Stretch::canJoin(linalg::LinalgOp loop, unsigned group) {
  Operation *first = groups[group].loops[0];
  if (loop->isBeforeInBlock(first) || !findOperandsBehind(loop, first) ||
      areTooMany(groups[group], loop))
    return false;
  for (linalg::LinalgOp other : groups[group].loops)
    if (!keepToTheirRows(other, loop))
      return false;
  // What lies between that place and its own it moves past.
  return llvm::all_of(ops, [&](Operation *op) {
    auto known = groupOf.find(op);
    return (known != groupOf.end() && known->second == group) ||
           op->isBeforeInBlock(first) || !op->isBeforeInBlock(loop) ||
           mayChangePlaces(op, loop);
  });
}

void Stretch::join(linalg::LinalgOp loop, unsigned group) {
  groupOf[loop] = group;
  groups[group].loops.push_back(loop);
  for (OpOperand &operand : loop->getOpOperands())
    if (liesInRows(operand))
      users[operand.get()].insert(group);
}

/// The group that the loop joins, with what its sums begin with; a new one
/// where it goes with none.
unsigned Stretch::findGroup(linalg::LinalgOp loop, int64_t rows) {
  SmallVector<unsigned> starts, others;
  for (unsigned group : findUsers(loop))
    if (groups[group].rows == rows && !groups[group].loops.empty())
      (isStart(groups[group]) ? starts : others).push_back(group);
  llvm::sort(others);
  for (unsigned group : others) {
    for (unsigned start : starts)
      if (!groups[start].loops.empty() &&
          canJoin(groups[start].loops[0], group)) {
        join(groups[start].loops[0], group);
        groups[start].loops.clear();
      }
    if (canJoin(loop, group))
      return group;
  }
  for (unsigned start : starts)
    if (!groups[start].loops.empty() && canJoin(loop, start))
      return start;
  groups.push_back({rows, {}});
  return groups.size() - 1;
}

SmallVector<RowGroup> Stretch::run() {
  for (Operation *op : ops) {
    auto loop = dyn_cast<linalg::LinalgOp>(op);
    if (int64_t rows = loop ? countRows(loop) : 0)
      join(loop, findGroup(loop, rows));
  }
  llvm::erase_if(groups,
                 [](RowGroup &group) { return group.loops.size() < 2; });
  return std::move(groups);
}

/// Whether all memory that the ops touch stays in the caches, so that no group
/// would pay.
static bool isSmall(ArrayRef<Operation *> ops) {
  int64_t bytes = 0;
  for (Operation *op : ops)
    for (Type operand : op->getOperandTypes())
      if (auto type = dyn_cast<MemRefType>(operand);
          type && type.hasStaticShape())
        bytes += type.getNumElements() *
                 llvm::divideCeil(type.getElementTypeBitWidth(), 8);
  return staysInSecondCache(bytes);
}

SmallVector<RowGroup> findRowGroups(Block &block) {
  SmallVector<RowGroup> found;
  SmallVector<Operation *> ops;
  auto end = [&] {
    if (!isSmall(ops))
      found.append(Stretch(ops).run());
    ops.clear();
  };
  for (Operation &op : block) {
    if (isa<memref::AllocOp>(op) || isPure(&op))
      continue;
    if (canBePassed(op))
      ops.push_back(&op);
    else
      end();
  }
  end();
  return found;
}

} // namespace gradc

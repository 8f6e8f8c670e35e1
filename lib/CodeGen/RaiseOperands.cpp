//===- RaiseOperands.cpp - Bring what an op takes before it ---------------===//

#include "RaiseOperands.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "mlir/Transforms/RegionUtils.h"

using namespace mlir;

namespace gradc {

/// Adds what `op` takes: its operands, and what its regions take from outside.
static void addOperands(Operation *op, SmallVectorImpl<Value> &values) {
  llvm::SetVector<Value> captured;
  getUsedValuesDefinedAbove(op->getRegions(), captured);
  llvm::append_range(values, op->getOperands());
  llvm::append_range(values, captured);
}

/// The ops behind `place` that make `open`, in their order.
static std::optional<SmallVector<Operation *>>
findBehind(SmallVector<Value> open, Operation *place) {
  llvm::SetVector<Operation *> needed;
  while (!open.empty()) {
    Operation *definition = open.pop_back_val().getDefiningOp();
    if (!definition || definition->getBlock() != place->getBlock() ||
        definition->isBeforeInBlock(place) || !needed.insert(definition))
      continue;
    if (definition == place ||
        (!isa<memref::AllocOp>(definition) && !isPure(definition)))
      return {};
    addOperands(definition, open);
  }
  SmallVector<Operation *> inOrder(needed.begin(), needed.end());
  llvm::sort(inOrder,
             [](Operation *a, Operation *b) { return a->isBeforeInBlock(b); });
  return inOrder;
}

std::optional<SmallVector<Operation *>> findOperandsBehind(Operation *op,
                                                           Operation *place) {
  SmallVector<Value> values;
  addOperands(op, values);
  return findBehind(std::move(values), place);
}

bool raiseValues(ArrayRef<Value> values, Operation *place) {
  auto behind = findBehind(SmallVector<Value>(values), place);
  if (!behind)
    return false;
  for (Operation *definition : *behind)
    definition->moveBefore(place);
  return true;
}

bool raiseOperands(Operation *op, Operation *place) {
  SmallVector<Value> values;
  addOperands(op, values);
  return raiseValues(values, place);
}

} // namespace gradc

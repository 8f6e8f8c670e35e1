//===- RaiseOperands.cpp - Bring what an op takes before it ---------------===//

#include "RaiseOperands.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "mlir/Transforms/RegionUtils.h"

using namespace mlir;

namespace gradc {

std::optional<SmallVector<Operation *>> findOperandsBehind(Operation *op,
                                                           Operation *place) {
  llvm::SetVector<Operation *> needed;
  llvm::SetVector<Value> captured;
  getUsedValuesDefinedAbove(op->getRegions(), captured);
  SmallVector<Value> open(op->getOperands());
  llvm::append_range(open, captured);
  while (!open.empty()) {
    Operation *definition = open.pop_back_val().getDefiningOp();
    if (!definition || definition->getBlock() != place->getBlock() ||
        definition->isBeforeInBlock(place) || !needed.insert(definition))
      continue;
    if (!isa<memref::AllocOp>(definition) && !isPure(definition))
      return {};
    llvm::append_range(open, definition->getOperands());
  }
  SmallVector<Operation *> inOrder(needed.begin(), needed.end());
  llvm::sort(inOrder,
             [](Operation *a, Operation *b) { return a->isBeforeInBlock(b); });
  return inOrder;
}

bool raiseOperands(Operation *op, Operation *place) {
  auto behind = findOperandsBehind(op, place);
  if (!behind)
    return false;
  for (Operation *definition : *behind)
    definition->moveBefore(place);
  return true;
}

} // namespace gradc

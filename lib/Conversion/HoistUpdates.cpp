//===- HoistUpdates.cpp - Update a weight once its gradient is there ------===//

#include "gradc/Conversion/Passes.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;

namespace gradc {
#define GEN_PASS_DEF_HOISTUPDATES
#include "gradc/Conversion/Passes.h.inc"

/// Whether an op computes numbers from numbers.
static bool isScalar(Operation &op) {
  auto isNumber = [](Type type) { return !isa<ShapedType>(type); };
  return op.getNumRegions() == 0 && op.getNumResults() != 0 && isPure(&op) &&
         llvm::all_of(op.getOperandTypes(), isNumber) &&
         llvm::all_of(op.getResultTypes(), isNumber);
}

/// Moves what is computed from the step's numbers alone to the beginning.
static void hoistScalars(Block &block) {
  Operation *first = &block.front();
  llvm::DenseSet<Operation *> hoisted;
  for (Operation &op : llvm::make_early_inc_range(block)) {
    bool isReady = llvm::all_of(op.getOperands(), [&](Value operand) {
      Operation *definition = operand.getDefiningOp();
      return !definition || hoisted.contains(definition);
    });
    if (!isScalar(op) || !isReady)
      continue;
    hoisted.insert(&op);
    if (&op == first)
      first = op.getNextNode();
    else
      op.moveBefore(first);
  }
}

/// The op after which `update` can stand: the last of those that it reads from
/// and of those that read what it overwrites. Null: the block's beginning.
static Operation *findPlace(linalg::GenericOp update) {
  Operation *last = nullptr;
  auto wait = [&](Operation *op) {
    if (!op || op == update || op->getBlock() != update->getBlock())
      return;
    if (!last || last->isBeforeInBlock(op))
      last = op;
  };
  for (Value operand : update->getOperands())
    wait(operand.getDefiningOp());
  update.getRegion().walk([&](Operation *op) {
    for (Value operand : op->getOperands())
      wait(operand.getDefiningOp());
  });
  for (Value output : update.getDpsInits())
    for (Operation *user : output.getUsers())
      if (!user->hasTrait<OpTrait::IsTerminator>())
        wait(update->getBlock()->findAncestorOpInBlock(*user));
  return last;
}

namespace {
struct HoistUpdatesPass : impl::HoistUpdatesBase<HoistUpdatesPass> {
  void runOnOperation() override {
    getOperation()->walk([](func::FuncOp function) {
      if (function.isDeclaration())
        return;
      Block &block = function.front();
      hoistScalars(block);
      SmallVector<linalg::GenericOp> updates;
      for (auto generic : block.getOps<linalg::GenericOp>())
        if (llvm::any_of(generic.getDpsInits(), [](Value output) {
              return isa<BlockArgument>(output);
            }))
          updates.push_back(generic);
      for (linalg::GenericOp update : updates) {
        Operation *place = findPlace(update);
        if (place && place->isBeforeInBlock(update))
          update->moveAfter(place);
      }
    });
  }
};
} // namespace
} // namespace gradc

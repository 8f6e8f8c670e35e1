//===- HoistUpdates.cpp - Update a weight once its gradient is there ------===//

#include "gradc/Conversion/Passes.h"
#include "gradc/Interfaces/StepRoles.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
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

static bool isView(Operation *op) {
  return isa_and_nonnull<tensor::CollapseShapeOp, tensor::ExpandShapeOp>(op);
}

/// What `value` is another shape of.
static Value getViewed(Value value) {
  while (isView(value.getDefiningOp()))
    value = value.getDefiningOp()->getOperand(0);
  return value;
}

/// Calls `visit` with all that reads `value`, in whatever shape.
static void forEachReader(Value value, function_ref<void(Operation *)> visit) {
  for (Operation *user : value.getUsers()) {
    if (isView(user))
      forEachReader(user->getResult(0), visit);
    else if (!user->hasTrait<OpTrait::IsTerminator>())
      visit(user);
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
    wait(getViewed(operand).getDefiningOp());
  update.getRegion().walk([&](Operation *op) {
    for (Value operand : op->getOperands())
      wait(operand.getDefiningOp());
  });
  for (Value output : update.getDpsInits())
    forEachReader(getViewed(output), [&](Operation *user) {
      wait(update->getBlock()->findAncestorOpInBlock(*user));
    });
  return last;
}

/// Moves `update` behind `place`, with the shapes in which it sees its
/// operands. What comes behind `place` is asked for before anything moves:
/// after that the order of all ops would be counted anew, for each view.
static void moveBehind(linalg::GenericOp update, Operation *place) {
  llvm::SmallSetVector<Operation *, 4> behind;
  for (Value operand : update->getOperands())
    for (Operation *view = operand.getDefiningOp();
         isView(view) && place->isBeforeInBlock(view);
         view = view->getOperand(0).getDefiningOp())
      behind.insert(view);
  SmallVector<Operation *> views = behind.takeVector();
  llvm::sort(views,
             [](Operation *a, Operation *b) { return a->isBeforeInBlock(b); });
  update->moveAfter(place);
  for (Operation *view : views)
    view->moveBefore(update);
}

/// Lets a generic that computes the next value of a variable, in another shape,
/// write over the old value, by which updates are known here: its body does not
/// read that, so fusion gave it an empty tensor instead.
static void placeUpdate(Value next, Value old) {
  SmallVector<tensor::CollapseShapeOp> views;
  while (auto view = next.getDefiningOp<tensor::CollapseShapeOp>()) {
    views.push_back(view);
    next = view.getSrc();
  }
  auto update = next.getDefiningOp<linalg::GenericOp>();
  if (!update || views.empty())
    return;
  OpOperand *place =
      update.getDpsInitOperand(cast<OpResult>(next).getResultNumber());
  if (!place->get().getDefiningOp<tensor::EmptyOp>())
    return;
  OpBuilder builder(update);
  for (tensor::CollapseShapeOp view : views)
    old = tensor::ExpandShapeOp::create(builder, update.getLoc(),
                                        view.getSrcType(), old,
                                        view.getReassociationIndices());
  place->set(old);
}

static void placeUpdates(func::FuncOp function) {
  llvm::StringMap<Value> oldValues;
  for (BlockArgument argument : function.getArguments())
    if (StringRef name = getVariable(function, argument); !name.empty())
      oldValues[name] = argument;
  Operation *terminator = function.front().getTerminator();
  for (auto [index, next] : llvm::enumerate(terminator->getOperands()))
    if (Value old =
            oldValues.lookup(getVariable(function.getResultAttrDict(index))))
      placeUpdate(next, old);
}

namespace {
struct HoistUpdatesPass : impl::HoistUpdatesBase<HoistUpdatesPass> {
  void runOnOperation() override {
    getOperation()->walk([](func::FuncOp function) {
      if (function.isDeclaration())
        return;
      Block &block = function.front();
      hoistScalars(block);
      placeUpdates(function);
      SmallVector<linalg::GenericOp> updates;
      for (auto generic : block.getOps<linalg::GenericOp>())
        if (llvm::any_of(generic.getDpsInits(), [](Value output) {
              return isa<BlockArgument>(getViewed(output));
            }))
          updates.push_back(generic);
      for (linalg::GenericOp update : updates) {
        Operation *place = findPlace(update);
        if (place && place->isBeforeInBlock(update))
          moveBehind(update, place);
      }
    });
  }
};
} // namespace
} // namespace gradc

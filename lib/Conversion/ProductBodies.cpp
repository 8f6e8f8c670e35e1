//===- ProductBodies.cpp - Generics that can join a product ---------------===//

#include "ProductBodies.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "mlir/Transforms/RegionUtils.h"

using namespace mlir;

namespace gradc {

bool isReadable(linalg::GenericOp generic, OpOperand &operand) {
  AffineMap map = generic.getMatchingIndexingMap(&operand);
  unsigned rank = generic.getNumLoops();
  bool isColumn = map.getNumResults() == 1 && map.isProjectedPermutation() &&
                  map.getDimPosition(0) == rank - 1;
  return isa<RankedTensorType>(operand.get().getType()) &&
         (map.isIdentity() || map.getNumResults() == 0 || isColumn);
}

bool isLong(Block &body) {
  return llvm::any_of(body, [](Operation &op) {
    return isa_and_nonnull<math::MathDialect>(op.getDialect()) &&
           !isa<math::AbsFOp, math::FmaOp, math::SqrtOp>(op);
  });
}

bool isBefore(Value value, Operation *op) {
  Operation *definition = value.getDefiningOp();
  return !definition || definition->getBlock() != op->getBlock() ||
         definition->isBeforeInBlock(op);
}

/// Whether an op works on numbers, or makes a tensor of numbers alone.
static bool drawsNumbers(Operation *op) {
  if (auto generic = dyn_cast<linalg::GenericOp>(op))
    return generic.getNumDpsInputs() == 0;
  auto isNumber = [](Type type) { return !isa<ShapedType>(type); };
  return isa<tensor::EmptyOp, tensor::ExpandShapeOp>(op) ||
         (llvm::all_of(op->getOperandTypes(), isNumber) &&
          llvm::all_of(op->getResultTypes(), isNumber));
}

/// Adds the ops that make `value`, if they come behind `place` and work on
/// numbers alone, those first that others read. Returns whether all of them can
/// stand before `place`.
static bool findDrawing(Value value, Operation *place,
                        llvm::SetVector<Operation *> &ops) {
  Operation *op = value.getDefiningOp();
  if (isBefore(value, place) || ops.contains(op))
    return true;
  if (op == place || !drawsNumbers(op) || !isMemoryEffectFree(op))
    return false;
  llvm::SetVector<Value> read;
  read.insert_range(op->getOperands());
  getUsedValuesDefinedAbove(op->getRegions(), read);
  for (Value operand : read)
    if (!findDrawing(operand, place, ops))
      return false;
  ops.insert(op);
  return true;
}

bool canBringBefore(Value value, Operation *place) {
  llvm::SetVector<Operation *> ops;
  return findDrawing(value, place, ops);
}

void bringBefore(Value value, Operation *place) {
  llvm::SetVector<Operation *> ops;
  if (findDrawing(value, place, ops))
    for (Operation *op : ops)
      op->moveBefore(place);
}

llvm::SetVector<Value> findCaptured(linalg::GenericOp generic) {
  llvm::SetVector<Value> captured;
  getUsedValuesDefinedAbove(generic.getRegion(), captured);
  return captured;
}

bool usesConstantsOnly(linalg::GenericOp generic) {
  return llvm::all_of(findCaptured(generic), [](Value value) {
    return value.getDefiningOp<arith::ConstantOp>() != nullptr;
  });
}

void cloneConstants(OpBuilder &builder, linalg::GenericOp generic,
                    IRMapping &mapping) {
  for (Value value : findCaptured(generic))
    if (auto constant = value.getDefiningOp<arith::ConstantOp>())
      builder.clone(*constant, mapping);
}

bool readsElements(linalg::GenericOp generic, kernel::ProductOp product) {
  unsigned rank = cast<ShapedType>(product.getResult(0).getType()).getRank();
  if (generic.getNumLoops() != rank)
    return false;
  for (OpOperand *operand : generic.getDpsInputOperands()) {
    if (!isReadable(generic, *operand))
      return false;
    bool isResult = operand->get().getDefiningOp() == product;
    bool isWhole = generic.getMatchingIndexingMap(operand).isIdentity();
    // Panels have no columns in a row.
    if (rank == 3 && !isWhole &&
        generic.getMatchingIndexingMap(operand).getNumResults() != 0)
      return false;
    if (isResult ? !isWhole : !canBringBefore(operand->get(), product))
      return false;
  }
  return true;
}

void fuseReaders(
    Operation *root,
    llvm::function_ref<kernel::ProductOp(kernel::ProductOp, linalg::GenericOp)>
        fuse) {
  auto fuseOne = [&](kernel::ProductOp product) -> kernel::ProductOp {
    for (Operation *user : product->getUsers())
      if (auto generic = dyn_cast<linalg::GenericOp>(user))
        if (kernel::ProductOp fused = fuse(product, generic))
          return fused;
    return {};
  };
  SmallVector<kernel::ProductOp> products;
  root->walk([&](kernel::ProductOp op) { products.push_back(op); });
  for (kernel::ProductOp product : products)
    while (product)
      product = fuseOne(product);
}

} // namespace gradc

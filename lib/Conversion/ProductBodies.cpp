//===- ProductBodies.cpp - Generics that can join a product ---------------===//

#include "ProductBodies.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/IRMapping.h"
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

static llvm::SetVector<Value> findCaptured(linalg::GenericOp generic) {
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
    if (isResult ? !isWhole : !isBefore(operand->get(), product))
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

//===- LowerProducts.cpp - Products as loops around micro-kernels ---------===//

#include "ProductLoops.h"
#include "gradc/CodeGen/Passes.h"
#include "mlir/Transforms/RegionUtils.h"

using namespace mlir;

namespace gradc {
#define GEN_PASS_DEF_LOWERPRODUCTS
#include "gradc/CodeGen/Passes.h.inc"

/// Whether kernels can walk through an operand: whole static memory.
static bool isWhole(Value value) {
  auto type = dyn_cast<MemRefType>(value.getType());
  return type && type.hasStaticShape() && type.getLayout().isIdentity();
}

/// A kernel may write a block of the result twice, and reads both factors again
/// and again: no output may be an input too.
static bool isLowerable(kernel::ProductOp op) {
  if (!llvm::all_of(op->getOperands(), isWhole))
    return false;
  for (Value operand : op->getOperands().drop_front(op.getWindows() ? 1 : 0))
    if (kernel::isInPanels(operand.getType()) &&
        MicroKernels::getLanes(getElementTypeOrSelf(operand.getType())) !=
            kernel::ProductOp::panelWidth)
      return false;
  auto strip = [](Value value) {
    while (auto *definition = value.getDefiningOp()) {
      if (!isa<memref::CollapseShapeOp, memref::ExpandShapeOp,
               memref::ReinterpretCastOp, memref::CastOp>(definition))
        break;
      value = definition->getOperand(0);
    }
    return value;
  };
  for (Value output : op.getOutputs())
    for (Value operand : op->getOperands().drop_back(op.getOutputs().size()))
      if (strip(output) == strip(operand))
        return false;
  return true;
}

/// Constants that other passes moved out of the body belong to its formulas.
static LogicalResult sinkConstants(kernel::ProductOp op) {
  llvm::SetVector<Value> captured;
  getUsedValuesDefinedAbove(op.getBody(), captured);
  OpBuilder builder = OpBuilder::atBlockBegin(&op.getBlock());
  for (Value value : captured) {
    auto constant = value.getDefiningOp<arith::ConstantOp>();
    if (!constant)
      return op.emitOpError("uses a value from outside that is no constant");
    Value inside = builder.clone(*constant)->getResult(0);
    replaceAllUsesInRegionWith(value, inside, op.getBody());
  }
  return success();
}

namespace {
struct LowerProductsPass : impl::LowerProductsBase<LowerProductsPass> {
  using Base::Base;

  void runOnOperation() override {
    if (registers == 0 || registerBytes == 0) {
      getOperation().emitError("a target needs vector registers, of at least "
                               "one byte");
      return signalPassFailure();
    }
    Registers target{registers, registerBytes};
    SmallVector<kernel::ProductOp> products;
    getOperation().walk([&](kernel::ProductOp op) { products.push_back(op); });
    MicroKernels kernels(getOperation());
    for (kernel::ProductOp op : products) {
      if (!isLowerable(op)) {
        op.emitOpError("must be a product of whole static matrices in memory "
                       "into memory of its own");
        return signalPassFailure();
      }
      if (failed(sinkConstants(op)))
        return signalPassFailure();
      ProductLoops(op, kernels, target, parallel).emit();
      op.erase();
    }
  }
};
} // namespace
} // namespace gradc

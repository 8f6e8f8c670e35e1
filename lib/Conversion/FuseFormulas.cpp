//===- FuseFormulas.cpp - Formulas on sums still in registers -------------===//

#include "BuildGeneric.h"
#include "ProductBodies.h"
#include "gradc/Conversion/Passes.h"
#include "gradc/Dialect/Kernel/Kernel.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/IRMapping.h"

using namespace mlir;

namespace gradc {
#define GEN_PASS_DEF_FUSEFORMULAS
#include "gradc/Conversion/Passes.h.inc"

/// Whether the body works on elements one by one, and its outputs are all of
/// it.
static bool isElementwise(linalg::GenericOp generic) {
  return !generic.hasIndexSemantics() && generic.getNumReductionLoops() == 0 &&
         generic.hasPureTensorSemantics() && !isLong(*generic.getBody()) &&
         llvm::all_of(generic.getDpsInitsMutable(), [&](OpOperand &output) {
           return generic.getMatchingIndexingMap(&output).isIdentity();
         });
}

/// Whether the body is a formula with no value from outside but constants,
/// which reads nothing that it writes.
static bool isFormula(linalg::GenericOp generic) {
  for (OpOperand &output : generic.getDpsInitsMutable())
    if (!output.get().getDefiningOp<tensor::EmptyOp>() ||
        !generic.getMatchingBlockArgument(&output).use_empty())
      return false;
  return usesConstantsOnly(generic);
}

/// Whether the body changes what its outputs hold, by the product's result and
/// nothing else, and so that a kernel can do it for all of its block at once.
/// Of divisions and roots a block would have too many: one waits for the other
/// (Adam's steps were 1 to 13 % slower). Where a row is no whole vector, the
/// load of each row would wait for the store of the one before, whose mask
/// reaches into it (a step of 10-10-1 took 0.18 us instead of 0.10).
static bool isUpdate(linalg::GenericOp generic, kernel::ProductOp product) {
  return product->hasOneUse() && !product.getWindows() &&
         product.getColumns() >= kernel::ProductOp::panelWidth &&
         product.getInputs().empty() && generic.getNumDpsInputs() == 1 &&
         llvm::none_of(generic.getDpsInits(),
                       [&](Value output) {
                         return output.getDefiningOp<tensor::EmptyOp>() ||
                                llvm::is_contained(product->getOperands(),
                                                   output);
                       }) &&
         llvm::none_of(*generic.getBody(), [](Operation &op) {
           return isa<arith::DivFOp, math::SqrtOp>(op);
         });
}

/// Whether what `generic` writes over can be written where `product` stands:
/// nothing behind it reads the old values, and all else is there.
static bool canUpdate(linalg::GenericOp generic, kernel::ProductOp product) {
  for (Value output : generic.getDpsInits()) {
    if (!isBefore(output, product))
      return false;
    for (Operation *user : output.getUsers()) {
      Operation *reader = product->getBlock()->findAncestorOpInBlock(*user);
      if (reader != generic && (!reader || !reader->isBeforeInBlock(product)))
        return false;
    }
  }
  return llvm::all_of(findCaptured(generic), [&](Value value) {
    return isa<FloatType>(value.getType()) && canBringBefore(value, product);
  });
}

/// Whether `generic` can be computed where `product` stands: its other operands
/// are there already.
static bool canFuse(kernel::ProductOp product, linalg::GenericOp generic) {
  if (generic->getBlock() != product->getBlock() || product.getUpdates() ||
      !product.getJoined().empty() || !isElementwise(generic) ||
      !readsElements(generic, product))
    return false;
  return isFormula(generic) ||
         (isUpdate(generic, product) && canUpdate(generic, product));
}

namespace {
/// Makes one product out of a product and a generic that reads it.
class Fusion {
public:
  Fusion(kernel::ProductOp product, linalg::GenericOp generic)
      : product(product), generic(generic), updates(!isFormula(generic)),
        builder(product), loc(product.getLoc()) {}
  kernel::ProductOp fuse();

private:
  kernel::ProductOp product;
  linalg::GenericOp generic;
  bool updates;
  OpBuilder builder;
  Location loc;
  SmallVector<Value> inputs, outputs;
  SmallVector<unsigned> kept; ///< results of the product that others use
  /// For each input that is added, the value of the generic's body it stands
  /// for, or the number from outside.
  SmallVector<Value> added;

  void keepOutputs();
  void addOperands();
  void addNumbers();
  SmallVector<Value> buildBody(kernel::ProductOp fused);
};
} // namespace

/// Results that nothing else uses are left out.
void Fusion::keepOutputs() {
  for (auto [index, result] : llvm::enumerate(product.getResults()))
    if (llvm::any_of(result.getUsers(),
                     [&](Operation *user) { return user != generic; })) {
      kept.push_back(index);
      outputs.push_back(product.getOutputs()[index]);
    }
}

void Fusion::addOperands() {
  inputs.assign(product.getInputs().begin(), product.getInputs().end());
  for (OpOperand *operand : generic.getDpsInputOperands())
    if (operand->get().getDefiningOp() != product) {
      added.push_back(generic.getMatchingBlockArgument(operand));
      inputs.push_back(operand->get());
      bringBefore(operand->get(), product);
    }
  if (!updates)
    for (Type type : generic.getResultTypes())
      outputs.push_back(buildEmpty(builder, loc, type));
  else
    llvm::append_range(outputs, generic.getDpsInits());
}

/// Numbers that an update takes from outside, as the rate, become inputs.
void Fusion::addNumbers() {
  for (Value number : findCaptured(generic)) {
    if (number.getDefiningOp<arith::ConstantOp>())
      continue;
    bringBefore(number, product);
    added.push_back(number);
    inputs.push_back(tensor::FromElementsOp::create(
        builder, loc, RankedTensorType::get({}, number.getType()), number));
  }
}

/// The formula after those of the product; returns what is yielded.
SmallVector<Value> Fusion::buildBody(kernel::ProductOp fused) {
  Block &body = fused.getBlock();
  SmallVector<Value> sums(fused.getYielded()), yielded;
  IRMapping mapping;
  for (OpOperand *operand : generic.getDpsInputOperands())
    if (auto result = dyn_cast<OpResult>(operand->get());
        result && result.getOwner() == product)
      mapping.map(generic.getMatchingBlockArgument(operand),
                  sums[result.getResultNumber()]);
  for (Value value : added)
    mapping.map(value, body.addArgument(value.getType(), loc));
  if (updates)
    for (Value old : generic.getRegionOutputArgs())
      mapping.map(old, body.addArgument(old.getType(), loc));
  cloneConstants(builder, generic, mapping);
  for (unsigned index : kept)
    yielded.push_back(sums[index]);
  for (Operation &op : generic.getBody()->without_terminator())
    builder.clone(op, mapping);
  for (Value value : generic.getBody()->getTerminator()->getOperands())
    yielded.push_back(mapping.lookupOrDefault(value));
  return yielded;
}

kernel::ProductOp Fusion::fuse() {
  keepOutputs();
  addOperands();
  if (updates)
    addNumbers();
  auto fused = kernel::ProductOp::create(
      builder, loc, product.getLhs(), product.getRhs(), inputs, outputs,
      product.getTransposed(), product.getWindowsAttr(), updates);
  fused.getBody().takeBody(product.getBody());
  Operation *terminator = fused.getBlock().getTerminator();
  builder.setInsertionPoint(terminator);
  kernel::YieldOp::create(builder, loc, buildBody(fused));
  terminator->erase();
  generic.replaceAllUsesWith(
      fused.getResults().take_back(generic.getNumResults()));
  for (auto [place, index] : llvm::enumerate(kept))
    product.getResult(index).replaceAllUsesWith(fused.getResult(place));
  generic.erase();
  product.erase();
  return fused;
}

namespace {
struct FuseFormulasPass : impl::FuseFormulasBase<FuseFormulasPass> {
  void runOnOperation() override {
    fuseReaders(getOperation(), [](kernel::ProductOp product,
                                   linalg::GenericOp generic) {
      return canFuse(product, generic) ? Fusion(product, generic).fuse()
                                       : kernel::ProductOp();
    });
  }
};
} // namespace
} // namespace gradc

//===- FuseFormulas.cpp - Formulas on sums still in registers -------------===//

#include "BuildGeneric.h"
#include "ProductBodies.h"
#include "gradc/Conversion/Passes.h"
#include "gradc/Dialect/Kernel/Kernel.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/Transforms/RegionUtils.h"

using namespace mlir;

namespace gradc {
#define GEN_PASS_DEF_FUSEFORMULAS
#include "gradc/Conversion/Passes.h.inc"

/// Whether the body is a formula on elements, with no value from outside but
/// constants, and its outputs are all of it.
///
/// An optimizer's update is none: it reads what it writes. It could be one, but
/// the divisions and roots of a whole block at once, and loads right behind the
/// stores of the row before, made steps 5 to 40 % slower (measured).
static bool isFormula(linalg::GenericOp generic) {
  if (generic.hasIndexSemantics() || generic.getNumReductionLoops() != 0 ||
      !generic.hasPureTensorSemantics() || isLong(*generic.getBody()))
    return false;
  for (OpOperand &output : generic.getDpsInitsMutable())
    if (!generic.getMatchingIndexingMap(&output).isIdentity() ||
        !output.get().getDefiningOp<tensor::EmptyOp>() ||
        !generic.getMatchingBlockArgument(&output).use_empty())
      return false;
  return usesConstantsOnly(generic);
}

/// Whether `generic` can be computed where `product` stands: its other operands
/// are there already.
static bool canFuse(kernel::ProductOp product, linalg::GenericOp generic) {
  return generic->getBlock() == product->getBlock() &&
         product.getJoined().empty() && isFormula(generic) &&
         readsElements(generic, product);
}

namespace {
/// Makes one product out of a product and a generic that reads it.
class Fusion {
public:
  Fusion(kernel::ProductOp product, linalg::GenericOp generic)
      : product(product), generic(generic), builder(product),
        loc(product.getLoc()) {}
  kernel::ProductOp fuse();

private:
  kernel::ProductOp product;
  linalg::GenericOp generic;
  OpBuilder builder;
  Location loc;
  SmallVector<Value> inputs, outputs;
  SmallVector<unsigned> kept; ///< results of the product that others use
  /// For each input that is added, the value of the generic's body it stands
  /// for.
  SmallVector<Value> added;

  void keepOutputs();
  void addOperands();
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
  for (Type type : generic.getResultTypes())
    outputs.push_back(buildEmpty(builder, loc, type));
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
  auto fused = kernel::ProductOp::create(
      builder, loc, product.getLhs(), product.getRhs(), inputs, outputs,
      product.getTransposed(), product.getWindowsAttr());
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

//===- JoinColumns.cpp - Sums of a product still in registers -------------===//

#include "BuildGeneric.h"
#include "Joins.h"
#include "ProductBodies.h"
#include "gradc/Conversion/Passes.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/IRMapping.h"

using namespace mlir;

namespace gradc {
#define GEN_PASS_DEF_JOINCOLUMNS
#include "gradc/Conversion/Passes.h.inc"

/// Whether a generic joins all elements, or those of each column, of matrices
/// as a product's.
static bool isReduction(linalg::GenericOp generic) {
  unsigned rank = generic.getNumLoops();
  if (generic.hasIndexSemantics() || !generic.hasPureTensorSemantics() ||
      rank < 2 || generic.getNumReductionLoops() == 0 ||
      isLong(*generic.getBody()) || !usesConstantsOnly(generic))
    return false;
  for (OpOperand &output : generic.getDpsInitsMutable()) {
    AffineMap map = generic.getMatchingIndexingMap(&output);
    bool isColumn =
        rank == 2 && map.getNumResults() == 1 && map.getDimPosition(0) == 1;
    if ((!isColumn && map.getNumResults() != 0) ||
        !findJoin(generic, generic.getTiedOpResult(&output).getResultNumber()))
      return false;
  }
  return true;
}

namespace {
/// Makes a product with columns joined out of a product and a generic that
/// joins its elements.
class Joining {
public:
  Joining(kernel::ProductOp product, linalg::GenericOp generic)
      : product(product), generic(generic), builder(product),
        loc(product.getLoc()) {}
  /// Whether what the generic starts from is there at the product, or can be
  /// made there.
  bool isPossible();
  kernel::ProductOp build();

private:
  kernel::ProductOp product;
  linalg::GenericOp generic;
  OpBuilder builder;
  Location loc;
  SmallVector<Value> inputs, outputs;
  SmallVector<unsigned> kept; ///< matrices of the product that others use
  SmallVector<Value> added;   ///< arguments of the generic's body

  bool joinsAll(unsigned index) {
    return cast<ShapedType>(generic.getResult(index).getType()).getRank() == 0;
  }
  Value buildStart(unsigned index);
  void chooseOperands();
  void buildBody(kernel::ProductOp joined);
};
} // namespace

bool Joining::isPossible() {
  // Threads share the rows of windows, and of products with so few columns that
  // a kernel takes them all; they must not join the same columns.
  constexpr int64_t fewColumns = 32;
  if (product.getWindows() || product.getUpdates() ||
      product.getColumns() <= fewColumns ||
      generic->getBlock() != product->getBlock() || !isReduction(generic) ||
      !readsElements(generic, product))
    return false;
  for (auto [index, output] : llvm::enumerate(generic.getDpsInits())) {
    auto fill = output.getDefiningOp<linalg::FillOp>();
    bool isMade =
        fill && fill.getInputs()[0].getDefiningOp<arith::ConstantOp>();
    if (!joinsAll(index) && !isMade)
      return false;
  }
  return true;
}

/// What the columns of output `index` start from.
Value Joining::buildStart(unsigned index) {
  if (joinsAll(index))
    return buildNeutral(builder, generic, index, {product.getColumns()});
  auto fill = generic.getDpsInits()[index].getDefiningOp<linalg::FillOp>();
  Value start =
      builder.clone(*fill.getInputs()[0].getDefiningOp())->getResult(0);
  Value empty = buildEmpty(builder, loc, generic.getResult(index).getType());
  return linalg::FillOp::create(builder, loc, start, empty).getResult(0);
}

void Joining::chooseOperands() {
  unsigned numMatrices = product.getMatrices().size();
  for (unsigned index = 0; index < numMatrices; ++index)
    if (llvm::any_of(product.getResult(index).getUsers(),
                     [&](Operation *user) { return user != generic; }))
      kept.push_back(index);
  if (kept.empty())
    kept.push_back(0);
  for (unsigned index : kept)
    outputs.push_back(product.getOutputs()[index]);
  llvm::append_range(outputs, product.getJoined());
  llvm::append_range(inputs, product.getInputs());
  for (OpOperand *operand : generic.getDpsInputOperands())
    if (operand->get().getDefiningOp() != product) {
      added.push_back(generic.getMatchingBlockArgument(operand));
      inputs.push_back(operand->get());
      bringBefore(operand->get(), product);
    }
  for (unsigned index = 0; index < generic.getNumResults(); ++index)
    outputs.push_back(buildStart(index));
}

/// The terms of the generic behind the formulas of the product.
void Joining::buildBody(kernel::ProductOp joined) {
  unsigned numInputs = product.getInputs().size();
  unsigned numMatrices = product.getMatrices().size();
  joined.getBody().takeBody(product.getBody());
  Block &body = joined.getBlock();
  Operation *terminator = body.getTerminator();
  SmallVector<Value> values(terminator->getOperands()), yielded;
  IRMapping mapping;
  for (auto [place, value] : llvm::enumerate(added))
    mapping.map(value, body.insertArgument(1 + numInputs + place,
                                           value.getType(), loc));
  for (OpOperand *operand : generic.getDpsInputOperands())
    if (auto result = dyn_cast<OpResult>(operand->get());
        result && result.getOwner() == product)
      mapping.map(generic.getMatchingBlockArgument(operand),
                  values[result.getResultNumber()]);
  for (BlockArgument argument : generic.getRegionOutputArgs())
    mapping.map(argument, body.addArgument(argument.getType(), loc));
  for (unsigned index : kept)
    yielded.push_back(values[index]);
  llvm::append_range(yielded, ArrayRef(values).drop_front(numMatrices));
  builder.setInsertionPoint(terminator);
  cloneConstants(builder, generic, mapping);
  for (Operation &op : generic.getBody()->without_terminator())
    builder.clone(op, mapping);
  for (Value value : generic.getBody()->getTerminator()->getOperands())
    yielded.push_back(mapping.lookupOrDefault(value));
  kernel::YieldOp::create(builder, loc, yielded);
  terminator->erase();
}

kernel::ProductOp Joining::build() {
  chooseOperands();
  auto joined = kernel::ProductOp::create(
      builder, loc, product.getLhs(), product.getRhs(), inputs, outputs,
      product.getTransposed(), product.getWindowsAttr());
  buildBody(joined);
  for (auto [place, index] : llvm::enumerate(kept))
    product.getResult(index).replaceAllUsesWith(joined.getResult(place));
  unsigned numMatrices = product.getMatrices().size();
  for (unsigned i = 0; i < product.getJoined().size(); ++i)
    product.getResult(numMatrices + i)
        .replaceAllUsesWith(joined.getResult(kept.size() + i));
  unsigned first = joined.getNumResults() - generic.getNumResults();
  for (unsigned index = 0; index < generic.getNumResults(); ++index) {
    Value columns = joined.getResult(first + index);
    generic.getResult(index).replaceAllUsesWith(
        joinsAll(index) ? joinParts(builder, generic, index, columns)
                        : columns);
  }
  generic.erase();
  product.erase();
  return joined;
}

namespace {
struct JoinColumnsPass : impl::JoinColumnsBase<JoinColumnsPass> {
  void runOnOperation() override {
    fuseReaders(getOperation(), [](kernel::ProductOp product,
                                   linalg::GenericOp generic) {
      Joining joining(product, generic);
      return joining.isPossible() ? joining.build() : kernel::ProductOp();
    });
  }
};
} // namespace
} // namespace gradc

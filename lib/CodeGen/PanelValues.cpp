//===- PanelValues.cpp - Tensors and their forms in panels ----------------===//

#include "PanelValues.h"
#include "MatrixTransposes.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;

namespace gradc {

static constexpr int64_t width = kernel::ProductOp::panelWidth;

RankedTensorType getPanelType(Type matrix) {
  auto type = dyn_cast<RankedTensorType>(matrix);
  if (!type || type.getRank() != 2 ||
      !kernel::fillsPanels(type.getDimSize(1), type.getElementType()))
    return {};
  return RankedTensorType::get(
      {type.getDimSize(1) / width, type.getDimSize(0), width},
      type.getElementType());
}

/// A copy with the first two dimensions exchanged.
static Value exchange(OpBuilder &builder, Location loc, Value value) {
  auto type = cast<RankedTensorType>(value.getType());
  ArrayRef<int64_t> shape = type.getShape();
  Value empty = tensor::EmptyOp::create(
      builder, loc, ArrayRef<int64_t>{shape[1], shape[0], shape[2]},
      type.getElementType());
  return buildPermuted(builder, loc, value, empty, {1, 0, 2});
}

static SmallVector<ReassociationIndices> getSplitColumns() {
  return {{0}, {1, 2}};
}

Value PanelValues::fromPanels(OpBuilder &builder, Value inPanels) {
  Location loc = inPanels.getLoc();
  Value matrix = tensor::CollapseShapeOp::create(
      builder, loc, exchange(builder, loc, inPanels), getSplitColumns());
  panels[matrix] = inPanels;
  return matrix;
}

Value PanelValues::copyToPanels(Value matrix) {
  OpBuilder builder(matrix.getContext());
  builder.setInsertionPointAfterValue(matrix);
  Location loc = matrix.getLoc();
  RankedTensorType type = getPanelType(matrix.getType());
  auto split = RankedTensorType::get(
      {type.getDimSize(1), type.getDimSize(0), width}, type.getElementType());
  Value expanded = tensor::ExpandShapeOp::create(builder, loc, split, matrix,
                                                 getSplitColumns());
  return exchange(builder, loc, expanded);
}

Value PanelValues::toPanels(Value matrix) {
  if (Value known = panels.lookup(matrix))
    return known;
  return makePanels(matrix);
}

/// All users of `old` get its panels' matrix; most of them will ask for the
/// panels in their turn.
void PanelValues::replaceByPanels(OpBuilder &builder, Value old,
                                  Value inPanels) {
  Value matrix = fromPanels(builder, inPanels);
  old.replaceAllUsesWith(matrix);
}

/// Whether every tensor of a generic is a whole matrix or a single element, so
/// that it does the same on panels. It may add all elements up.
static bool canConvert(linalg::GenericOp generic) {
  if (generic.getNumLoops() != 2 || generic.hasIndexSemantics() ||
      !generic.hasPureTensorSemantics())
    return false;
  unsigned numReductions = generic.getNumReductionLoops();
  if (numReductions == 1)
    return false;
  for (OpOperand &operand : generic->getOpOperands()) {
    AffineMap map = generic.getMatchingIndexingMap(&operand);
    bool isOutput = generic.isDpsInit(&operand);
    bool isWhole = map.isIdentity() && getPanelType(operand.get().getType());
    bool isSingle = map.getNumResults() == 0;
    if (isOutput ? (numReductions ? !isSingle : !isWhole)
                 : !isWhole && !isSingle)
      return false;
  }
  return true;
}

/// The generic on panels; its results are matrices as before.
linalg::GenericOp PanelValues::convert(linalg::GenericOp generic) {
  SmallVector<Value> operands;
  SmallVector<AffineMap> maps;
  OpBuilder builder(generic);
  for (OpOperand &operand : generic->getOpOperands()) {
    bool isWhole = generic.getMatchingIndexingMap(&operand).isIdentity() &&
                   generic.getMatchingIndexingMap(&operand).getNumResults();
    operands.push_back(isWhole ? toPanels(operand.get()) : operand.get());
    maps.push_back(isWhole ? builder.getMultiDimIdentityMap(3)
                           : AffineMap::get(3, 0, generic.getContext()));
  }
  builder.setInsertionPoint(generic);
  unsigned numInputs = generic.getNumDpsInputs();
  ValueRange inputs = ValueRange(operands).take_front(numInputs);
  ValueRange outputs = ValueRange(operands).drop_front(numInputs);
  auto loop = generic.getNumReductionLoops() ? utils::IteratorType::reduction
                                             : utils::IteratorType::parallel;
  SmallVector<utils::IteratorType> loops(3, loop);
  auto converted =
      linalg::GenericOp::create(builder, generic.getLoc(), outputs.getTypes(),
                                inputs, outputs, maps, loops);
  converted.getRegion().takeBody(generic.getRegion());
  for (auto [old, result] :
       llvm::zip(generic.getResults(), converted.getResults())) {
    if (old.getType() == result.getType())
      old.replaceAllUsesWith(result);
    else
      replaceByPanels(builder, old, result);
  }
  generic.erase();
  return converted;
}

Value PanelValues::computeGeneric(OpResult result) {
  unsigned number = result.getResultNumber();
  auto generic = cast<linalg::GenericOp>(result.getOwner());
  return convert(generic).getResult(number);
}

/// The product, with this result in panels.
Value PanelValues::computeProduct(OpResult result) {
  auto product = cast<kernel::ProductOp>(result.getOwner());
  OpBuilder builder(product);
  SmallVector<Value> outputs(product.getOutputs());
  unsigned number = result.getResultNumber();
  RankedTensorType type = getPanelType(result.getType());
  outputs[number] = tensor::EmptyOp::create(
      builder, product.getLoc(), type.getShape(), type.getElementType());
  auto inPanels = kernel::ProductOp::create(
      builder, product.getLoc(), product.getLhs(), product.getRhs(),
      product.getInputs(), outputs, product.getTransposed(),
      product.getWindowsAttr(), product.getUpdates());
  inPanels.getBody().takeBody(product.getBody());
  for (auto [old, value] :
       llvm::zip(product.getResults(), inPanels.getResults()))
    if (old != result)
      old.replaceAllUsesWith(value);
  replaceByPanels(builder, result, inPanels.getResult(number));
  product.erase();
  return inPanels.getResult(number);
}

/// The panels of a transposed matrix, from the matrix or from its panels: the
/// rows of the matrix, sixteen at a time, are the columns of a panel.
Value PanelValues::transposeToPanels(linalg::GenericOp generic) {
  OpBuilder builder(generic);
  Location loc = generic.getLoc();
  Value matrix = getTransposed(generic);
  Value place = toPanels(generic.getDpsInitOperand(0)->get());
  Type element = getElementTypeOrSelf(matrix.getType());
  auto expand = [&](Value value, ArrayRef<int64_t> shape,
                    ArrayRef<ReassociationIndices> groups) -> Value {
    return tensor::ExpandShapeOp::create(
        builder, loc, RankedTensorType::get(shape, element), value, groups);
  };
  int64_t count = cast<RankedTensorType>(place.getType()).getDimSize(0);
  Value known = panels.lookup(matrix);
  Value result;
  if (!known) {
    int64_t columns = cast<RankedTensorType>(matrix.getType()).getDimSize(1);
    Value blocks = expand(matrix, {count, width, columns}, {{0, 1}, {2}});
    result = buildPermuted(builder, loc, blocks, place, {0, 2, 1});
  } else {
    int64_t across = cast<RankedTensorType>(known.getType()).getDimSize(0);
    Value blocks =
        expand(known, {across, count, width, width}, {{0}, {1, 2}, {3}});
    Value places =
        expand(place, {count, across, width, width}, {{0}, {1, 2}, {3}});
    Value squares = buildPermuted(builder, loc, blocks, places, {1, 0, 3, 2});
    result = tensor::CollapseShapeOp::create(
        builder, loc, squares,
        ArrayRef<ReassociationIndices>{{0}, {1, 2}, {3}});
  }
  replaceByPanels(builder, generic.getResult(0), result);
  generic.erase();
  return result;
}

/// Whether the panels can be had without a copy of the matrix.
bool PanelValues::isCheap(Value matrix) const {
  Operation *definition = matrix.getDefiningOp();
  if (panels.contains(matrix))
    return true;
  if (auto constant = dyn_cast_or_null<arith::ConstantOp>(definition))
    return isa<SplatElementsAttr>(constant.getValue());
  return isa_and_nonnull<tensor::EmptyOp, linalg::FillOp>(definition);
}

Value PanelValues::makePanels(Value matrix) {
  Operation *definition = matrix.getDefiningOp();
  RankedTensorType type = getPanelType(matrix.getType());
  if (!definition)
    return copyToPanels(matrix);
  OpBuilder builder(definition);
  Location loc = matrix.getLoc();
  auto buildEmpty = [&]() -> Value {
    return tensor::EmptyOp::create(builder, loc, type.getShape(),
                                   type.getElementType());
  };
  if (isa<tensor::EmptyOp>(definition))
    return buildEmpty();
  if (auto fill = dyn_cast<linalg::FillOp>(definition))
    return linalg::FillOp::create(builder, loc, fill.getInputs()[0],
                                  buildEmpty())
        .getResult(0);
  if (auto constant = dyn_cast<arith::ConstantOp>(definition))
    if (auto splat = dyn_cast<SplatElementsAttr>(constant.getValue()))
      return arith::ConstantOp::create(
          builder, loc,
          DenseElementsAttr::get(type, splat.getSplatValue<Attribute>()));
  if (isa<kernel::ProductOp>(definition))
    return computeProduct(cast<OpResult>(matrix));
  auto generic = dyn_cast<linalg::GenericOp>(definition);
  if (generic && getTransposed(generic))
    return transposeToPanels(generic);
  if (generic && canConvert(generic) && generic.getNumReductionLoops() == 0)
    return computeGeneric(cast<OpResult>(matrix));
  return copyToPanels(matrix);
}

/// Whether a generic reads panels' matrices and nothing that would have to be
/// copied first.
bool PanelValues::isWorthReading(linalg::GenericOp generic) const {
  bool readsPanels = false;
  for (OpOperand &operand : generic->getOpOperands()) {
    AffineMap map = generic.getMatchingIndexingMap(&operand);
    if (map.getNumResults() == 0)
      continue;
    if (!isCheap(operand.get()))
      return false;
    readsPanels |= panels.contains(operand.get());
  }
  return readsPanels && canConvert(generic);
}

void PanelValues::readPanels(Block &block) {
  for (Operation &op : llvm::make_early_inc_range(block)) {
    if (auto product = dyn_cast<kernel::ProductOp>(op)) {
      if (Value rhs = panels.lookup(product.getRhs()))
        product.getRhsMutable().assign(rhs);
      Value lhs = panels.lookup(product.getLhs());
      if (lhs && !product.getTransposed() && !product.getWindows())
        product.getLhsMutable().assign(lhs);
    } else if (auto generic = dyn_cast<linalg::GenericOp>(op)) {
      if (isWorthReading(generic))
        convert(generic);
    }
  }
}

} // namespace gradc

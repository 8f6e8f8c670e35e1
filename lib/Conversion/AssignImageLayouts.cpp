//===- AssignImageLayouts.cpp - Images with their channels last -----------===//
//
// A convolution sums over neighbouring pixels and all of their channels. With
// the channels last, a row of a window is one stretch of memory, and vectors
// run along channels everywhere.
//
//===----------------------------------------------------------------------===//

#include "ChannelOrder.h"
#include "gradc/Conversion/Passes.h"
#include "mlir/Dialect/Linalg/Transforms/Transforms.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "llvm/ADT/EquivalenceClasses.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;

namespace gradc {
#define GEN_PASS_DEF_ASSIGNIMAGELAYOUTS
#include "gradc/Conversion/Passes.h.inc"

/// Whether an op takes images in any layout.
static bool isFlexible(Operation *op) {
  if (auto insert = dyn_cast_or_null<tensor::InsertSliceOp>(op))
    return isImage(insert.getSource());
  if (auto extract = dyn_cast_or_null<tensor::ExtractSliceOp>(op))
    return isImage(extract.getSource()) && isImage(extract.getResult());
  return isa_and_nonnull<linalg::GenericOp, linalg::FillOp>(op);
}

namespace {
/// Moves the channels of one function's images.
class ImageLayouts {
public:
  explicit ImageLayouts(Operation *function)
      : function(function), rewriter(function->getContext()) {}
  void run();

private:
  Operation *function;
  IRRewriter rewriter;
  llvm::EquivalenceClasses<void *> layouts;
  /// The layouts of images that meet one with its channels last.
  llvm::DenseSet<void *> chosen;
  /// Of an image with its channels first, the same with them last.
  llvm::DenseMap<Value, Value> channelsLast;

  void joinLayouts();
  bool isChosen(Value image);
  void convert(Operation *op);
  Value convertOutput(Value image);
  void convertGeneric(linalg::GenericOp op);
  void convertInsert(tensor::InsertSliceOp op);
  void convertExtract(tensor::ExtractSliceOp op);
  void enter(Value image);
  void leave(Value image);
};
} // namespace

/// All images that one op reads and writes have one layout, but for those that
/// it moves from one to the other. Uninitialized memory has none.
void ImageLayouts::joinLayouts() {
  function->walk([&](Operation *op) {
    if (!isFlexible(op))
      return;
    auto generic = dyn_cast<linalg::GenericOp>(op);
    Value first = generic ? findChannelsFirst(generic) : Value();
    if (first) {
      chosen.insert(first.getAsOpaquePointer());
      return;
    }
    Value met;
    auto join = [&](Value image) {
      if (!isImage(image) || image.getDefiningOp<tensor::EmptyOp>())
        return;
      met = met ? met : image;
      layouts.unionSets(met.getAsOpaquePointer(), image.getAsOpaquePointer());
    };
    llvm::for_each(op->getOperands(), join);
    llvm::for_each(op->getResults(), join);
  });
  llvm::DenseSet<void *> leaders;
  for (void *image : chosen)
    leaders.insert(layouts.getOrInsertLeaderValue(image));
  chosen = std::move(leaders);
}

bool ImageLayouts::isChosen(Value image) {
  if (!isImage(image))
    return false;
  auto leader = layouts.findLeader(image.getAsOpaquePointer());
  return leader != layouts.member_end() && chosen.contains(*leader);
}

/// Moves the channels of an image that something else made.
void ImageLayouts::enter(Value image) {
  rewriter.setInsertionPointAfterValue(image);
  channelsLast[image] =
      buildReordered(rewriter, image.getLoc(), image, {0, 2, 3, 1});
}

/// Moves the channels back for whoever wants them first.
void ImageLayouts::leave(Value image) {
  Value first;
  Value last = channelsLast.lookup(image);
  for (OpOperand &use : llvm::make_early_inc_range(image.getUses())) {
    if (isFlexible(use.getOwner()))
      continue;
    if (!first) {
      rewriter.setInsertionPointAfterValue(last);
      first = buildReordered(rewriter, image.getLoc(), last, {0, 3, 1, 2});
    }
    use.set(first);
  }
}

/// What a converted op writes over.
Value ImageLayouts::convertOutput(Value image) {
  if (image.getDefiningOp<tensor::EmptyOp>())
    return buildEmpty(rewriter, image.getLoc(),
                      moveChannelsLast(getTensorType(image)));
  return channelsLast.lookup(image);
}

/// New maps, then loops in the order in which an image lies.
void ImageLayouts::convertGeneric(linalg::GenericOp op) {
  auto maps = op.getIndexingMapsArray();
  SmallVector<Value> inputs, outputs;
  AffineMap reference;
  unsigned numInputs = op.getNumDpsInputs();
  for (auto [index, operand] : llvm::enumerate(op->getOperands())) {
    bool isOutput = index >= numInputs;
    bool moves =
        isChosen(isOutput ? op->getResult(index - numInputs) : operand);
    Value value = operand;
    if (moves) {
      value = isOutput ? convertOutput(operand) : channelsLast.lookup(operand);
      maps[index] = moveChannelsLast(maps[index]);
      if ((!reference || isOutput) && maps[index].isProjectedPermutation())
        reference = maps[index];
    }
    (isOutput ? outputs : inputs).push_back(value);
  }
  auto moved = linalg::GenericOp::create(
      rewriter, op.getLoc(), ValueRange(outputs).getTypes(), inputs, outputs,
      maps, op.getIteratorTypesArray());
  rewriter.cloneRegionBefore(op.getRegion(), moved.getRegion(),
                             moved.getRegion().end());
  if (reference) {
    llvm::SetVector<unsigned> order;
    for (AffineExpr result : reference.getResults())
      order.insert(cast<AffineDimExpr>(result).getPosition());
    for (unsigned loop = 0; loop < maps[0].getNumDims(); ++loop)
      order.insert(loop);
    // Any order is a permutation: this cannot fail.
    FailureOr<linalg::GenericOp> ordered =
        linalg::interchangeGenericOp(rewriter, moved, order.getArrayRef());
    if (succeeded(ordered))
      moved = *ordered;
  }
  for (auto [from, to] : llvm::zip_equal(op->getResults(), moved->getResults()))
    if (isChosen(from))
      channelsLast[from] = to;
    else
      rewriter.replaceAllUsesWith(from, to);
}

static SmallVector<OpFoldResult> moveList(ArrayRef<OpFoldResult> list) {
  return moveChannelsLast(list);
}

/// An image placed in a larger one.
void ImageLayouts::convertInsert(tensor::InsertSliceOp op) {
  channelsLast[op.getResult()] = tensor::InsertSliceOp::create(
      rewriter, op.getLoc(), channelsLast.lookup(op.getSource()),
      convertOutput(op.getDest()), moveList(op.getMixedOffsets()),
      moveList(op.getMixedSizes()), moveList(op.getMixedStrides()));
}

/// An image cut out of a larger one.
void ImageLayouts::convertExtract(tensor::ExtractSliceOp op) {
  channelsLast[op.getResult()] = tensor::ExtractSliceOp::create(
      rewriter, op.getLoc(), channelsLast.lookup(op.getSource()),
      moveList(op.getMixedOffsets()), moveList(op.getMixedSizes()),
      moveList(op.getMixedStrides()));
}

void ImageLayouts::convert(Operation *op) {
  auto touches = [&](Value value) { return isChosen(value); };
  if (llvm::none_of(op->getOperands(), touches) &&
      llvm::none_of(op->getResults(), touches))
    return;
  rewriter.setInsertionPoint(op);
  if (auto fill = dyn_cast<linalg::FillOp>(op)) {
    Value output = convertOutput(fill.getOutputs()[0]);
    channelsLast[fill.getResult(0)] =
        linalg::FillOp::create(rewriter, fill.getLoc(), fill.getInputs()[0],
                               output)
            .getResult(0);
    return;
  }
  if (auto insert = dyn_cast<tensor::InsertSliceOp>(op))
    return convertInsert(insert);
  if (auto extract = dyn_cast<tensor::ExtractSliceOp>(op))
    return convertExtract(extract);
  auto generic = cast<linalg::GenericOp>(op);
  Value first = findChannelsFirst(generic);
  if (!first)
    return convertGeneric(generic);
  // What would be moved lies there already.
  Value input = generic.getInputs()[0], result = generic.getResult(0);
  if (first == result)
    channelsLast[result] = input;
  else
    rewriter.replaceAllUsesWith(result, channelsLast.lookup(input));
}

void ImageLayouts::run() {
  joinLayouts();
  if (chosen.empty())
    return;
  SmallVector<Operation *> ops;
  SmallVector<Value> others;
  auto collect = [&](Value value) {
    if (isChosen(value) && !isFlexible(value.getDefiningOp()))
      others.push_back(value);
  };
  function->walk<WalkOrder::PreOrder>([&](Operation *op) {
    if (isFlexible(op))
      ops.push_back(op);
    llvm::for_each(op->getResults(), collect);
    for (Region &region : op->getRegions())
      for (Block &block : region)
        llvm::for_each(block.getArguments(), collect);
  });
  llvm::for_each(others, [&](Value value) { enter(value); });
  llvm::for_each(ops, [&](Operation *op) { convert(op); });
  for (auto [image, last] : llvm::to_vector(channelsLast))
    if (isFlexible(image.getDefiningOp()))
      leave(image);
  for (Operation *op : llvm::reverse(ops))
    if (op->use_empty())
      rewriter.eraseOp(op);
}

namespace {
struct AssignImageLayoutsPass
    : impl::AssignImageLayoutsBase<AssignImageLayoutsPass> {
  void runOnOperation() override {
    for (auto function : getOperation().getOps<FunctionOpInterface>())
      ImageLayouts(function).run();
  }
};
} // namespace
} // namespace gradc

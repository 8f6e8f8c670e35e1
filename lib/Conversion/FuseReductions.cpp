//===- FuseReductions.cpp - Sums beside what is read anyway ---------------===//

#include "BuildGeneric.h"
#include "Joins.h"
#include "gradc/Conversion/Passes.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/Transforms/RegionUtils.h"

using namespace mlir;

namespace gradc {
#define GEN_PASS_DEF_FUSEREDUCTIONS
#include "gradc/Conversion/Passes.h.inc"

/// Whether each tensor of a generic is the whole iteration space or a single
/// number, so that its loops could be one.
static bool isFlat(linalg::GenericOp generic) {
  if (generic.hasIndexSemantics() || !generic.hasPureTensorSemantics() ||
      !llvm::all_equal(generic.getIteratorTypesArray()))
    return false;
  return llvm::all_of(generic.getIndexingMapsArray(), [](AffineMap map) {
    return map.isIdentity() || map.getNumResults() == 0;
  });
}

/// Whether a generic does nothing but add up (or join otherwise) all elements.
static bool isTotal(linalg::GenericOp generic) {
  return isFlat(generic) && generic.getNumLoops() > 0 &&
         generic.getNumReductionLoops() == generic.getNumLoops() &&
         llvm::all_of(generic.getDpsInitsMutable(), [&](OpOperand &output) {
           return generic.getMatchingIndexingMap(&output).getNumResults() == 0;
         });
}

/// Whether everything `total` takes is there at `host`, or comes from it.
static bool isReadyAt(linalg::GenericOp total, linalg::GenericOp host) {
  auto isBefore = [&](Value value) {
    Operation *definition = value.getDefiningOp();
    return !definition || definition->getBlock() != host->getBlock() ||
           definition->isBeforeInBlock(host);
  };
  llvm::SetVector<Value> captured;
  getUsedValuesDefinedAbove(total.getRegion(), captured);
  if (!llvm::all_of(captured, isBefore))
    return false;
  return llvm::all_of(total->getOperands(), [&](Value operand) {
    // What starts a sum is made again.
    auto fill = operand.getDefiningOp<linalg::FillOp>();
    if (fill && fill.getInputs()[0].getDefiningOp<arith::ConstantOp>())
      return true;
    return operand.getDefiningOp() == host || isBefore(operand);
  });
}

static bool canFuse(linalg::GenericOp total, linalg::GenericOp host) {
  return host->getBlock() == total->getBlock() && host != total &&
         host->isBeforeInBlock(total) && isFlat(host) &&
         host.getStaticLoopRanges() == total.getStaticLoopRanges() &&
         isReadyAt(total, host);
}

/// The values that start the sums of `total`, at `host`.
static SmallVector<Value> moveOutputs(OpBuilder &builder,
                                      linalg::GenericOp total) {
  SmallVector<Value> outputs;
  for (Value output : total.getDpsInits()) {
    auto fill = output.getDefiningOp<linalg::FillOp>();
    if (!fill) {
      outputs.push_back(output);
      continue;
    }
    auto constant = fill.getInputs()[0].getDefiningOp<arith::ConstantOp>();
    Value start =
        constant ? builder.clone(*constant)->getResult(0) : fill.getInputs()[0];
    outputs.push_back(linalg::FillOp::create(
                          builder, total.getLoc(), start,
                          buildEmpty(builder, total.getLoc(), output.getType()))
                          .getResult(0));
  }
  return outputs;
}

/// One generic under construction out of two.
namespace {
struct Fusion {
  linalg::GenericOp host, total;
  SmallVector<Value> inputs, outputs;
  SmallVector<OpOperand *> added; ///< inputs of `total` that `host` has not

  void build();

private:
  void chooseOperands(OpBuilder &builder);
  void buildBody(linalg::GenericOp fused);
  Value findElement(OpOperand &operand, Block &body, ValueRange yielded);
};
} // namespace

void Fusion::chooseOperands(OpBuilder &builder) {
  inputs = host.getDpsInputs();
  outputs = llvm::to_vector_of<Value>(host.getDpsInits());
  for (OpOperand *operand : total.getDpsInputOperands()) {
    Value value = operand->get();
    bool isThere = value.getDefiningOp() == host ||
                   llvm::is_contained(host->getOperands(), value);
    if (isThere)
      continue;
    added.push_back(operand);
    inputs.push_back(value);
  }
  outputs.append(moveOutputs(builder, total));
}

/// What an input of `total` is inside: an element that `host` reads, its old
/// value where an output overwrites it, or one that it computes.
Value Fusion::findElement(OpOperand &operand, Block &body, ValueRange yielded) {
  Value value = operand.get();
  if (value.getDefiningOp() == host)
    return yielded[cast<OpResult>(value).getResultNumber()];
  for (auto [index, input] : llvm::enumerate(inputs))
    if (input == value)
      return body.getArgument(index);
  for (auto [index, output] : llvm::enumerate(host.getDpsInits()))
    if (output == value)
      return body.getArgument(inputs.size() + index);
  return {};
}

void Fusion::buildBody(linalg::GenericOp fused) {
  OpBuilder builder(fused.getContext());
  Block *body = builder.createBlock(&fused.getRegion());
  for (Value operand : llvm::concat<Value>(inputs, outputs))
    body->addArgument(getElementTypeOrSelf(operand), fused.getLoc());
  IRMapping mapping;
  unsigned numHostInputs = host.getNumDpsInputs();
  for (BlockArgument argument : host.getBody()->getArguments()) {
    unsigned index = argument.getArgNumber();
    if (index >= numHostInputs)
      index += added.size();
    mapping.map(argument, body->getArgument(index));
  }
  for (Operation &op : host.getBody()->without_terminator())
    builder.clone(op, mapping);
  SmallVector<Value> yielded;
  for (Value value : host.getBody()->getTerminator()->getOperands())
    yielded.push_back(mapping.lookupOrDefault(value));
  for (OpOperand *operand : total.getDpsInputOperands())
    mapping.map(total.getMatchingBlockArgument(operand),
                findElement(*operand, *body, yielded));
  unsigned next = inputs.size() + host.getNumDpsInits();
  for (OpOperand &output : total.getDpsInitsMutable())
    mapping.map(total.getMatchingBlockArgument(&output),
                body->getArgument(next++));
  for (Operation &op : total.getBody()->without_terminator())
    builder.clone(op, mapping);
  for (Value value : total.getBody()->getTerminator()->getOperands())
    yielded.push_back(mapping.lookupOrDefault(value));
  linalg::YieldOp::create(builder, fused.getLoc(), yielded);
}

void Fusion::build() {
  OpBuilder builder(host);
  chooseOperands(builder);
  unsigned rank = host.getNumLoops();
  auto mapOf = [&](Value operand) {
    auto type = dyn_cast<RankedTensorType>(operand.getType());
    bool isWhole = type && type.getRank() != 0;
    return isWhole ? builder.getMultiDimIdentityMap(rank)
                   : AffineMap::get(rank, 0, builder.getContext());
  };
  SmallVector<AffineMap> maps;
  for (Value operand : llvm::concat<Value>(inputs, outputs))
    maps.push_back(mapOf(operand));
  SmallVector<utils::IteratorType> loops(rank, utils::IteratorType::reduction);
  auto fused = linalg::GenericOp::create(builder, host.getLoc(),
                                         ValueRange(outputs).getTypes(), inputs,
                                         outputs, maps, loops);
  buildBody(fused);
  unsigned numHostResults = host.getNumResults();
  host.replaceAllUsesWith(fused.getResults().take_front(numHostResults));
  total.replaceAllUsesWith(fused.getResults().drop_front(numHostResults));
  host.erase();
  total.erase();
}

/// Whether `host` joins, for each place of some dimensions, what `total` reads:
/// the sums of a bias' gradient.
static bool canShareReading(linalg::GenericOp total, linalg::GenericOp host) {
  if (host->getBlock() != total->getBlock() || host == total ||
      !host->isBeforeInBlock(total) || host.hasIndexSemantics() ||
      !host.hasPureTensorSemantics() || host.getNumReductionLoops() == 0 ||
      host.getNumParallelLoops() == 0 ||
      host.getStaticLoopRanges() != total.getStaticLoopRanges() ||
      !isReadyAt(total, host))
    return false;
  SmallVector<unsigned> places;
  host.getParallelDims(places);
  AffineMap kept = AffineMap::getMultiDimMapWithTargets(
      host.getNumLoops(), places, host.getContext());
  for (OpOperand &output : host.getDpsInitsMutable())
    if (host.getMatchingIndexingMap(&output) != kept)
      return false;
  for (auto [index, result] : llvm::enumerate(total.getResults()))
    if (!findJoin(total, index))
      return false;
  return llvm::all_of(total.getDpsInputOperands(), [&](OpOperand *operand) {
    return llvm::any_of(host.getDpsInputOperands(), [&](OpOperand *other) {
      return other->get() == operand->get() &&
             host.getMatchingIndexingMap(other).isIdentity();
    });
  });
}

/// Joins the elements for each place of the host's outputs, then the rest.
static void shareReading(linalg::GenericOp total, linalg::GenericOp host) {
  OpBuilder builder(host);
  SmallVector<AffineMap> maps = host.getIndexingMapsArray();
  SmallVector<Value> outputs(host.getDpsInits());
  auto shape = cast<ShapedType>(outputs[0].getType()).getShape();
  for (unsigned index = 0; index < total.getNumResults(); ++index) {
    outputs.push_back(buildNeutral(builder, total, index, shape));
    maps.push_back(maps.back());
  }
  auto both = linalg::GenericOp::create(
      builder, host.getLoc(), ValueRange(outputs).getTypes(),
      host.getDpsInputs(), outputs, maps, host.getIteratorTypesArray());
  both.getRegion().takeBody(host.getRegion());
  Block *body = both.getBody();
  IRMapping mapping;
  for (OpOperand *operand : total.getDpsInputOperands())
    for (OpOperand *other : both.getDpsInputOperands())
      if (other->get() == operand->get() &&
          both.getMatchingIndexingMap(other).isIdentity())
        mapping.map(total.getMatchingBlockArgument(operand),
                    both.getMatchingBlockArgument(other));
  for (BlockArgument output : total.getRegionOutputArgs())
    mapping.map(output, body->addArgument(output.getType(), both.getLoc()));
  Operation *terminator = body->getTerminator();
  builder.setInsertionPoint(terminator);
  for (Operation &op : total.getBody()->without_terminator())
    builder.clone(op, mapping);
  SmallVector<Value> yielded(terminator->getOperands());
  for (Value value : total.getBody()->getTerminator()->getOperands())
    yielded.push_back(mapping.lookupOrDefault(value));
  terminator->setOperands(yielded);
  unsigned numHost = host.getNumResults();
  for (unsigned index = 0; index < total.getNumResults(); ++index)
    total.getResult(index).replaceAllUsesWith(
        joinParts(builder, total, index, both.getResult(numHost + index)));
  host.replaceAllUsesWith(both.getResults().take_front(numHost));
  host.erase();
  total.erase();
}

/// The first generic that `total` can join in one of two ways, among those that
/// make or read its inputs.
static linalg::GenericOp
findHost(linalg::GenericOp total,
         llvm::function_ref<bool(linalg::GenericOp, linalg::GenericOp)> fits) {
  linalg::GenericOp best;
  auto consider = [&](Operation *op) {
    auto host = dyn_cast_or_null<linalg::GenericOp>(op);
    if (!host || !fits(total, host))
      return;
    if (!best || host->isBeforeInBlock(best))
      best = host;
  };
  for (Value input : total.getDpsInputs()) {
    consider(input.getDefiningOp());
    for (Operation *user : input.getUsers())
      consider(user);
  }
  return best;
}

namespace {
struct FuseReductionsPass : impl::FuseReductionsBase<FuseReductionsPass> {
  void runOnOperation() override {
    SmallVector<linalg::GenericOp> totals;
    getOperation()->walk([&](linalg::GenericOp generic) {
      if (isTotal(generic))
        totals.push_back(generic);
    });
    for (linalg::GenericOp total : totals)
      if (linalg::GenericOp host = findHost(total, canFuse))
        Fusion{host, total, {}, {}, {}}.build();
      else if (linalg::GenericOp host = findHost(total, canShareReading))
        shareReading(total, host);
  }
};
} // namespace
} // namespace gradc

//===- GenericReductions.cpp - Sums along the vector loop -----------------===//

#include "GenericEmitter.h"
#include "gradc/Interfaces/Scalar.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;

namespace gradc {

FailureOr<SmallVector<Combiner>> GenericEmitter::findCombiners() {
  SmallVector<Combiner> combiners;
  for (unsigned i = 0; i < op.getNumDpsInits(); ++i) {
    if (isWritten(i)) {
      combiners.emplace_back();
      continue;
    }
    BlockArgument output = op.getBody()->getArgument(getNumInputs() + i);
    Operation *joined =
        op.getBody()->getTerminator()->getOperand(i).getDefiningOp();
    bool isSimple = joined && output.hasOneUse() &&
                    *output.user_begin() == joined &&
                    joined->getNumOperands() == 2;
    std::optional<TypedAttr> neutral;
    if (isSimple)
      neutral = arith::getNeutralElement(joined);
    if (!neutral)
      return failure();
    combiners.push_back({joined, *neutral, findNarrowTerm(joined)});
  }
  return combiners;
}

Value GenericEmitter::combine(const Combiner &combiner, Value a, Value b) {
  OperationState state(loc, combiner.op->getName(), {a, b}, a.getType(),
                       combiner.op->getAttrs());
  return rewriter.create(state)->getResult(0);
}

/// Halves joined again and again: a tree whose form is fixed.
Value GenericEmitter::joinLanes(const Combiner &combiner, Value vector) {
  int64_t size = cast<VectorType>(vector.getType()).getDimSize(0);
  while (size > 1) {
    size /= 2;
    auto half = [&](int64_t offset) -> Value {
      return vector::ExtractStridedSliceOp::create(
          rewriter, loc, vector, ArrayRef<int64_t>{offset},
          ArrayRef<int64_t>{size}, ArrayRef<int64_t>{1});
    };
    Value low = half(0), high = half(size);
    vector = combine(combiner, low, high);
  }
  return vector::ExtractOp::create(rewriter, loc, vector, ArrayRef<int64_t>{0});
}

/// Joins the terms of one vector to the sums, one for each output that is
/// reduced, and stores the other outputs.
void GenericEmitter::accumulateVector(ArrayRef<Combiner> combiners,
                                      MutableArrayRef<Value> sums, Value mask) {
  SmallVector<Value> outputs;
  unsigned sum = 0;
  for (auto [index, combiner] : llvm::enumerate(combiners)) {
    unsigned operand = getNumInputs() + index;
    bool isUsed = !op.getBody()->getArgument(operand).use_empty();
    if (combiner.op)
      outputs.push_back(sums[sum++]);
    else
      outputs.push_back(isUsed ? load(operand, mask) : Value());
  }
  SmallVector<Value> next = cloneBody(loadInputs(mask), outputs);
  sum = 0;
  for (auto [index, combiner] : llvm::enumerate(combiners)) {
    if (!combiner.op) {
      store(index, next[index], mask);
      continue;
    }
    Value &place = sums[sum++];
    place =
        mask ? arith::SelectOp::create(rewriter, loc, mask, next[index], place)
                   .getResult()
             : next[index];
  }
}

/// So many vectors are added up in f32, one after the other, before the sum is
/// widened: each costs half a bit of it at most.
static constexpr int64_t narrowVectors = 32;

/// Adds `count` elements of the vector loop, from `first` on, to `numChains`
/// accumulators of each sum. Narrow terms are added up by themselves first.
SmallVector<Value>
GenericEmitter::accumulateStretch(ArrayRef<Combiner> combiners, Value first,
                                  int64_t count, ValueRange accumulators,
                                  unsigned numChains) {
  unsigned inner = getVectorLoop();
  unsigned numSums = accumulators.size() / numChains;
  int64_t stride = lanes * numChains, unrolled = count - count % stride;
  SmallVector<Combiner> sums = llvm::to_vector(llvm::make_filter_range(
      combiners, [](const Combiner &combiner) { return combiner.op; }));
  SmallVector<Value> current(accumulators);
  for (auto [index, value] : llvm::enumerate(current))
    if (Value narrow = sums[index % numSums].narrow) {
      Type type = getVectorType(narrow.getType());
      value =
          arith::ConstantOp::create(rewriter, loc, rewriter.getZeroAttr(type));
    }
  auto addVector = [&](unsigned chain, Value mask) {
    accumulateVector(
        combiners,
        MutableArrayRef<Value>(current).slice(chain * numSums, numSums), mask);
  };
  auto place = [&](Value at, int64_t distance) -> Value {
    return rewriter.createOrFold<arith::AddIOp>(loc, at, getIndex(distance));
  };
  if (unrolled > 0) {
    auto forOp =
        scf::ForOp::create(rewriter, loc, first, place(first, unrolled),
                           getIndex(stride), current);
    OpBuilder::InsertionGuard guard(rewriter);
    rewriter.setInsertionPointToStart(forOp.getBody());
    current.assign(forOp.getRegionIterArgs().begin(),
                   forOp.getRegionIterArgs().end());
    for (unsigned chain = 0; chain < numChains; ++chain) {
      inductions[inner] = place(forOp.getInductionVar(), chain * lanes);
      addVector(chain, {});
    }
    scf::YieldOp::create(rewriter, loc, current);
    current.assign(forOp.result_begin(), forOp.result_end());
  }
  for (int64_t at = unrolled, chain = 0; at < count; at += lanes, ++chain) {
    inductions[inner] = place(first, at);
    int64_t left = count - at;
    addVector(chain, left < lanes ? buildMask(left) : Value());
  }
  inductions[inner] = {};
  for (auto [index, value] : llvm::enumerate(current))
    if (sums[index % numSums].narrow) {
      Value before = accumulators[index];
      Value wide =
          arith::ExtFOp::create(rewriter, loc, before.getType(), value);
      value = arith::AddFOp::create(rewriter, loc, before, wide);
    }
  return current;
}

/// Adds one row of the vector loop to `numChains` accumulators of each sum:
/// chain c takes vectors c, c + numChains, ... An add must wait for the one
/// before it; several chains keep the adder busy.
SmallVector<Value> GenericEmitter::accumulateRow(ArrayRef<Combiner> combiners,
                                                 ValueRange accumulators,
                                                 unsigned numChains) {
  hoistLoads();
  int64_t size = sizes[getVectorLoop()];
  int64_t length = narrowVectors * lanes * numChains, whole = 0;
  SmallVector<Value> current(accumulators);
  bool isNarrow = llvm::any_of(
      combiners, [](const Combiner &combiner) { return combiner.narrow; });
  if (isNarrow && size > length) {
    whole = size - size % length;
    auto forOp = scf::ForOp::create(rewriter, loc, getIndex(0), getIndex(whole),
                                    getIndex(length), current);
    OpBuilder::InsertionGuard guard(rewriter);
    rewriter.setInsertionPointToStart(forOp.getBody());
    scf::YieldOp::create(rewriter, loc,
                         accumulateStretch(combiners, forOp.getInductionVar(),
                                           length, forOp.getRegionIterArgs(),
                                           numChains));
    current.assign(forOp.result_begin(), forOp.result_end());
  }
  if (whole < size)
    current = accumulateStretch(combiners, getIndex(whole), size - whole,
                                current, numChains);
  return current;
}

/// Neighbours joined again and again, then the lanes.
Value GenericEmitter::joinChains(const Combiner &combiner,
                                 SmallVector<Value> chains) {
  while (chains.size() > 1) {
    SmallVector<Value> joined;
    for (unsigned c = 0; c < chains.size(); c += 2)
      joined.push_back(combine(combiner, chains[c], chains[c + 1]));
    chains = joined;
  }
  return joinLanes(combiner, chains[0]);
}

/// Lets the body add narrow terms to a narrow sum.
void GenericEmitter::narrowBody(MutableArrayRef<Combiner> combiners) {
  Operation *terminator = op.getBody()->getTerminator();
  for (auto [index, combiner] : llvm::enumerate(combiners)) {
    if (!combiner.narrow)
      continue;
    BlockArgument sum = op.getRegionOutputArgs()[index];
    sum.setType(combiner.narrow.getType());
    OpBuilder builder(terminator);
    auto narrow = arith::AddFOp::create(builder, loc, sum, combiner.narrow);
    terminator->setOperand(index, narrow);
    combiner.op->erase();
    combiner.op = narrow;
  }
}

void GenericEmitter::emitReduction(MutableArrayRef<Combiner> combiners) {
  narrowBody(combiners);
  SmallVector<unsigned> parallel, reductions, sums;
  for (unsigned loop = 0; loop < getVectorLoop(); ++loop)
    (isReduction(loop) ? reductions : parallel).push_back(loop);
  for (auto [index, combiner] : llvm::enumerate(combiners))
    if (combiner.op)
      sums.push_back(index);
  // What else is computed leaves time for an add to end, and no registers.
  bool isAlone = sums.size() == combiners.size();
  unsigned numChains = isAlone && sizes[getVectorLoop()] >= 4 * lanes ? 4 : 1;

  openLoops(parallel, {}, [&](ValueRange) {
    SmallVector<Value> accumulators;
    for (unsigned i = 0; i < numChains * sums.size(); ++i) {
      Value neutral = arith::ConstantOp::create(
          rewriter, loc, combiners[sums[i % sums.size()]].neutral);
      accumulators.push_back(broadcast(neutral));
    }
    accumulators = openLoops(reductions, accumulators, [&](ValueRange carried) {
      return accumulateRow(combiners, carried, numChains);
    });
    for (auto [place, output] : llvm::enumerate(sums)) {
      SmallVector<Value> chains;
      for (unsigned chain = 0; chain < numChains; ++chain)
        chains.push_back(accumulators[chain * sums.size() + place]);
      Value total = joinChains(combiners[output], chains);
      int64_t vectorLanes = std::exchange(lanes, 1);
      Value initial = load(getNumInputs() + output, {});
      store(output, combine(combiners[output], initial, total), {});
      lanes = vectorLanes;
    }
    return SmallVector<Value>();
  });
}

} // namespace gradc

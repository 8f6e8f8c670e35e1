//===- GenericEmitter.cpp - Emit one generic as vector loops --------------===//

#include "GenericEmitter.h"
#include "CostModel.h"
#include "VectorizeBody.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;

namespace gradc {

GenericEmitter::GenericEmitter(RewriterBase &rewriter, linalg::GenericOp op,
                               bool sharesWork)
    : rewriter(rewriter), op(op), loc(op.getLoc()), sharesWork(sharesWork),
      sizes(op.getStaticLoopRanges()), maps(op.getIndexingMapsArray()),
      iterators(op.getIteratorTypesArray()), inductions(sizes.size()) {}

Value GenericEmitter::getIndex(int64_t value) {
  return arith::ConstantIndexOp::create(rewriter, loc, value);
}

Type GenericEmitter::getVectorType(Type element) const {
  return lanes == 1 ? element : VectorType::get({lanes}, element);
}

Value GenericEmitter::broadcast(Value scalar) {
  return spread(rewriter, loc, scalar, lanes);
}

bool GenericEmitter::usesLoop(unsigned operand, unsigned loop) const {
  return maps[operand].isFunctionOfDim(loop);
}

/// 64 bytes of the smallest float among the operands, on every machine: the
/// number of lanes decides the order of sums.
int64_t GenericEmitter::chooseLanes() {
  unsigned bits = 64;
  for (Value operand : op->getOperands()) {
    Type element = getElementTypeOrSelf(operand.getType());
    if (element.isF32())
      bits = 32;
  }
  return 512 / bits;
}

bool GenericEmitter::isContiguous(unsigned operand) {
  auto type = dyn_cast<MemRefType>(op->getOperand(operand).getType());
  return !type || type.getRank() == 0 || type.isLastDimUnitStride();
}

bool GenericEmitter::isWritten(unsigned output) {
  AffineMap map = maps[getNumInputs() + output];
  return map.getNumDims() == map.getNumResults();
}

/// Whether the innermost loop can run over vectors: every operand is read along
/// its last dimension or not at all, and the body works element by element.
bool GenericEmitter::canVectorize() {
  if (sizes.empty())
    return false;
  unsigned inner = getVectorLoop();
  for (AffineMap map : maps) {
    if (!map.isProjectedPermutation())
      return false;
    for (unsigned i = 0; i + 1 < map.getNumResults(); ++i)
      if (map.getDimPosition(i) == inner)
        return false;
  }
  // An output is reduced by all loops that reduce, or, where the vector loop
  // does, written at each turn.
  for (unsigned i = 0; i < op.getNumDpsInits(); ++i)
    for (unsigned loop = 0; loop < sizes.size(); ++loop)
      if (isReduction(loop) && usesLoop(getNumInputs() + i, loop) &&
          !(isWritten(i) && isReduction(inner)))
        return false;
  // A loop that reduces must have something to reduce into.
  if (llvm::is_contained(iterators, utils::IteratorType::reduction))
    for (unsigned i = 0; i < op.getNumDpsInits(); ++i)
      if (!isWritten(i) &&
          op.getBody()->getArgument(getNumInputs() + i).use_empty())
        return false;
  for (unsigned i = 0; i < op->getNumOperands(); ++i)
    if (usesLoop(i, inner) && !isContiguous(i))
      return false;
  return llvm::all_of(op.getBody()->without_terminator(), [](Operation &inner) {
    return OpTrait::hasElementwiseMappableTraits(&inner) ||
           isa<arith::ConstantOp, linalg::IndexOp>(inner);
  });
}

SmallVector<Value> GenericEmitter::cloneBody(ValueRange inputs,
                                             ValueRange outputs) {
  IRMapping mapping;
  Block &body = *op.getBody();
  for (auto [argument, value] : llvm::zip(
           body.getArguments(), llvm::concat<Value>(llvm::to_vector(inputs),
                                                    llvm::to_vector(outputs))))
    if (value)
      mapping.map(argument, value);
  for (Operation &inner : body.without_terminator()) {
    auto index = dyn_cast<linalg::IndexOp>(inner);
    if (!index) {
      vectorizeOp(rewriter, inner, mapping, lanes);
      continue;
    }
    Value value = broadcast(inductions[index.getDim()]);
    if (lanes > 1 && index.getDim() == getVectorLoop())
      value = arith::AddIOp::create(
          rewriter, loc, value,
          vector::StepOp::create(rewriter, loc,
                                 cast<VectorType>(value.getType())));
    mapping.map(index.getResult(), value);
  }
  SmallVector<Value> yielded;
  for (Value value : body.getTerminator()->getOperands())
    yielded.push_back(broadcast(mapping.lookupOrDefault(value)));
  return yielded;
}

SmallVector<Value> GenericEmitter::openLoops(
    ArrayRef<unsigned> loops, ValueRange carried,
    llvm::function_ref<SmallVector<Value>(ValueRange)> body) {
  if (loops.empty())
    return body(carried);
  unsigned loop = loops.front();
  Value zero = getIndex(0), one = getIndex(1), size = getIndex(sizes[loop]);
  auto forOp = scf::ForOp::create(rewriter, loc, zero, size, one, carried);
  OpBuilder::InsertionGuard guard(rewriter);
  rewriter.setInsertionPointToStart(forOp.getBody());
  inductions[loop] = forOp.getInductionVar();
  SmallVector<Value> results =
      openLoops(loops.drop_front(), forOp.getRegionIterArgs(), body);
  if (carried.empty())
    rewriter.setInsertionPoint(forOp.getBody()->getTerminator());
  else
    scf::YieldOp::create(rewriter, loc, results);
  inductions[loop] = {};
  return forOp.getResults();
}

void GenericEmitter::openParallelLoops(ArrayRef<unsigned> loops,
                                       llvm::function_ref<void()> body) {
  auto inner = [&](ValueRange) {
    body();
    return SmallVector<Value>();
  };
  if (loops.empty()) {
    body();
    return;
  }
  unsigned outer = loops.front();
  OpBuilder::InsertionGuard guard(rewriter);
  inductions[outer] = openLoop(sizes[outer], 1, /*mayShare=*/true);
  openLoops(loops.drop_front(), {}, inner);
  inductions[outer] = {};
}

/// Some vectors of results side by side: loads, body, stores. Where other loops
/// reduce, one vector would wait for its own last value at each turn; several
/// keep the units busy.
void GenericEmitter::emitVectors(Value first, int64_t number, Value lastMask) {
  unsigned inner = getVectorLoop(), numOutputs = op.getNumDpsInits();
  SmallVector<unsigned> reductions;
  for (unsigned loop = 0; loop < inner; ++loop)
    if (isReduction(loop))
      reductions.push_back(loop);
  SmallVector<Value> starts{first};
  for (int64_t i = 1; i < number; ++i)
    starts.push_back(
        arith::AddIOp::create(rewriter, loc, first, getIndex(i * lanes)));
  auto forEach = [&](llvm::function_ref<void(int64_t, Value)> visit) {
    for (int64_t i = 0; i < number; ++i) {
      inductions[inner] = starts[i];
      visit(i, i + 1 == number ? lastMask : Value());
    }
  };
  SmallVector<Value> outputs;
  forEach([&](int64_t, Value mask) {
    for (unsigned i = 0; i < numOutputs; ++i) {
      unsigned operand = getNumInputs() + i;
      bool isUsed = !op.getBody()->getArgument(operand).use_empty();
      outputs.push_back(isUsed ? load(operand, mask) : Value());
    }
  });
  outputs = openLoops(reductions, outputs, [&](ValueRange carried) {
    SmallVector<Value> next;
    forEach([&](int64_t i, Value mask) {
      next.append(cloneBody(loadInputs(mask),
                            carried.slice(i * numOutputs, numOutputs)));
    });
    return next;
  });
  forEach([&](int64_t i, Value mask) {
    for (unsigned output = 0; output < numOutputs; ++output)
      store(output, outputs[i * numOutputs + output], mask);
  });
}

/// Whether threads share the loops.
bool GenericEmitter::isShared() const {
  int64_t elements = 1;
  for (int64_t size : sizes)
    elements *= size;
  return sharesWork && paysToShare(0, elements);
}

/// A loop from 0 around what follows; its turns may be shared by threads.
Value GenericEmitter::openLoop(int64_t end, int64_t step, bool mayShare) {
  Value first = getIndex(0), last = getIndex(end), width = getIndex(step);
  if (mayShare && isShared()) {
    auto loop = scf::ParallelOp::create(rewriter, loc, first, last, width);
    rewriter.setInsertionPointToStart(loop.getBody());
    return loop.getInductionVars()[0];
  }
  auto loop = scf::ForOp::create(rewriter, loc, first, last, width);
  rewriter.setInsertionPointToStart(loop.getBody());
  return loop.getInductionVar();
}

/// The innermost loop is parallel: each vector of it is one of results.
void GenericEmitter::emitElementwise() {
  unsigned inner = getVectorLoop();
  bool reduces = op.getNumReductionLoops() != 0;
  int64_t width = reduces ? 4 * lanes : lanes;
  int64_t whole = sizes[inner] - sizes[inner] % width;
  hoistLoads();
  if (whole > 0) {
    OpBuilder::InsertionGuard guard(rewriter);
    emitVectors(openLoop(whole, width, reduces), width / lanes, {});
  }
  if (int64_t left = sizes[inner] - whole) {
    Value mask = left % lanes != 0 ? buildMask(left % lanes) : Value();
    emitVectors(getIndex(whole), (left + lanes - 1) / lanes, mask);
  }
  inductions[inner] = {};
}

/// Scalar code inside all loops, for what no vector can hold.
void GenericEmitter::emitScalarBody() {
  hoisted.assign(op->getNumOperands(), Value());
  SmallVector<Value> outputs;
  for (unsigned i = 0; i < op.getNumDpsInits(); ++i)
    outputs.push_back(load(getNumInputs() + i, {}));
  for (auto [index, value] :
       llvm::enumerate(cloneBody(loadInputs({}), outputs)))
    store(index, value, {});
}

void GenericEmitter::emitScalarLoops() {
  lanes = 1;
  SmallVector<unsigned> all =
      llvm::to_vector(llvm::seq<unsigned>(sizes.size()));
  openLoops(all, {}, [&](ValueRange) {
    emitScalarBody();
    return SmallVector<Value>();
  });
}

LogicalResult GenericEmitter::emit() {
  if (llvm::any_of(sizes, ShapedType::isDynamic))
    return op.emitOpError("has a loop of unknown length");
  if (std::optional<unsigned> loop = findTransposedLoop()) {
    emitTransposed(*loop);
    return success();
  }
  if (!canVectorize()) {
    emitScalarLoops();
    return success();
  }
  lanes = chooseLanes();
  if (isReduction(getVectorLoop())) {
    FailureOr<SmallVector<Combiner>> combiners = findCombiners();
    if (failed(combiners))
      emitScalarLoops();
    else
      emitReduction(*combiners);
    return success();
  }
  SmallVector<unsigned> parallel;
  for (unsigned loop = 0; loop < getVectorLoop(); ++loop)
    if (!isReduction(loop))
      parallel.push_back(loop);
  openParallelLoops(parallel, [&] { emitElementwise(); });
  return success();
}

} // namespace gradc

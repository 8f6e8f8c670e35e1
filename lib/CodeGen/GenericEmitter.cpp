//===- GenericEmitter.cpp - Emit one generic as vector loops --------------===//

#include "GenericEmitter.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;

namespace gradc {

GenericEmitter::GenericEmitter(RewriterBase &rewriter, linalg::GenericOp op)
    : rewriter(rewriter), op(op), loc(op.getLoc()),
      sizes(op.getStaticLoopRanges()), maps(op.getIndexingMapsArray()),
      iterators(op.getIteratorTypesArray()), inductions(sizes.size()) {}

Value GenericEmitter::getIndex(int64_t value) {
  return arith::ConstantIndexOp::create(rewriter, loc, value);
}

Type GenericEmitter::getVectorType(Type element) const {
  return lanes == 1 ? element : VectorType::get({lanes}, element);
}

Value GenericEmitter::broadcast(Value scalar) {
  if (lanes == 1 || isa<VectorType>(scalar.getType()))
    return scalar;
  return vector::BroadcastOp::create(rewriter, loc,
                                     getVectorType(scalar.getType()), scalar);
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
  // A loop that reduces must have something to reduce into.
  if (llvm::is_contained(iterators, utils::IteratorType::reduction))
    for (unsigned i = 0; i < op.getNumDpsInits(); ++i)
      if (op.getBody()->getArgument(getNumInputs() + i).use_empty())
        return false;
  for (Value operand : op->getOperands())
    if (auto memory = dyn_cast<MemRefType>(operand.getType()))
      if (memory.getRank() > 0 && !memory.getLayout().isIdentity())
        return false;
  return llvm::all_of(op.getBody()->without_terminator(), [](Operation &inner) {
    return OpTrait::hasElementwiseMappableTraits(&inner) ||
           isa<arith::ConstantOp, linalg::IndexOp>(inner);
  });
}

SmallVector<Value> GenericEmitter::getIndices(unsigned operand) {
  SmallVector<Value> indices;
  for (AffineExpr result : maps[operand].getResults())
    indices.push_back(inductions[cast<AffineDimExpr>(result).getPosition()]);
  return indices;
}

Value GenericEmitter::load(unsigned operand, Value mask) {
  Value memory = op->getOperand(operand);
  if (!isa<MemRefType>(memory.getType()))
    return broadcast(memory);
  SmallVector<Value> indices = getIndices(operand);
  if (lanes == 1 || !usesLoop(operand, getVectorLoop()))
    return broadcast(memref::LoadOp::create(rewriter, loc, memory, indices));
  auto type = cast<VectorType>(
      getVectorType(cast<MemRefType>(memory.getType()).getElementType()));
  if (!mask)
    return vector::LoadOp::create(rewriter, loc, type, memory, indices);
  Value zero =
      arith::ConstantOp::create(rewriter, loc, rewriter.getZeroAttr(type));
  return vector::MaskedLoadOp::create(rewriter, loc, type, memory, indices,
                                      mask, zero);
}

void GenericEmitter::store(unsigned output, Value value, Value mask) {
  unsigned operand = getNumInputs() + output;
  Value memory = op->getOperand(operand);
  SmallVector<Value> indices = getIndices(operand);
  if (!isa<VectorType>(value.getType()))
    memref::StoreOp::create(rewriter, loc, value, memory, indices);
  else if (mask)
    vector::MaskedStoreOp::create(rewriter, loc, memory, indices, mask, value);
  else
    vector::StoreOp::create(rewriter, loc, value, memory, indices);
}

/// Loads what the vector loop does not change.
void GenericEmitter::hoistLoads() {
  hoisted.assign(op->getNumOperands(), Value());
  for (unsigned i = 0; i < getNumInputs(); ++i) {
    bool isFixed = !usesLoop(i, getVectorLoop());
    for (unsigned loop = 0; loop < sizes.size(); ++loop)
      isFixed &= !usesLoop(i, loop) || inductions[loop];
    if (isFixed &&
        op.getMatchingBlockArgument(op.getDpsInputOperand(i)).hasNUsesOrMore(1))
      hoisted[i] = load(i, {});
  }
}

Value GenericEmitter::buildMask(int64_t count) {
  auto type = VectorType::get({lanes}, rewriter.getI1Type());
  return vector::ConstantMaskOp::create(rewriter, loc, type,
                                        rewriter.getDenseI64ArrayAttr(count));
}

SmallVector<Value> GenericEmitter::loadInputs(Value mask) {
  SmallVector<Value> inputs;
  for (unsigned i = 0; i < getNumInputs(); ++i) {
    bool isUsed = !op.getBody()->getArgument(i).use_empty();
    inputs.push_back(hoisted[i] ? hoisted[i]
                     : isUsed   ? load(i, mask)
                                : Value());
  }
  return inputs;
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
  auto lookUp = [&](Value value) {
    return broadcast(mapping.lookupOrDefault(value));
  };
  for (Operation &inner : body.without_terminator()) {
    if (auto index = dyn_cast<linalg::IndexOp>(inner)) {
      Value value = broadcast(inductions[index.getDim()]);
      if (lanes > 1 && index.getDim() == getVectorLoop())
        value = arith::AddIOp::create(
            rewriter, loc, value,
            vector::StepOp::create(rewriter, loc,
                                   cast<VectorType>(value.getType())));
      mapping.map(index.getResult(), value);
      continue;
    }
    if (auto constant = dyn_cast<arith::ConstantOp>(inner)) {
      Value scalar = rewriter.clone(*constant)->getResult(0);
      mapping.map(constant.getResult(), broadcast(scalar));
      continue;
    }
    SmallVector<Value> operands;
    for (Value operand : inner.getOperands())
      operands.push_back(lookUp(operand));
    SmallVector<Type> types;
    for (Type type : inner.getResultTypes())
      types.push_back(getVectorType(type));
    OperationState state(inner.getLoc(), inner.getName(), operands, types,
                         inner.getAttrs());
    mapping.map(inner.getResults(), rewriter.create(state)->getResults());
  }
  SmallVector<Value> yielded;
  for (Value value : body.getTerminator()->getOperands())
    yielded.push_back(lookUp(value));
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

/// One vector of results: loads, body, stores.
void GenericEmitter::emitChunk(Value mask) {
  SmallVector<unsigned> reductions;
  for (unsigned loop = 0; loop < getVectorLoop(); ++loop)
    if (isReduction(loop))
      reductions.push_back(loop);
  SmallVector<Value> outputs;
  for (unsigned i = 0; i < op.getNumDpsInits(); ++i) {
    bool isUsed = !op.getBody()->getArgument(getNumInputs() + i).use_empty();
    outputs.push_back(isUsed ? load(getNumInputs() + i, mask) : Value());
  }
  if (reductions.empty()) {
    outputs = cloneBody(loadInputs(mask), outputs);
  } else {
    outputs = openLoops(reductions, outputs, [&](ValueRange carried) {
      return cloneBody(loadInputs(mask), carried);
    });
  }
  for (auto [index, value] : llvm::enumerate(outputs))
    store(index, value, mask);
}

/// The innermost loop is parallel: each vector of it is one of results.
void GenericEmitter::emitElementwise() {
  unsigned inner = getVectorLoop();
  int64_t whole = sizes[inner] - sizes[inner] % lanes;
  hoistLoads();
  if (whole > 0) {
    auto forOp = scf::ForOp::create(rewriter, loc, getIndex(0), getIndex(whole),
                                    getIndex(lanes));
    OpBuilder::InsertionGuard guard(rewriter);
    rewriter.setInsertionPointToStart(forOp.getBody());
    inductions[inner] = forOp.getInductionVar();
    emitChunk({});
  }
  if (whole < sizes[inner]) {
    inductions[inner] = getIndex(whole);
    emitChunk(buildMask(sizes[inner] - whole));
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
  openLoops(parallel, {}, [&](ValueRange) {
    emitElementwise();
    return SmallVector<Value>();
  });
  return success();
}

} // namespace gradc

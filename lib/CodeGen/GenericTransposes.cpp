//===- GenericTransposes.cpp - Operands across the vector loop ------------===//

#include "GenericEmitter.h"
#include "TransposeVectors.h"
#include "VectorizeBody.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;

namespace gradc {

/// Whether an operand uses the vector loop, but does not lie along it.
bool GenericEmitter::isTransposed(unsigned operand) {
  AffineMap map = maps[operand];
  return map.getNumResults() > 1 && usesLoop(operand, getVectorLoop()) &&
         map.getDimPosition(map.getNumResults() - 1) != getVectorLoop();
}

std::optional<unsigned> GenericEmitter::findTransposedLoop() {
  if (sizes.size() < 2 || op.getNumReductionLoops() != 0 ||
      !isElementwise(*op.getBody()))
    return {};
  std::optional<unsigned> rowLoop;
  Type element; // one kind of scratch memory for all
  for (unsigned i = 0; i < op->getNumOperands(); ++i) {
    auto type = dyn_cast<MemRefType>(op->getOperand(i).getType());
    if (!maps[i].isProjectedPermutation() || !isContiguous(i))
      return {};
    if (!isTransposed(i))
      continue;
    unsigned last = maps[i].getDimPosition(maps[i].getNumResults() - 1);
    bool isOutput = i >= getNumInputs();
    if (isOutput || (rowLoop && *rowLoop != last) ||
        (element && element != type.getElementType()))
      return {};
    rowLoop = last;
    element = type.getElementType();
  }
  for (unsigned i = 0; i < op.getNumDpsInits(); ++i)
    if (!op.getBody()->getArgument(getNumInputs() + i).use_empty())
      return {};
  return rowLoop;
}

/// Loads a square of the operand along the rows' loop and transposes it.
SmallVector<Value> GenericEmitter::loadTransposed(unsigned operand,
                                                  unsigned rowLoop,
                                                  const Tile &tile) {
  Value memory = op->getOperand(operand);
  auto type = VectorType::get({lanes}, getElementTypeOrSelf(memory.getType()));
  Value zero =
      arith::ConstantOp::create(rewriter, loc, rewriter.getZeroAttr(type));
  Value mask = tile.rows < lanes ? buildMask(tile.rows) : Value();
  SmallVector<Value> vectors(lanes, zero);
  inductions[rowLoop] = tile.row;
  for (int64_t i = 0; i < tile.columns; ++i) {
    inductions[getVectorLoop()] =
        arith::AddIOp::create(rewriter, loc, tile.column, getIndex(i));
    SmallVector<Value> indices = getIndices(operand);
    vectors[i] =
        mask ? vector::MaskedLoadOp::create(rewriter, loc, type, memory,
                                            indices, mask, zero)
                   .getResult()
             : vector::LoadOp::create(rewriter, loc, type, memory, indices)
                   .getResult();
  }
  return transposeVectors(rewriter, loc, vectors);
}

/// A generic that moves elements needs no memory in between.
bool GenericEmitter::onlyTransposes() {
  return getNumInputs() == 1 && op.getNumDpsInits() == 1 &&
         op.getBody()->getTerminator()->getOperand(0) ==
             op.getBody()->getArgument(0);
}

void GenericEmitter::storeTransposed(unsigned rowLoop, const Tile &tile) {
  SmallVector<Value> vectors = loadTransposed(0, rowLoop, tile);
  Value mask = tile.columns < lanes ? buildMask(tile.columns) : Value();
  inductions[getVectorLoop()] = tile.column;
  for (int64_t i = 0; i < tile.rows; ++i) {
    inductions[rowLoop] =
        arith::AddIOp::create(rewriter, loc, tile.row, getIndex(i));
    store(0, vectors[i], mask);
  }
}

void GenericEmitter::emitTile(unsigned rowLoop, const Tile &tile,
                              Value scratch) {
  SmallVector<int64_t> slots(getNumInputs(), -1);
  int64_t numSlots = 0;
  for (unsigned input = 0; input < getNumInputs(); ++input) {
    if (!isTransposed(input))
      continue;
    slots[input] = numSlots++;
    SmallVector<Value> vectors = loadTransposed(input, rowLoop, tile);
    for (int64_t i = 0; i < tile.rows; ++i)
      vector::StoreOp::create(
          rewriter, loc, vectors[i], scratch,
          ValueRange{getIndex(slots[input]), getIndex(i), getIndex(0)});
  }
  Value zero = getIndex(0), one = getIndex(1), count = getIndex(tile.rows);
  auto forOp = scf::ForOp::create(rewriter, loc, zero, count, one);
  OpBuilder::InsertionGuard guard(rewriter);
  rewriter.setInsertionPointToStart(forOp.getBody());
  Value step = forOp.getInductionVar();
  inductions[rowLoop] = arith::AddIOp::create(rewriter, loc, tile.row, step);
  inductions[getVectorLoop()] = tile.column;
  Value mask = tile.columns < lanes ? buildMask(tile.columns) : Value();
  SmallVector<Value> inputs;
  for (unsigned i = 0; i < getNumInputs(); ++i) {
    if (slots[i] < 0) {
      inputs.push_back(load(i, mask));
      continue;
    }
    auto type = VectorType::get(
        {lanes}, getElementTypeOrSelf(op->getOperand(i).getType()));
    inputs.push_back(vector::LoadOp::create(
        rewriter, loc, type, scratch,
        ValueRange{getIndex(slots[i]), step, getIndex(0)}));
  }
  SmallVector<Value> outputs(op.getNumDpsInits());
  for (auto [index, value] : llvm::enumerate(cloneBody(inputs, outputs)))
    store(index, value, mask);
}

/// Room for a transposed square of each operand that needs one: where it is
/// asked for, if each thread needs its own, else outside of all loops, since
/// memory of the stack is given back at the end of the function only. Null for
/// a generic that needs none.
Value GenericEmitter::createScratch(bool ofThread) {
  if (onlyTransposes())
    return {};
  int64_t numTransposed = 0;
  Type element;
  for (unsigned i = 0; i < getNumInputs(); ++i)
    if (isTransposed(i)) {
      ++numTransposed;
      element = getElementTypeOrSelf(op->getOperand(i).getType());
    }
  OpBuilder::InsertionGuard guard(rewriter);
  if (!ofThread)
    rewriter.setInsertionPointToStart(
        &op->getParentOfType<FunctionOpInterface>().getFunctionBody().front());
  return memref::AllocaOp::create(
      rewriter, loc, MemRefType::get({numTransposed, lanes, lanes}, element),
      rewriter.getI64IntegerAttr(64));
}

/// All tiles of `rows` x `columns` existing elements: whole ones in loops,
/// those at the edges once. Where threads share the rows, each makes the
/// scratch memory it needs.
void GenericEmitter::emitTiles(unsigned rowLoop, int64_t rows, int64_t columns,
                               bool sharesRows, Value scratch) {
  OpBuilder::InsertionGuard guard(rewriter);
  int64_t numRows = sizes[rowLoop], numColumns = sizes[getVectorLoop()];
  bool isLoop = rows == lanes;
  Value row = isLoop ? openLoop(numRows - numRows % lanes, lanes, sharesRows)
                     : getIndex(numRows - rows);
  if (sharesRows)
    scratch = createScratch(/*ofThread=*/isLoop);
  Value column = columns < lanes
                     ? getIndex(numColumns - columns)
                     : openLoop(numColumns - numColumns % lanes, lanes,
                                /*mayShare=*/false);
  if (onlyTransposes())
    storeTransposed(rowLoop, {row, column, rows, columns});
  else
    emitTile(rowLoop, {row, column, rows, columns}, scratch);
  inductions[rowLoop] = inductions[getVectorLoop()] = {};
}

/// Threads share the outermost of the loops around the tiles, or the rows of
/// tiles where these are more.
void GenericEmitter::emitTransposed(unsigned rowLoop) {
  lanes = chooseLanes();
  SmallVector<unsigned> others;
  for (unsigned loop = 0; loop < getVectorLoop(); ++loop)
    if (loop != rowLoop)
      others.push_back(loop);
  bool sharesOuter = isShared() && !others.empty() &&
                     sizes[others[0]] >= sizes[rowLoop] / lanes;
  bool sharesRows = isShared() && !sharesOuter;
  OpBuilder::InsertionGuard guard(rewriter);
  ArrayRef<unsigned> inside(others);
  if (sharesOuter) {
    inductions[others[0]] = openLoop(sizes[others[0]], 1, /*mayShare=*/true);
    inside = inside.drop_front();
  }
  Value scratch = sharesRows ? Value() : createScratch(sharesOuter);
  auto parts = [&](int64_t size) {
    SmallVector<int64_t> result;
    if (size >= lanes)
      result.push_back(lanes);
    if (size % lanes != 0)
      result.push_back(size % lanes);
    return result;
  };
  openLoops(inside, {}, [&](ValueRange) {
    for (int64_t rows : parts(sizes[rowLoop]))
      for (int64_t columns : parts(sizes[getVectorLoop()]))
        emitTiles(rowLoop, rows, columns, sharesRows, scratch);
    return SmallVector<Value>();
  });
}

} // namespace gradc

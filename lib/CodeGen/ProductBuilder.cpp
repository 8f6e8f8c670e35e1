//===- ProductBuilder.cpp - The body of a micro-kernel --------------------===//

#include "ProductBuilder.h"
#include "VectorizeBody.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;

namespace gradc {

/// The order of the first arguments; those of inputs and outputs follow.
enum : unsigned {
  A,
  AOffset,
  ARow,
  ADepth,
  B,
  BOffset,
  BDepth,
  BVector,
  Depth,
  Columns,
  NumFixedArguments
};
static constexpr unsigned perOperand = 4;

ProductBuilder::ProductBuilder(kernel::ProductOp product, RegisterBlock block,
                               bool masked, const WindowBlock *windows,
                               bool adds, func::FuncOp function)
    : product(product), block(block), masked(masked), windows(windows),
      adds(adds), function(function),
      builder(OpBuilder::atBlockBegin(&function.front())),
      loc(function.getLoc()) {
  Type element = product.getBlock().getArgument(0).getType();
  vectorType = VectorType::get({MicroKernels::getLanes(element)}, element);
}

Value ProductBuilder::index(int64_t value) {
  return arith::ConstantIndexOp::create(builder, loc, value);
}
Value ProductBuilder::add(Value x, Value y) {
  return arith::AddIOp::create(builder, loc, x, y);
}
Value ProductBuilder::multiply(Value x, Value y) {
  return arith::MulIOp::create(builder, loc, x, y);
}

/// Only the last vector of the columns can be a part of one.
void ProductBuilder::buildMask() {
  auto type = VectorType::get({getLanes()}, builder.getI1Type());
  Value left = arith::SubIOp::create(builder, loc, getArgument(Columns),
                                     index((block.vectors - 1) * getLanes()));
  mask = vector::CreateMaskOp::create(builder, loc, type, ValueRange{left});
}

Value ProductBuilder::loadVector(Value memory, Value at, Value mask) {
  Type element = cast<MemRefType>(memory.getType()).getElementType();
  auto type = VectorType::get({getLanes()}, element);
  if (!mask)
    return vector::LoadOp::create(builder, loc, type, memory, ValueRange{at});
  Value zero =
      arith::ConstantOp::create(builder, loc, builder.getZeroAttr(type));
  return vector::MaskedLoadOp::create(builder, loc, type, memory,
                                      ValueRange{at}, mask, zero);
}

ProductBuilder::Values ProductBuilder::loadRow(Value k) {
  Value start = add(getArgument(BOffset), multiply(k, getArgument(BDepth)));
  Values row;
  for (int64_t v = 0; v < block.vectors; ++v) {
    row.push_back(loadVector(getArgument(B), start, getMask(v)));
    start = add(start, getArgument(BVector));
  }
  return row;
}

/// One step of the sum: one multiply-add for each vector of the block.
ProductBuilder::Values ProductBuilder::addStep(Value k, Value aStart,
                                               ValueRange sums) {
  Values row = loadRow(k), next;
  for (int64_t i = 0; i < block.rows; ++i) {
    Value element = memref::LoadOp::create(
        builder, loc, getArgument(A), ValueRange{add(rowOffsets[i], aStart)});
    Value spread =
        vector::BroadcastOp::create(builder, loc, vectorType, element);
    for (int64_t v = 0; v < block.vectors; ++v)
      next.push_back(vector::FMAOp::create(builder, loc, spread, row[v],
                                           sums[i * block.vectors + v]));
  }
  return next;
}

/// Where the left factor's elements of step `k` lie behind those of step 0.
Value ProductBuilder::findStep(Value k) {
  if (!product.isLeftInPanels())
    return multiply(k, getArgument(ADepth));
  // One loop over all panels: a loop for each would end every sixteen steps,
  // which processors do not foresee.
  int64_t width = kernel::ProductOp::panelWidth;
  Value panel = arith::DivUIOp::create(builder, loc, k, index(width));
  Value column = arith::RemUIOp::create(builder, loc, k, index(width));
  Value start = multiply(panel, getArgument(ADepth));
  // Panels lie too far apart for the processor to see which comes next: while
  // one is read, the rows of the fourth from it are fetched.
  Value ahead = add(start, multiply(getArgument(ADepth), index(4)));
  ahead = add(ahead, multiply(column, index(block.rows)));
  memref::PrefetchOp::create(builder, loc, getArgument(A),
                             ValueRange{add(getArgument(AOffset), ahead)},
                             /*isWrite=*/false, /*localityHint=*/3,
                             /*isDataCache=*/true);
  return add(start, column);
}

/// So few steps are written one after the other: a loop costs as much.
static constexpr int64_t fewSteps = 8;

/// The loops over a window from `level` on, all carrying the sums. `aStart` and
/// `k` say where they begin in the left and in the right factor.
ProductBuilder::Values ProductBuilder::addWindows(unsigned level, Value aStart,
                                                  Value k, ValueRange sums) {
  ArrayRef<int64_t> sizes = windows->depth;
  int64_t stride = windows->depthStrides[level], inside = 1;
  for (int64_t size : sizes.drop_front(level + 1))
    inside *= size;
  bool isLast = level + 1 == sizes.size();
  auto add = [&](Value turn, ValueRange current) {
    Value start = this->add(aStart, multiply(turn, index(stride)));
    Value step = this->add(k, multiply(turn, index(inside)));
    return isLast ? addStep(step, start, current)
                  : addWindows(level + 1, start, step, current);
  };
  if (isLast && sizes[level] <= fewSteps) {
    Values current(sums);
    for (int64_t i = 0; i < sizes[level]; ++i)
      current = add(index(i), current);
    return current;
  }
  auto steps = scf::ForOp::create(builder, loc, index(0), index(sizes[level]),
                                  index(1), sums);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(steps.getBody());
  Values next = add(steps.getInductionVar(), steps.getRegionIterArgs());
  scf::YieldOp::create(builder, loc, next);
  return steps.getResults();
}

/// The sums of the block, kept in registers from the first to the last step.
ProductBuilder::Values ProductBuilder::buildSum() {
  Value zero =
      arith::ConstantOp::create(builder, loc, builder.getZeroAttr(vectorType));
  Values sums(block.rows * block.vectors, zero);
  if (windows)
    return addWindows(0, getArgument(AOffset), index(0), sums);
  if (adds)
    for (int64_t i = 0; i < block.rows; ++i)
      for (int64_t v = 0; v < block.vectors; ++v)
        sums[i * block.vectors + v] = loadOutput(i, v);
  auto steps = scf::ForOp::create(builder, loc, index(0), getArgument(Depth),
                                  index(1), sums);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(steps.getBody());
  Value k = steps.getInductionVar();
  Values next = addStep(k, findStep(k), steps.getRegionIterArgs());
  scf::YieldOp::create(builder, loc, next);
  return steps.getResults();
}

/// The mask of the columns that are there; null where all are.
Value ProductBuilder::getMask(int64_t vector) const {
  return vector + 1 == block.vectors ? mask : Value();
}

/// Where the vector of an input or output begins.
Value ProductBuilder::findElement(unsigned operand, int64_t row,
                                  int64_t vector) {
  unsigned first = NumFixedArguments + perOperand * operand;
  Value at =
      add(getArgument(first + 1), multiply(index(row), getArgument(first + 2)));
  return add(at, multiply(index(vector), getArgument(first + 3)));
}

/// An element of an operand behind the factors for each lane.
Value ProductBuilder::loadInput(unsigned input, int64_t row, int64_t vector) {
  Value memory = getArgument(NumFixedArguments + perOperand * input);
  Value at = findElement(input, row, vector);
  auto type = cast<ShapedType>(product->getOperand(2 + input).getType());
  if (type.getRank() != 0)
    return loadVector(memory, at, getMask(vector));
  Value element = memref::LoadOp::create(builder, loc, memory, ValueRange{at});
  return spread(builder, loc, element, getLanes());
}

/// What the only output holds.
Value ProductBuilder::loadOutput(int64_t row, int64_t vector) {
  return loadVector(getArgument(NumFixedArguments), findElement(0, row, vector),
                    getMask(vector));
}

void ProductBuilder::storeOutput(unsigned output, int64_t row, int64_t vector,
                                 Value value) {
  unsigned operand = product.getInputs().size() + output;
  Value memory = getArgument(NumFixedArguments + perOperand * operand);
  Value at = findElement(operand, row, vector);
  if (Value mask = getMask(vector))
    vector::MaskedStoreOp::create(builder, loc, memory, ValueRange{at}, mask,
                                  value);
  else
    vector::StoreOp::create(builder, loc, value, memory, ValueRange{at});
}

void ProductBuilder::storeOutputs(int64_t row, int64_t vector,
                                  ValueRange values) {
  for (auto [output, value] : llvm::enumerate(values))
    storeOutput(output, row, vector, value);
}

void ProductBuilder::storeBlock(ValueRange sums) {
  unsigned numInputs = product.getInputs().size();
  unsigned numMatrices = product.getMatrices().size();
  unsigned numJoined = product.getJoined().size();
  // What each vector of columns has joined, one output after the other.
  SmallVector<Values> joined(block.vectors);
  for (int64_t v = 0; v < block.vectors; ++v)
    for (unsigned output = 0; output < numJoined; ++output)
      joined[v].push_back(loadInput(numInputs + numMatrices + output, 0, v));
  // What updates goes down the columns of a vector: a load right behind the
  // store before it in its row, whose mask reaches into it, would wait for it.
  int64_t inner = product.getUpdates() ? block.rows : block.vectors;
  for (int64_t outer = 0; outer < block.rows * block.vectors / inner; ++outer)
    for (int64_t turn = 0; turn < inner; ++turn) {
      int64_t i = product.getUpdates() ? turn : outer;
      int64_t v = product.getUpdates() ? outer : turn;
      Value sum = sums[i * block.vectors + v];
      // Parts are added up as wholes: the error of one long chain would grow
      // with its length.
      if (adds && windows)
        sum = arith::AddFOp::create(builder, loc, loadOutput(i, v), sum);
      Values arguments{sum};
      for (unsigned input = 0; input < numInputs; ++input)
        arguments.push_back(loadInput(input, i, v));
      for (unsigned output = 0; product.getUpdates() && output < numMatrices;
           ++output)
        arguments.push_back(loadInput(numInputs + output, i, v));
      arguments.append(joined[v]);
      Values results =
          vectorizeBody(builder, product.getBlock(), arguments, getLanes());
      joined[v].assign(results.begin() + numMatrices, results.end());
      results.resize(numMatrices);
      storeOutputs(i, v, results);
    }
  for (int64_t v = 0; v < block.vectors; ++v)
    for (unsigned output = 0; output < numJoined; ++output)
      storeOutput(numMatrices + output, 0, v, joined[v][output]);
}

void ProductBuilder::build() {
  // Rows of panels and windows lie at known distances, which need no registers.
  Value distance = product.isLeftInPanels()
                       ? index(kernel::ProductOp::panelWidth)
                       : getArgument(ARow);
  for (int64_t i = 0; i < block.rows; ++i)
    rowOffsets.push_back(
        windows ? index(windows->rows[i])
                : add(getArgument(AOffset), multiply(index(i), distance)));
  if (masked)
    buildMask();
  storeBlock(buildSum());
  func::ReturnOp::create(builder, loc);
}

} // namespace gradc

//===- ProductLoops.cpp - Loops around the micro-kernels ------------------===//

#include "ProductLoops.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;

namespace gradc {

static ArrayRef<int64_t> getShape(Value value) {
  return cast<ShapedType>(value.getType()).getShape();
}

ProductLoops::ProductLoops(kernel::ProductOp op, MicroKernels &kernels,
                           const Registers &registers, bool sharesWork)
    : op(op), kernels(kernels), builder(op), loc(op.getLoc()),
      element(op.getBlock().getArgument(0).getType()),
      lanes(MicroKernels::getLanes(element)), rows(op.getRows()),
      columns(op.getColumns()), depth(op.getDepth()),
      block(chooseRegisterBlock(rows, countVectors(), registers)),
      sharesWork(sharesWork && paysToShare(rows * columns * depth, 0)) {
  int64_t bytes = element.getIntOrFloatBitWidth() / 8;
  rowsInside = runsRowsInside(rows * depth, columns * depth);
  // Where each panel is read by one row of blocks only, packing reads as often;
  // where a block has all columns, it reads whole rows one after the other.
  packsRight = !isRightInPanels() && rows > block.rows &&
               columns > block.vectors * lanes &&
               !staysInCache(depth * block.vectors, columns * bytes);
  packsLeft = op.getTransposed() && columns > block.vectors * lanes &&
              rows >= lanes && !staysInCache(depth, rows * bytes);
  if (packsLeft || op.isLeftInPanels())
    block = chooseInPanels(block);
  if (hasWindows())
    chooseWindowBlock(registers);
  choosePartDepth();
}

Value ProductLoops::index(int64_t value) {
  return arith::ConstantIndexOp::create(builder, loc, value);
}
Value ProductLoops::add(Value x, Value y) {
  return arith::AddIOp::create(builder, loc, x, y);
}
Value ProductLoops::multiply(Value x, int64_t y) {
  return arith::MulIOp::create(builder, loc, x, index(y));
}

/// The whole of a buffer as the kernels take it.
Value ProductLoops::flatten(Value memory) {
  MemRefType type = MicroKernels::getMemoryType(
      cast<MemRefType>(memory.getType()).getElementType());
  SmallVector<OpFoldResult> sizes{builder.getIndexAttr(type.getDimSize(0))};
  return memref::ReinterpretCastOp::create(
      builder, loc, type, memory, builder.getIndexAttr(0), sizes,
      ArrayRef<OpFoldResult>{builder.getIndexAttr(1)});
}

std::string ProductLoops::getName() {
  std::string name = "product_" + std::to_string(rows) + "x" +
                     std::to_string(columns) + "x" + std::to_string(depth);
  if (op.getTransposed())
    name += "_transposed";
  if (hasWindows())
    name += kernels.getWindowsName(*op.getWindows());
  if (op.isLeftInPanels())
    name += "_left_panels";
  if (isRightInPanels())
    name += "_right_panels";
  for (auto [index, output] : llvm::enumerate(op.getOutputs()))
    if (kernel::isInPanels(output.getType()))
      name += "_out_panels" + (index ? std::to_string(index) : "");
  return name + kernels.getFormulaName(op) + "_" +
         MicroKernels::getTypeName(element);
}

/// Room for the factors that are packed: the left one, the right one.
ProductLoops::Values ProductLoops::getScratch() {
  Values scratch;
  auto allocate = [&](int64_t vectors) {
    auto type = MemRefType::get({depth * vectors * lanes}, element);
    Value memory = memref::AllocOp::create(builder, loc, type,
                                           builder.getI64IntegerAttr(64));
    scratch.push_back(flatten(memory));
  };
  if (packsLeft)
    allocate((rows + lanes - 1) / lanes);
  if (packsRight)
    allocate(countVectors());
  return scratch;
}

/// The function of all products that do the same: f(operands, scratch).
func::FuncOp ProductLoops::getFunction(ValueRange arguments) {
  ModuleOp module = op->getParentOfType<ModuleOp>();
  std::string name = getName();
  if (auto known = module.lookupSymbol<func::FuncOp>(name))
    return known;
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToEnd(module.getBody());
  function = func::FuncOp::create(
      builder, loc, name, builder.getFunctionType(arguments.getTypes(), {}));
  function.setPrivate();
  function.setNoInline(true);
  builder.setInsertionPointToStart(function.addEntryBlock());
  emitBody();
  func::ReturnOp::create(builder, loc);
  return function;
}

/// A loop from 0; its turns may run on several threads.
void ProductLoops::emitLoop(int64_t end, int64_t step, bool isShared,
                            llvm::function_ref<void(Value)> body) {
  OpBuilder::InsertionGuard guard(builder);
  Values bounds{index(0), index(end), index(step)};
  if (isShared) {
    auto loop =
        scf::ParallelOp::create(builder, loc, bounds[0], bounds[1], bounds[2]);
    builder.setInsertionPointToStart(loop.getBody());
    body(loop.getInductionVars()[0]);
  } else {
    auto loop =
        scf::ForOp::create(builder, loc, bounds[0], bounds[1], bounds[2]);
    builder.setInsertionPointToStart(loop.getBody());
    body(loop.getInductionVar());
  }
}

void ProductLoops::emitBody() {
  part.depth = depth;
  packFactors();
  if (hasWindows())
    emitWindowParts();
  else
    emitParts();
}

void ProductLoops::emitBlocks() {
  // Threads must not join the same columns, and none but in the rows' order.
  // Otherwise they take rows where all columns are one stretch.
  bool joins = !op.getJoined().empty();
  bool isOneStretch = columns <= block.vectors * lanes;
  if (sharesWork && (joins || isOneStretch) ? joins : rowsInside)
    forEachColumns(sharesWork, [&](const Columns &stretch) {
      forEachRows(false, [&](Rows rows) { emitBlock(rows, stretch); });
    });
  else
    forEachRows(sharesWork, [&](Rows rows) {
      forEachColumns(false,
                     [&](const Columns &stretch) { emitBlock(rows, stretch); });
    });
}

/// Whole stretches in a loop, then what is left.
void ProductLoops::forEachColumns(
    bool isShared, llvm::function_ref<void(const Columns &)> body) {
  int64_t width = block.vectors * lanes;
  int64_t whole = columns - columns % width;
  if (whole > 0)
    emitLoop(whole, width, isShared, [&](Value first) {
      body({first, index(width), block.vectors, false});
    });
  // Panels have no part of a vector.
  if (int64_t left = columns - whole)
    body({index(whole), index(left), (left + lanes - 1) / lanes,
          left % lanes != 0});
}

/// The last block overlaps the one before it where the rows do not divide: it
/// writes the same values again. It is smaller where it joins columns, or reads
/// what it writes.
void ProductLoops::forEachRows(bool isShared,
                               llvm::function_ref<void(Rows)> body) {
  if (hasWindows())
    return forEachWindow(0, {index(0), part.window}, isShared, body);
  int64_t whole = rows - rows % block.rows;
  emitLoop(whole, block.rows, isShared,
           [&](Value first) { body({first, Value()}); });
  if (whole == rows)
    return;
  if (op.getRead().empty())
    return body({index(rows - block.rows), Value()});
  int64_t height = std::exchange(block.rows, rows - whole);
  body({index(whole), Value()});
  block.rows = height;
}

/// Memory, offset, row, depth (or panel).
void ProductLoops::addLeft(Rows rows, Values &arguments) {
  int64_t panel = kernel::ProductOp::panelWidth;
  Value memory = function.getArgument(0), row = rows.first, offset;
  int64_t rowStride, depthStride;
  if (hasWindows()) {
    offset = rows.window;
    rowStride = depthStride = 0;
  } else if (packsLeft) {
    memory = function.getArgument(op->getNumOperands());
    Value strip = arith::DivUIOp::create(builder, loc, row, index(lanes));
    Value lane = arith::RemUIOp::create(builder, loc, row, index(lanes));
    offset = add(multiply(strip, depth * lanes), lane);
    rowStride = 1;
    depthStride = lanes;
  } else if (op.isLeftInPanels()) {
    offset = multiply(row, panel);
    rowStride = panel;
    depthStride = this->rows * panel;
  } else if (op.getTransposed()) {
    offset = advance(row, this->rows);
    rowStride = 1;
    depthStride = this->rows;
  } else {
    offset = advance(multiply(row, depth), 1);
    rowStride = depth;
    depthStride = 1;
  }
  arguments.append({memory, offset, index(rowStride), index(depthStride)});
}

/// Memory, offset, depth, vector.
void ProductLoops::addRight(const Columns &stretch, Values &arguments) {
  if (packsRight || isRightInPanels()) {
    Value memory =
        packsRight ? function.getArguments().back() : function.getArgument(1);
    Value offset = advance(multiply(stretch.first, depth), lanes);
    arguments.append({memory, offset, index(lanes), index(depth * lanes)});
    return;
  }
  Value offset = advance(stretch.first, columns);
  arguments.append(
      {function.getArgument(1), offset, index(columns), index(lanes)});
}

/// Memory, offset, row, vector of each input and output.
void ProductLoops::addOperands(Value row, const Columns &stretch,
                               Values &arguments) {
  int64_t panel = kernel::ProductOp::panelWidth;
  for (unsigned i = 2; i < op->getNumOperands(); ++i) {
    Value memory = function.getArgument(i);
    switch (getShape(op->getOperand(i)).size()) {
    case 0:
      arguments.append({memory, index(0), index(0), index(0)});
      break;
    case 1:
      arguments.append({memory, stretch.first, index(0), index(lanes)});
      break;
    case 2:
      arguments.append({memory, add(multiply(row, columns), stretch.first),
                        index(columns), index(lanes)});
      break;
    default:
      arguments.append(
          {memory, add(multiply(stretch.first, rows), multiply(row, panel)),
           index(panel), index(panel * rows)});
    }
  }
}

void ProductLoops::emitBlock(Rows rows, const Columns &stretch) {
  const WindowBlock *windows = hasWindows() ? &part.loops : nullptr;
  int64_t height = windows ? windows->rows.size() : block.rows;
  func::FuncOp product = kernels.getProduct(op, {height, stretch.vectors},
                                            stretch.masked, windows, part.adds);
  Values arguments;
  addLeft(rows, arguments);
  addRight(stretch, arguments);
  arguments.append({index(part.depth), stretch.number});
  addOperands(rows.first, stretch, arguments);
  func::CallOp::create(builder, loc, product, arguments);
}

void ProductLoops::emit() {
  Values arguments;
  for (Value operand : op->getOperands())
    arguments.push_back(flatten(operand));
  arguments.append(getScratch());
  func::FuncOp callee = getFunction(arguments);
  func::CallOp::create(builder, loc, callee, arguments);
}

} // namespace gradc

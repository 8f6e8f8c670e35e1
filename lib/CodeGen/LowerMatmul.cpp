//===- LowerMatmul.cpp - Products as loops around micro-kernels -----------===//

#include "MicroKernels.h"
#include "gradc/CodeGen/Passes.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "mlir/Interfaces/ViewLikeInterface.h"

using namespace mlir;

namespace gradc {
#define GEN_PASS_DEF_LOWERMATMUL
#include "gradc/CodeGen/Passes.h.inc"

/// Whether two buffers may share memory. Allocations and arguments are apart,
/// and so are views of one block at different places: `place-state` and
/// `plan-memory` make no others.
static bool mayAlias(Value a, Value b) {
  auto strip = [](Value value) {
    while (auto view = value.getDefiningOp<ViewLikeOpInterface>()) {
      if (isa<memref::ViewOp>(view))
        break;
      value = view.getViewSource();
    }
    return value;
  };
  a = strip(a);
  b = strip(b);
  auto viewA = a.getDefiningOp<memref::ViewOp>();
  auto viewB = b.getDefiningOp<memref::ViewOp>();
  if (!viewA || !viewB) {
    // A view shares memory with its whole block.
    Value blockA = viewA ? strip(viewA.getSource()) : a;
    Value blockB = viewB ? strip(viewB.getSource()) : b;
    return blockA == blockB;
  }
  if (viewA.getSource() != viewB.getSource())
    return false;
  auto placeA = getConstantIntValue(viewA.getByteShift());
  auto placeB = getConstantIntValue(viewB.getByteShift());
  return !placeA || !placeB || *placeA == *placeB;
}

/// The `linalg.fill` that makes `memory` zero for `op`, if nothing stands
/// between that may touch it.
static linalg::FillOp findZeroFill(Operation *op, Value memory) {
  for (Operation *before = op->getPrevNode(); before;
       before = before->getPrevNode()) {
    if (isMemoryEffectFree(before))
      continue;
    auto fill = dyn_cast<linalg::FillOp>(before);
    if (fill && fill.getOutputs()[0] == memory)
      return matchPattern(fill.getInputs()[0], m_AnyZeroFloat())
                 ? fill
                 : linalg::FillOp();
    // Only the operands of an op without inner effects say what it touches.
    bool touches = llvm::any_of(before->getOperands(), [&](Value operand) {
      return isa<MemRefType>(operand.getType()) && mayAlias(operand, memory);
    });
    bool isKnown =
        before->getNumRegions() == 0 || isa<linalg::LinalgOp>(before);
    if (touches || !isKnown)
      return {};
  }
  return {};
}

namespace {
/// Emits the loops of one product.
class ProductEmitter {
public:
  ProductEmitter(linalg::MatmulOp op, const Registers &registers)
      : op(op), builder(op), loc(op.getLoc()),
        kernels(op->getParentOfType<ModuleOp>(),
                getElementTypeOrSelf(op.getOutputs()[0].getType())),
        registers(registers) {}

  LogicalResult emit();

private:
  linalg::MatmulOp op;
  OpBuilder builder;
  Location loc;
  MicroKernels kernels;
  const Registers &registers;
  int64_t rows, columns, depth;
  /// Distances in the left factor from row to row and along the sum, in the
  /// right one along the sum and from column to column.
  int64_t aRow, aDepth, bDepth, bColumn;
  Value a, b, c;
  RegisterBlock block;

  Value index(int64_t value) {
    return arith::ConstantIndexOp::create(builder, loc, value);
  }
  Value multiply(Value x, int64_t y) {
    return arith::MulIOp::create(builder, loc, x, index(y));
  }
  bool describe();
  Value flatten(Value memory);
  func::FuncOp getFunction(bool packs);
  void emitPanels(Value panel);
  void emitPanel(Value column, Value numColumns, Value panel);
  void emitBlock(Value row, Value column, Value numColumns, Value panel);
};
} // namespace

/// The whole of a buffer as the kernels take it.
Value ProductEmitter::flatten(Value memory) {
  SmallVector<OpFoldResult> sizes{
      builder.getIndexAttr(kernels.getMemoryType().getDimSize(0))};
  return memref::ReinterpretCastOp::create(
      builder, loc, kernels.getMemoryType(), memory, builder.getIndexAttr(0),
      sizes, ArrayRef<OpFoldResult>{builder.getIndexAttr(1)});
}

/// Reads shapes and distances off the operands and the maps.
bool ProductEmitter::describe() {
  for (Value operand : op->getOperands()) {
    auto type = cast<MemRefType>(operand.getType());
    if (type.getRank() != 2 || !type.hasStaticShape() ||
        !type.getLayout().isIdentity() ||
        !isa<FloatType>(type.getElementType()))
      return false;
  }
  auto maps = op.getIndexingMapsArray();
  auto shape = [&](unsigned i) {
    return cast<MemRefType>(op->getOperand(i).getType()).getShape();
  };
  bool transposedA = maps[0].getDimPosition(0) == 2;
  bool transposedB = maps[1].getDimPosition(0) == 1;
  rows = shape(2)[0];
  columns = shape(2)[1];
  depth = shape(0)[transposedA ? 0 : 1];
  aRow = transposedA ? 1 : shape(0)[1];
  aDepth = transposedA ? shape(0)[1] : 1;
  bDepth = transposedB ? 1 : shape(1)[1];
  bColumn = transposedB ? shape(1)[1] : 1;
  return true;
}

void ProductEmitter::emitBlock(Value row, Value column, Value numColumns,
                               Value panel) {
  func::FuncOp product = kernels.getProduct(block, !panel);
  int64_t width = block.vectors * kernels.getLanes();
  Value cOffset =
      arith::AddIOp::create(builder, loc, multiply(row, columns), column);
  SmallVector<Value> arguments{a,
                               multiply(row, aRow),
                               index(aRow),
                               index(aDepth),
                               panel ? panel : b,
                               panel ? index(0) : column,
                               panel ? index(width) : index(bDepth),
                               c,
                               cOffset,
                               index(columns),
                               index(depth),
                               numColumns};
  func::CallOp::create(builder, loc, product, arguments);
}

/// All blocks of some columns. The last one overlaps the one before it where
/// the rows do not divide: it writes the same values again.
void ProductEmitter::emitPanel(Value column, Value numColumns, Value panel) {
  if (panel) {
    func::FuncOp packing = kernels.getPacking(block.vectors, bColumn == 1);
    SmallVector<Value> arguments{b,
                                 multiply(column, bColumn),
                                 index(bDepth),
                                 index(bColumn),
                                 panel,
                                 index(depth),
                                 numColumns};
    func::CallOp::create(builder, loc, packing, arguments);
  }
  int64_t whole = rows - rows % block.rows;
  auto forOp = scf::ForOp::create(builder, loc, index(0), index(whole),
                                  index(block.rows));
  {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(forOp.getBody());
    emitBlock(forOp.getInductionVar(), column, numColumns, panel);
  }
  if (whole < rows)
    emitBlock(index(rows - block.rows), column, numColumns, panel);
}

/// The function of all products of these shapes: f(a, b, c, panel).
func::FuncOp ProductEmitter::getFunction(bool packs) {
  ModuleOp module = op->getParentOfType<ModuleOp>();
  std::string name =
      "matmul_" + std::to_string(rows) + "x" + std::to_string(columns) + "x" +
      std::to_string(depth) + (aDepth == 1 ? "" : "_left_transposed") +
      (bColumn == 1 ? "" : "_right_transposed") + "_" + kernels.getTypeName();
  if (auto function = module.lookupSymbol<func::FuncOp>(name))
    return function;
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToEnd(module.getBody());
  SmallVector<Type> types(packs ? 4 : 3, kernels.getMemoryType());
  auto function = func::FuncOp::create(builder, loc, name,
                                       builder.getFunctionType(types, {}));
  function.setPrivate();
  function.setNoInline(true);
  Block *body = function.addEntryBlock();
  builder.setInsertionPointToStart(body);
  a = body->getArgument(0);
  b = body->getArgument(1);
  c = body->getArgument(2);
  emitPanels(packs ? body->getArgument(3) : Value());
  builder.setInsertionPointToEnd(body);
  func::ReturnOp::create(builder, loc);
  return function;
}

void ProductEmitter::emitPanels(Value panel) {
  int64_t width = block.vectors * kernels.getLanes();
  auto forOp =
      scf::ForOp::create(builder, loc, index(0), index(columns), index(width));
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(forOp.getBody());
  Value column = forOp.getInductionVar();
  Value left = arith::SubIOp::create(builder, loc, index(columns), column);
  Value numColumns = arith::MinSIOp::create(builder, loc, left, index(width));
  emitPanel(column, numColumns, panel);
}

LogicalResult ProductEmitter::emit() {
  linalg::FillOp fill = findZeroFill(op, op.getOutputs()[0]);
  bool readsOutput = llvm::any_of(op.getInputs(), [&](Value input) {
    return mayAlias(input, op.getOutputs()[0]);
  });
  if (!fill || readsOutput || !describe())
    return failure();
  block = chooseRegisterBlock(rows, registers);
  // Packing pays where a panel is read more than once; a transposed factor must
  // be packed in any case.
  bool packs = rows > block.rows || bColumn != 1;
  func::FuncOp function = getFunction(packs);
  SmallVector<Value> arguments;
  for (Value operand : op->getOperands())
    arguments.push_back(flatten(operand));
  if (packs) {
    int64_t width = block.vectors * kernels.getLanes();
    auto type = MemRefType::get({depth * width},
                                kernels.getMemoryType().getElementType());
    arguments.push_back(flatten(memref::AllocOp::create(builder, loc, type)));
  }
  func::CallOp::create(builder, loc, function, arguments);
  fill.erase();
  op.erase();
  return success();
}

namespace {
struct LowerMatmulPass : impl::LowerMatmulBase<LowerMatmulPass> {
  using Base::Base;

  void runOnOperation() override {
    Registers target{registers, registerBytes};
    SmallVector<linalg::MatmulOp> products;
    getOperation().walk([&](linalg::MatmulOp op) {
      if (op.hasPureBufferSemantics())
        products.push_back(op);
    });
    for (linalg::MatmulOp op : products)
      if (failed(ProductEmitter(op, target).emit())) {
        op.emitOpError("must be a product of whole static matrices, added to "
                       "zero");
        return signalPassFailure();
      }
  }
};
} // namespace
} // namespace gradc

//===- MicroKernels.cpp - Functions shared by all products ----------------===//

#include "MicroKernels.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;

namespace gradc {

/// Larger than any buffer: the size of a flat buffer means nothing.
static constexpr int64_t anySize = int64_t(1) << 40;

MicroKernels::MicroKernels(ModuleOp module, Type element)
    : module(module), element(element),
      lanes(512 / element.getIntOrFloatBitWidth()),
      memory(MemRefType::get({anySize}, element)) {}

std::string MicroKernels::getTypeName() const {
  return "f" + std::to_string(element.getIntOrFloatBitWidth());
}

func::FuncOp MicroKernels::create(StringRef name, ArrayRef<Type> types) {
  OpBuilder builder = OpBuilder::atBlockEnd(module.getBody());
  auto function = func::FuncOp::create(builder, module.getLoc(), name,
                                       builder.getFunctionType(types, {}));
  function.setPrivate();
  function.setNoInline(true);
  function.addEntryBlock();
  return function;
}

namespace {
/// The values of one product kernel while it is built.
struct ProductBuilder {
  OpBuilder builder;
  Location loc;
  RegisterBlock block;
  VectorType vectorType;
  bool masked;
  Value a, aDepth, b, bOffset, bDepth, depth, columns;
  SmallVector<Value> rowOffsets; ///< of the left factor
  SmallVector<Value> masks;      ///< of each vector of a row

  int64_t getLanes() const { return vectorType.getDimSize(0); }
  Value index(int64_t value) {
    return arith::ConstantIndexOp::create(builder, loc, value);
  }
  Value add(Value x, Value y) {
    return arith::AddIOp::create(builder, loc, x, y);
  }
  Value multiply(Value x, Value y) {
    return arith::MulIOp::create(builder, loc, x, y);
  }

  void buildMasks();
  SmallVector<Value> loadRow(Value k);
  SmallVector<Value> addStep(Value k, ValueRange sums);
  SmallVector<Value> buildSum();
  void storeBlock(Value c, Value cOffset, Value cRow, ArrayRef<Value> sums);
};
} // namespace

void ProductBuilder::buildMasks() {
  auto type = VectorType::get({getLanes()}, builder.getI1Type());
  for (int64_t v = 0; v < block.vectors; ++v) {
    // A negative count would mean all lanes.
    Value left =
        arith::SubIOp::create(builder, loc, columns, index(v * getLanes()));
    left = arith::MaxSIOp::create(builder, loc, left, index(0));
    masks.push_back(
        vector::CreateMaskOp::create(builder, loc, type, ValueRange{left}));
  }
}

SmallVector<Value> ProductBuilder::loadRow(Value k) {
  Value start = add(bOffset, multiply(k, bDepth));
  SmallVector<Value> row;
  for (int64_t v = 0; v < block.vectors; ++v) {
    Value at = add(start, index(v * getLanes()));
    if (!masked) {
      row.push_back(
          vector::LoadOp::create(builder, loc, vectorType, b, ValueRange{at}));
      continue;
    }
    Value zero = arith::ConstantOp::create(builder, loc,
                                           builder.getZeroAttr(vectorType));
    row.push_back(vector::MaskedLoadOp::create(builder, loc, vectorType, b,
                                               ValueRange{at}, masks[v], zero));
  }
  return row;
}

SmallVector<Value> ProductBuilder::addStep(Value k, ValueRange sums) {
  SmallVector<Value> row = loadRow(k), next;
  Value aStart = multiply(k, aDepth);
  for (int64_t i = 0; i < block.rows; ++i) {
    Value element = memref::LoadOp::create(
        builder, loc, a, ValueRange{add(rowOffsets[i], aStart)});
    Value spread =
        vector::BroadcastOp::create(builder, loc, vectorType, element);
    for (int64_t v = 0; v < block.vectors; ++v)
      next.push_back(vector::FMAOp::create(builder, loc, spread, row[v],
                                           sums[i * block.vectors + v]));
  }
  return next;
}

/// The sums of the block, kept in registers from the first to the last step.
SmallVector<Value> ProductBuilder::buildSum() {
  Value zero =
      arith::ConstantOp::create(builder, loc, builder.getZeroAttr(vectorType));
  SmallVector<Value> sums(block.rows * block.vectors, zero);
  auto forOp =
      scf::ForOp::create(builder, loc, index(0), depth, index(1), sums);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(forOp.getBody());
  SmallVector<Value> next =
      addStep(forOp.getInductionVar(), forOp.getRegionIterArgs());
  scf::YieldOp::create(builder, loc, next);
  return forOp.getResults();
}

void ProductBuilder::storeBlock(Value c, Value cOffset, Value cRow,
                                ArrayRef<Value> sums) {
  Value isWhole =
      arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::eq, columns,
                            index(block.vectors * getLanes()));
  auto branch = scf::IfOp::create(builder, loc, isWhole, /*withElse=*/true);
  for (bool whole : {true, false}) {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(whole ? branch.thenBlock()
                                           : branch.elseBlock());
    for (int64_t i = 0; i < block.rows; ++i) {
      Value row = add(cOffset, multiply(index(i), cRow));
      for (int64_t v = 0; v < block.vectors; ++v) {
        Value at = add(row, index(v * getLanes()));
        Value sum = sums[i * block.vectors + v];
        if (whole)
          vector::StoreOp::create(builder, loc, sum, c, ValueRange{at});
        else
          vector::MaskedStoreOp::create(builder, loc, c, ValueRange{at},
                                        masks[v], sum);
      }
    }
  }
}

func::FuncOp MicroKernels::getProduct(RegisterBlock block, bool masked) {
  std::string name = "product_" + std::to_string(block.rows) + "x" +
                     std::to_string(block.vectors * lanes) +
                     (masked ? "_masked_" : "_") + getTypeName();
  if (auto function = module.lookupSymbol<func::FuncOp>(name))
    return function;
  Type index = IndexType::get(module.getContext());
  auto function = create(name, {memory, index, index, index, memory, index,
                                index, memory, index, index, index, index});
  auto arguments = function.getArguments();
  ProductBuilder product{OpBuilder::atBlockBegin(&function.front()),
                         module.getLoc(),
                         block,
                         VectorType::get({lanes}, element),
                         masked,
                         arguments[0],
                         arguments[3],
                         arguments[4],
                         arguments[5],
                         arguments[6],
                         arguments[10],
                         arguments[11],
                         {},
                         {}};
  Value offset = arguments[1];
  for (int64_t i = 0; i < block.rows; ++i) {
    product.rowOffsets.push_back(offset);
    offset = product.add(offset, arguments[2]);
  }
  product.buildMasks();
  SmallVector<Value> sums = product.buildSum();
  product.storeBlock(arguments[7], arguments[8], arguments[9], sums);
  func::ReturnOp::create(product.builder, product.loc);
  return function;
}

/// Copies whole rows of the panel: the source is contiguous along the columns.
static void packRows(OpBuilder &builder, Location loc, ValueRange arguments,
                     VectorType vectorType, int64_t vectors) {
  int64_t lanes = vectorType.getDimSize(0);
  auto index = [&](int64_t value) -> Value {
    return arith::ConstantIndexOp::create(builder, loc, value);
  };
  Value zero =
      arith::ConstantOp::create(builder, loc, builder.getZeroAttr(vectorType));
  auto maskType = VectorType::get({lanes}, builder.getI1Type());
  SmallVector<Value> masks;
  for (int64_t v = 0; v < vectors; ++v) {
    Value left =
        arith::SubIOp::create(builder, loc, arguments[6], index(v * lanes));
    left = arith::MaxSIOp::create(builder, loc, left, index(0));
    masks.push_back(
        vector::CreateMaskOp::create(builder, loc, maskType, ValueRange{left}));
  }
  auto forOp =
      scf::ForOp::create(builder, loc, index(0), arguments[5], index(1));
  builder.setInsertionPointToStart(forOp.getBody());
  Value k = forOp.getInductionVar();
  Value from = arith::AddIOp::create(
      builder, loc, arguments[1],
      arith::MulIOp::create(builder, loc, k, arguments[2]));
  Value to = arith::MulIOp::create(builder, loc, k, index(vectors * lanes));
  for (int64_t v = 0; v < vectors; ++v) {
    Value step = index(v * lanes);
    Value source = arith::AddIOp::create(builder, loc, from, step);
    Value target = arith::AddIOp::create(builder, loc, to, step);
    Value row =
        vector::MaskedLoadOp::create(builder, loc, vectorType, arguments[0],
                                     ValueRange{source}, masks[v], zero);
    vector::StoreOp::create(builder, loc, row, arguments[4],
                            ValueRange{target});
  }
  builder.setInsertionPointAfter(forOp);
}

/// Copies element by element: the source is strided along the columns.
static void packElements(OpBuilder &builder, Location loc, ValueRange arguments,
                         Type element, int64_t width) {
  auto index = [&](int64_t value) -> Value {
    return arith::ConstantIndexOp::create(builder, loc, value);
  };
  auto columns =
      scf::ForOp::create(builder, loc, index(0), index(width), index(1));
  builder.setInsertionPointToStart(columns.getBody());
  Value j = columns.getInductionVar();
  Value isColumn = arith::CmpIOp::create(
      builder, loc, arith::CmpIPredicate::slt, j, arguments[6]);
  auto branch = scf::IfOp::create(builder, loc, isColumn, /*withElse=*/true);
  for (bool copies : {true, false}) {
    builder.setInsertionPointToStart(copies ? branch.thenBlock()
                                            : branch.elseBlock());
    auto rows =
        scf::ForOp::create(builder, loc, index(0), arguments[5], index(1));
    builder.setInsertionPointToStart(rows.getBody());
    Value k = rows.getInductionVar();
    Value target = arith::AddIOp::create(
        builder, loc, arith::MulIOp::create(builder, loc, k, index(width)), j);
    Value value =
        arith::ConstantOp::create(builder, loc, builder.getZeroAttr(element));
    if (copies) {
      Value source = arith::AddIOp::create(
          builder, loc, arguments[1],
          arith::AddIOp::create(
              builder, loc,
              arith::MulIOp::create(builder, loc, k, arguments[2]),
              arith::MulIOp::create(builder, loc, j, arguments[3])));
      value = memref::LoadOp::create(builder, loc, arguments[0],
                                     ValueRange{source});
    }
    memref::StoreOp::create(builder, loc, value, arguments[4],
                            ValueRange{target});
  }
  builder.setInsertionPointAfter(columns);
}

func::FuncOp MicroKernels::getPacking(int64_t vectors, bool contiguous) {
  std::string name = "pack_" + std::to_string(vectors * lanes) +
                     (contiguous ? "_rows_" : "_columns_") + getTypeName();
  if (auto function = module.lookupSymbol<func::FuncOp>(name))
    return function;
  Type index = IndexType::get(module.getContext());
  auto function =
      create(name, {memory, index, index, index, memory, index, index});
  OpBuilder builder = OpBuilder::atBlockBegin(&function.front());
  Location loc = module.getLoc();
  if (contiguous)
    packRows(builder, loc, function.getArguments(),
             VectorType::get({lanes}, element), vectors);
  else
    packElements(builder, loc, function.getArguments(), element,
                 vectors * lanes);
  func::ReturnOp::create(builder, loc);
  return function;
}

} // namespace gradc

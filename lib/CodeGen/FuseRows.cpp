//===- FuseRows.cpp - Run loops over the same rows a few at a time --------===//

#include "CostModel.h"
#include "RaiseOperands.h"
#include "RowGroups.h"
#include "gradc/CodeGen/Passes.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/PatternMatch.h"

using namespace mlir;

namespace gradc {
#define GEN_PASS_DEF_FUSEROWS
#include "gradc/CodeGen/Passes.h.inc"

/// The memory of all rows that the loops work on.
static llvm::SetVector<Value> collectMemory(ArrayRef<linalg::LinalgOp> loops) {
  llvm::SetVector<Value> memory;
  for (linalg::LinalgOp loop : loops)
    for (OpOperand &operand : loop->getOpOperands())
      if (liesInRows(operand))
        memory.insert(operand.get());
  return memory;
}

/// The bytes of a row of memory.
static int64_t getRowBytes(Value memory) {
  auto type = cast<MemRefType>(memory.getType());
  return type.getNumElements() / type.getDimSize(0) *
         llvm::divideCeil(type.getElementTypeBitWidth(), 8);
}

/// The bytes of all memory that a row of the loops works on.
static int64_t getRowBytes(ArrayRef<linalg::LinalgOp> loops) {
  int64_t bytes = 0;
  for (Value memory : collectMemory(loops))
    bytes += getRowBytes(memory);
  return bytes;
}

/// How many rows the loops take at a time; 0 where that does not pay.
static int64_t chooseRows(const RowGroup &group) {
  int64_t bytes = getRowBytes(group.loops), touched = 0;
  for (linalg::LinalgOp loop : group.loops)
    touched += getRowBytes(ArrayRef(loop));
  return chooseRows(group.rows, bytes, touched - bytes);
}

/// The elements that all loops together go through.
static int64_t countTurns(ArrayRef<linalg::LinalgOp> loops) {
  int64_t all = 0;
  for (linalg::LinalgOp loop : loops) {
    int64_t turns = 1;
    for (int64_t size : loop.getStaticLoopRanges())
      turns *= size;
    all += turns;
  }
  return all;
}

/// Whether nobody but the loops uses the memory, which they get anew each time.
static bool isTemporary(Value memory, ArrayRef<linalg::LinalgOp> loops) {
  auto allocation = memory.getDefiningOp<memref::AllocOp>();
  return allocation && allocation->getBlock() == loops[0]->getBlock() &&
         llvm::all_of(memory.getUsers(), [&](Operation *user) {
           return llvm::is_contained(loops, user);
         });
}

namespace {
struct FuseRowsPass : impl::FuseRowsBase<FuseRowsPass> {
  using Base::Base;

  void runOnOperation() override {
    SmallVector<RowGroup> groups;
    getOperation()->walk<WalkOrder::PreOrder>([&](Operation *op) {
      if (isa<linalg::LinalgOp>(op))
        return WalkResult::skip();
      for (Region &region : op->getRegions())
        for (Block &block : region)
          groups.append(findRowGroups(block));
      return WalkResult::advance();
    });
    for (RowGroup &group : groups)
      if (int64_t rows = chooseRows(group))
        fuse(group, rows);
  }

private:
  /// Opens the loop over blocks of `rows` rows, and returns where one begins.
  Value openLoop(OpBuilder &builder, const RowGroup &group, int64_t rows) {
    Location loc = group.loops.front()->getLoc();
    auto index = [&](int64_t value) -> Value {
      return arith::ConstantIndexOp::create(builder, loc, value);
    };
    Value zero = index(0), end = index(group.rows), step = index(rows);
    if (parallel && paysToShare(0, countTurns(group.loops))) {
      auto loop = scf::ParallelOp::create(builder, loc, zero, end, step);
      builder.setInsertionPointToStart(loop.getBody());
      return loop.getInductionVars()[0];
    }
    auto loop = scf::ForOp::create(builder, loc, zero, end, step);
    builder.setInsertionPointToStart(loop.getBody());
    return loop.getInductionVar();
  }

  /// The block of the memory's rows that begins with `first`.
  static Value cut(OpBuilder &builder, Location loc, Value memory, Value first,
                   int64_t rows) {
    auto type = cast<MemRefType>(memory.getType());
    SmallVector<OpFoldResult> offsets(type.getRank(), builder.getIndexAttr(0));
    SmallVector<OpFoldResult> sizes,
        strides(type.getRank(), builder.getIndexAttr(1));
    for (int64_t size : type.getShape())
      sizes.push_back(builder.getIndexAttr(size));
    offsets[0] = first;
    sizes[0] = builder.getIndexAttr(rows);
    return memref::SubViewOp::create(builder, loc, memory, offsets, sizes,
                                     strides);
  }

  /// A body that asks for the number of its row asks for that among all.
  static void offsetRow(linalg::LinalgOp loop, Value first) {
    loop.getBlock()->walk([&](linalg::IndexOp index) {
      if (index.getDim() != 0)
        return;
      OpBuilder builder(index->getContext());
      builder.setInsertionPointAfter(index);
      auto row = arith::AddIOp::create(builder, index.getLoc(), index, first);
      index.getResult().replaceAllUsesExcept(row, row);
    });
  }

  /// What the loops work on in place of `memory` in one turn: a block of its
  /// rows, or memory for a block that the next turn uses again. Each thread has
  /// such memory on its stack, if that has room.
  static Value findPart(OpBuilder &builder, const RowGroup &group, Value memory,
                        Value first, int64_t rows) {
    Location loc = group.loops.front()->getLoc();
    constexpr int64_t mostOnStack = 1 << 20;
    bool isShared =
        isa<scf::ParallelOp>(builder.getInsertionBlock()->getParentOp());
    if (!isTemporary(memory, group.loops) ||
        (isShared && rows * getRowBytes(group.loops) > mostOnStack))
      return cut(builder, loc, memory, first, rows);
    auto type = cast<MemRefType>(memory.getType());
    SmallVector<int64_t> shape(type.getShape());
    shape[0] = rows;
    auto block = MemRefType::get(shape, type.getElementType());
    auto alignment = memory.getDefiningOp<memref::AllocOp>().getAlignmentAttr();
    if (isShared)
      return memref::AllocaOp::create(builder, loc, block, alignment);
    OpBuilder outside(builder.getInsertionBlock()->getParentOp());
    return memref::AllocOp::create(outside, loc, block, alignment);
  }

  void fuse(const RowGroup &group, int64_t rows) {
    // Allocations and views of all loops come before the first one.
    for (linalg::LinalgOp loop : group.loops)
      raiseOperands(loop, group.loops.front());
    OpBuilder builder(group.loops.front());
    Value first = openLoop(builder, group, rows);
    llvm::SetVector<Value> all = collectMemory(group.loops);
    llvm::DenseMap<Value, Value> parts;
    for (Value memory : all)
      parts[memory] = findPart(builder, group, memory, first, rows);
    for (linalg::LinalgOp loop : group.loops) {
      auto block = cast<linalg::LinalgOp>(builder.clone(*loop));
      for (OpOperand &operand : block->getOpOperands())
        if (liesInRows(operand))
          operand.set(parts.lookup(operand.get()));
      offsetRow(block, first);
    }
    for (linalg::LinalgOp loop : group.loops)
      loop->erase();
    for (Value memory : all)
      if (memory.use_empty() && memory.getDefiningOp<memref::AllocOp>())
        memory.getDefiningOp()->erase();
  }
};
} // namespace
} // namespace gradc

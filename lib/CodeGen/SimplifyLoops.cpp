//===- SimplifyLoops.cpp - Generics with as few loops as can be -----------===//

#include "SimplifyLoops.h"
#include "CostModel.h"
#include "mlir/Analysis/FlatLinearValueConstraints.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"

using namespace mlir;

namespace gradc {

Value viewAs(OpBuilder &builder, Location loc, Value memory,
             ArrayRef<int64_t> shape) {
  auto type = MemRefType::get(shape, getElementTypeOrSelf(memory.getType()));
  if (memory.getType() == type)
    return memory;
  SmallVector<OpFoldResult> sizes, strides;
  int64_t stride = type.getNumElements();
  for (int64_t size : shape) {
    stride /= size;
    sizes.push_back(builder.getIndexAttr(size));
    strides.push_back(builder.getIndexAttr(stride));
  }
  return memref::ReinterpretCastOp::create(
      builder, loc, type, memory, builder.getIndexAttr(0), sizes, strides);
}

namespace {
/// Where an operand's element of a turn lies: a start, and for each loop the
/// distance from one turn to the next. A single number has no memory to walk.
struct Access {
  Value memory;
  bool isSingle = false;
  int64_t start = 0;
  SmallVector<int64_t> strides = {};
};

struct Loop {
  int64_t size;
  utils::IteratorType iterator;
};

class Simplifier {
public:
  Simplifier(RewriterBase &rewriter, linalg::GenericOp op, bool sharesWork)
      : rewriter(rewriter), op(op), sharesWork(sharesWork) {}
  linalg::GenericOp run();

private:
  RewriterBase &rewriter;
  linalg::GenericOp op;
  bool sharesWork;
  SmallVector<Loop> loops;
  SmallVector<Access> accesses;

  bool readAccess(Value operand, AffineMap map);
  void dropUnitLoops();
  void chooseInnermost();
  void joinLoops();
  void cutForThreads();
  void erase(unsigned loop);
  std::pair<Value, AffineMap> buildView(const Access &access);
  linalg::GenericOp rebuild();
};
} // namespace

/// Adds `expr` times `factor` to the access; fails where it is not linear.
static bool addLinear(Access &access, AffineExpr expr, int64_t factor) {
  unsigned numLoops = access.strides.size();
  SmallVector<int64_t> linear;
  if (failed(getFlattenedAffineExpr(expr, numLoops, 0, &linear)) ||
      linear.size() != numLoops + 1)
    return false;
  for (unsigned loop = 0; loop < numLoops; ++loop)
    access.strides[loop] += factor * linear[loop];
  access.start += factor * linear.back();
  return true;
}

bool Simplifier::readAccess(Value operand, AffineMap map) {
  auto type = dyn_cast<MemRefType>(operand.getType());
  Access access{operand, !type || type.getRank() == 0};
  access.strides.assign(loops.size(), 0);
  if (!access.isSingle) {
    SmallVector<int64_t> strides;
    int64_t offset;
    if (!type.hasStaticShape() ||
        failed(type.getStridesAndOffset(strides, offset)) ||
        ShapedType::isDynamic(offset) ||
        llvm::any_of(strides, ShapedType::isDynamic))
      return false;
    access.start = offset;
    for (auto [expr, stride] : llvm::zip_equal(map.getResults(), strides))
      if (!addLinear(access, expr, stride))
        return false;
  }
  accesses.push_back(std::move(access));
  return true;
}

void Simplifier::erase(unsigned loop) {
  loops.erase(loops.begin() + loop);
  for (Access &access : accesses)
    access.strides.erase(access.strides.begin() + loop);
}

void Simplifier::dropUnitLoops() {
  for (unsigned loop = loops.size(); loop-- > 0;)
    if (loops[loop].size == 1)
      erase(loop);
}

/// Vectors are loaded along the last loop: the fewer operands have their
/// elements apart there, the better.
void Simplifier::chooseInnermost() {
  auto countApart = [&](unsigned loop) {
    return llvm::count_if(accesses, [&](const Access &access) {
      return access.strides[loop] != 0 && access.strides[loop] != 1;
    });
  };
  if (loops.size() < 2)
    return;
  unsigned last = loops.size() - 1, best = last;
  for (unsigned loop = last; loop-- > 0;)
    if (countApart(loop) < countApart(best))
      best = loop;
  std::rotate(loops.begin() + best, loops.begin() + best + 1, loops.end());
  for (Access &access : accesses)
    std::rotate(access.strides.begin() + best,
                access.strides.begin() + best + 1, access.strides.end());
}

void Simplifier::joinLoops() {
  for (unsigned loop = loops.size(); loop-- > 1;) {
    Loop &outer = loops[loop - 1], &inner = loops[loop];
    bool isOne = llvm::all_of(accesses, [&](const Access &access) {
      return access.strides[loop - 1] == access.strides[loop] * inner.size;
    });
    if (!isOne || outer.iterator != inner.iterator)
      continue;
    outer.size *= inner.size;
    for (Access &access : accesses)
      access.strides[loop - 1] = access.strides[loop];
    erase(loop);
  }
}

/// One loop has no outer one for threads to share.
void Simplifier::cutForThreads() {
  if (!sharesWork || loops.size() != 1 ||
      loops[0].iterator != utils::IteratorType::parallel ||
      !paysToShare(0, loops[0].size))
    return;
  int64_t share = chooseShare(loops[0].size);
  if (!share)
    return;
  loops.insert(loops.begin(), {loops[0].size / share, loops[0].iterator});
  loops[1].size = share;
  for (Access &access : accesses)
    access.strides.insert(access.strides.begin(), access.strides[0] * share);
}

/// A view with a dimension for each loop that the operand uses.
std::pair<Value, AffineMap> Simplifier::buildView(const Access &access) {
  SmallVector<unsigned> order;
  for (unsigned loop = 0; loop < loops.size(); ++loop)
    if (access.strides[loop] != 0)
      order.push_back(loop);
  llvm::sort(order, [&](unsigned a, unsigned b) {
    int64_t first = std::abs(access.strides[a]);
    int64_t second = std::abs(access.strides[b]);
    return first != second ? first > second : a < b;
  });
  if (access.isSingle)
    order.clear();
  SmallVector<AffineExpr> exprs;
  SmallVector<int64_t> shape, strides;
  SmallVector<OpFoldResult> sizeValues, strideValues;
  for (unsigned loop : order) {
    exprs.push_back(rewriter.getAffineDimExpr(loop));
    shape.push_back(loops[loop].size);
    strides.push_back(access.strides[loop]);
    sizeValues.push_back(rewriter.getIndexAttr(shape.back()));
    strideValues.push_back(rewriter.getIndexAttr(strides.back()));
  }
  auto map = AffineMap::get(loops.size(), 0, exprs, rewriter.getContext());
  if (access.isSingle)
    return {access.memory, map};
  Type element = getElementTypeOrSelf(access.memory.getType());
  auto type = MemRefType::get(shape, element);
  SmallVector<int64_t> rowMajor;
  int64_t offset;
  bool isPlain = succeeded(type.getStridesAndOffset(rowMajor, offset)) &&
                 rowMajor == strides && access.start == 0;
  if (!isPlain)
    type = MemRefType::get(
        shape, element,
        StridedLayoutAttr::get(rewriter.getContext(), access.start, strides));
  if (access.memory.getType() == type)
    return {access.memory, map};
  Value view = memref::ReinterpretCastOp::create(
      rewriter, op.getLoc(), type, access.memory,
      rewriter.getIndexAttr(access.start), sizeValues, strideValues);
  return {view, map};
}

linalg::GenericOp Simplifier::rebuild() {
  rewriter.setInsertionPoint(op);
  SmallVector<Value> operands;
  SmallVector<AffineMap> maps;
  for (const Access &access : accesses) {
    auto [view, map] = buildView(access);
    operands.push_back(view);
    maps.push_back(map);
  }
  SmallVector<utils::IteratorType> iterators;
  for (const Loop &loop : loops)
    iterators.push_back(loop.iterator);
  unsigned numInputs = op.getNumDpsInputs();
  if (ValueRange(operands) == op->getOperands() &&
      maps == op.getIndexingMapsArray())
    return op;
  auto simple = linalg::GenericOp::create(
      rewriter, op.getLoc(), TypeRange(),
      ValueRange(operands).take_front(numInputs),
      ValueRange(operands).drop_front(numInputs), maps, iterators);
  rewriter.inlineRegionBefore(op.getRegion(), simple.getRegion(),
                              simple.getRegion().end());
  rewriter.eraseOp(op);
  return simple;
}

linalg::GenericOp Simplifier::run() {
  for (auto [size, iterator] :
       llvm::zip_equal(op.getStaticLoopRanges(), op.getIteratorTypesArray())) {
    if (ShapedType::isDynamic(size) || size == 0)
      return op;
    loops.push_back({size, iterator});
  }
  for (auto [operand, map] :
       llvm::zip_equal(op->getOperands(), op.getIndexingMapsArray()))
    if (!readAccess(operand, map))
      return op;
  // A body that asks for the number of a turn wants its own loops.
  if (!op.hasIndexSemantics()) {
    dropUnitLoops();
    chooseInnermost();
    joinLoops();
    cutForThreads();
  }
  return rebuild();
}

linalg::GenericOp simplifyLoops(RewriterBase &rewriter, linalg::GenericOp op,
                                bool sharesWork) {
  return Simplifier(rewriter, op, sharesWork).run();
}

} // namespace gradc

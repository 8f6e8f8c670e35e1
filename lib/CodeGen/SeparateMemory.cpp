//===- SeparateMemory.cpp - What memory cannot be the same ----------------===//

#include "SeparateMemory.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

using namespace mlir;

namespace gradc {

/// What a part or another shape of memory is made of; null for any other.
static Value findSource(Value memory) {
  Operation *definition = memory.getDefiningOp();
  bool isPart = isa_and_nonnull<memref::SubViewOp, memref::CastOp,
                                memref::CollapseShapeOp, memref::ExpandShapeOp,
                                memref::ReinterpretCastOp>(definition);
  return isPart ? definition->getOperand(0) : Value();
}

Value findRoot(Value memory) {
  while (Value source = findSource(memory))
    memory = source;
  return memory;
}

static bool isArgument(Value value) {
  auto argument = dyn_cast<BlockArgument>(value);
  return argument &&
         isa<FunctionOpInterface>(argument.getOwner()->getParentOp());
}

/// The bytes of a block that a view shows.
static std::optional<std::pair<int64_t, int64_t>>
getBytes(memref::ViewOp view) {
  std::optional<int64_t> begin = getConstantIntValue(view.getByteShift());
  if (!begin || !view.getType().hasStaticShape())
    return {};
  int64_t size = view.getType().getNumElements() *
                 llvm::divideCeil(view.getType().getElementTypeBitWidth(), 8);
  return std::make_pair(*begin, *begin + size);
}

static bool areRootsSeparate(Value a, Value b) {
  auto viewA = a.getDefiningOp<memref::ViewOp>();
  auto viewB = b.getDefiningOp<memref::ViewOp>();
  if (viewA && viewB && viewA.getSource() == viewB.getSource()) {
    auto bytesA = getBytes(viewA), bytesB = getBytes(viewB);
    return bytesA && bytesB &&
           (bytesA->second <= bytesB->first || bytesB->second <= bytesA->first);
  }
  Value blockA = viewA ? viewA.getSource() : a;
  Value blockB = viewB ? viewB.getSource() : b;
  bool isAllocated = blockA.getDefiningOp<memref::AllocOp>() ||
                     blockB.getDefiningOp<memref::AllocOp>();
  auto isKnown = [](Value block) {
    return isArgument(block) || block.getDefiningOp<memref::AllocOp>();
  };
  return blockA != blockB && isKnown(blockA) && isKnown(blockB) &&
         (isAllocated || (isArgument(blockA) && isArgument(blockB)));
}

/// Whether two parts of the same memory lie apart along some dimension.
static bool arePartsSeparate(memref::SubViewOp a, memref::SubViewOp b) {
  if (!a || !b || a.getSource() != b.getSource())
    return false;
  for (auto [offsetA, sizeA, strideA, offsetB, sizeB, strideB] :
       llvm::zip(a.getMixedOffsets(), a.getMixedSizes(), a.getMixedStrides(),
                 b.getMixedOffsets(), b.getMixedSizes(), b.getMixedStrides())) {
    std::optional<int64_t> beginA = getConstantIntValue(offsetA);
    std::optional<int64_t> beginB = getConstantIntValue(offsetB);
    std::optional<int64_t> countA = getConstantIntValue(sizeA);
    std::optional<int64_t> countB = getConstantIntValue(sizeB);
    if (!beginA || !beginB || !countA || !countB ||
        !isConstantIntValue(strideA, 1) || !isConstantIntValue(strideB, 1))
      continue;
    if (*beginA + *countA <= *beginB || *beginB + *countB <= *beginA)
      return true;
  }
  return false;
}

/// What a part is made of; null for another shape, which may reach beyond what
/// it is a shape of.
static Value findWhole(Value memory) {
  return memory.getDefiningOp<memref::ReinterpretCastOp>() ? Value()
                                                           : findSource(memory);
}

bool areSeparate(Value a, Value b) {
  Value rootA = findRoot(a), rootB = findRoot(b);
  if (rootA != rootB)
    return areRootsSeparate(rootA, rootB);
  for (Value partA = a; partA; partA = findWhole(partA))
    for (Value partB = b; partB; partB = findWhole(partB))
      if (arePartsSeparate(partA.getDefiningOp<memref::SubViewOp>(),
                           partB.getDefiningOp<memref::SubViewOp>()))
        return true;
  return false;
}

} // namespace gradc

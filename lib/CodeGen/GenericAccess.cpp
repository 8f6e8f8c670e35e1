//===- GenericAccess.cpp - Loads and stores of a generic's loops ----------===//

#include "GenericEmitter.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;

namespace gradc {

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

} // namespace gradc

//===- ScanFactors.cpp - What the forward loop can compute ahead ----------===//
//
// The way back multiplies gradients by numbers that are known on the way there:
// a slope, another gate. A chain of such ops is one multiplication by the
// product of their factors. The forward loop computes that product, where its
// parts are at hand, and keeps it instead of them: fewer stacks, and the loop
// back is left with multiplications.
//
//===----------------------------------------------------------------------===//

#include "ScanGradient.h"
#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace gradc;
using namespace gradc::nn;

bool ScanGradient::isForward(Value value) {
  return originals.contains(value) || factorOps.contains(value.getDefiningOp());
}

/// Whether nothing but one op reads the gradient.
bool ScanGradient::isReadOnce(Value gradient) {
  return gradient.hasOneUse() &&
         llvm::none_of(copy->getArguments(), [&](Value argument) {
           return gradients.lookup(argument) == gradient;
         });
}

void ScanGradient::replaceGradient(Value old, Value gradient) {
  old.replaceAllUsesWith(gradient);
  for (auto &[value, known] : gradients)
    if (known == old)
      known = gradient;
}

/// Writes an op that multiplies a gradient as a product with a factor of the
/// forward turn. Gradients that were written so before are in `products`.
void ScanGradient::formFactor(LinearOpInterface linear) {
  SmallVector<unsigned> others;
  for (OpOperand &operand : linear->getOpOperands())
    if (!isForward(operand.get()))
      others.push_back(operand.getOperandNumber());
  if (others.size() != 1 || linear->getNumOperands() < 2)
    return;
  OpBuilder inside(linear);
  Operation *before = linear->getPrevNode();
  Value gradient = linear->getOperand(others[0]);
  Value factor = linear.buildFactor(inside, others[0]);
  if (!factor)
    return;
  if (auto known = products.find(gradient);
      known != products.end() && isReadOnce(gradient)) {
    factor = MulOp::create(inside, loc, known->second.factor, factor);
    gradient = known->second.gradient;
  }
  Operation *next = before ? before->getNextNode() : &copy->front();
  for (; next != linear; next = next->getNextNode())
    factorOps.insert(next);
  Value product = MulOp::create(inside, loc, gradient, factor);
  products[product] = {gradient, factor};
  replaceGradient(linear->getResult(0), product);
  linear->erase();
}

void ScanGradient::formFactors() {
  for (Operation &inner : llvm::make_early_inc_range(*copy))
    if (auto linear = dyn_cast<LinearOpInterface>(inner);
        linear && !copiedOps.contains(&inner))
      formFactor(linear);
}

/// Computes the factors at the end of the forward loop's body. `mapping` knows
/// what the originals have become.
void ScanGradient::buildFactors(Block &body, IRMapping &mapping) {
  OpBuilder inside(body.getTerminator());
  IRMapping factors;
  for (auto [value, original] : originals)
    factors.map(value, mapping.lookup(original));
  for (Operation &inner : *copy)
    if (factorOps.contains(&inner))
      inside.clone(inner, factors);
  for (Value value : kept)
    if (factorOps.contains(value.getDefiningOp()))
      mapping.map(value, factors.lookup(value));
}

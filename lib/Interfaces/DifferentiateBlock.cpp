//===- DifferentiateBlock.cpp - The reverse walk over a block -------------===//

#include "gradc/Interfaces/DifferentiateBlock.h"
#include "gradc/Interfaces/Interfaces.h"

using namespace mlir;

namespace gradc {

/// Hands the gradients of one op's results to its operands.
static LogicalResult differentiateOp(OpBuilder &builder, Operation &op,
                                     GradientMap &gradients, AddGradients add,
                                     llvm::function_ref<bool(Value)> needed) {
  SmallVector<Value> resultGradients;
  for (Value result : op.getResults())
    resultGradients.push_back(gradients.lookup(result));
  bool isReached = llvm::any_of(resultGradients, [](Value v) { return v; });
  bool isNeeded = llvm::any_of(op.getOperands(), needed);
  if (!isReached || !isNeeded)
    return success();

  auto differentiable = dyn_cast<DifferentiableOpInterface>(op);
  if (!differentiable)
    return op.emitOpError("has no gradient");
  FailureOr<SmallVector<Value>> operandGradients =
      differentiable.buildGradients(builder, resultGradients);
  if (failed(operandGradients))
    return failure();
  if (operandGradients->size() != op.getNumOperands())
    return op.emitOpError("gives ")
           << operandGradients->size() << " gradients for "
           << op.getNumOperands() << " operands";

  for (auto [operand, gradient] :
       llvm::zip_equal(op.getOperands(), *operandGradients)) {
    if (!gradient || !needed(operand))
      continue;
    Value &sum = gradients[operand];
    sum = sum ? add(builder, op.getLoc(), sum, gradient) : gradient;
  }
  return success();
}

LogicalResult differentiateBlock(OpBuilder &builder, Block &block,
                                 GradientMap &gradients, AddGradients add,
                                 llvm::function_ref<bool(Value)> needed) {
  // The gradient's own ops are appended while we walk: take the list first.
  SmallVector<Operation *> ops;
  for (Operation &op : block)
    ops.push_back(&op);
  for (Operation *op : llvm::reverse(ops))
    if (failed(differentiateOp(builder, *op, gradients, add, needed)))
      return failure();
  return success();
}

} // namespace gradc

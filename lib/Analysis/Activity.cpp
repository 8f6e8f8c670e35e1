//===- Activity.cpp - What a gradient has to reach ------------------------===//

#include "gradc/Analysis/Activity.h"
#include "gradc/Dialect/NN/NN.h"

using namespace mlir;

namespace gradc {

Activity::Activity(Block &block) {
  // Values are defined before they are used: one walk finds all.
  for (Operation &op : block)
    if (isa<nn::ParameterOp>(op) ||
        llvm::any_of(op.getOperands(),
                     [&](Value operand) { return active.contains(operand); }))
      active.insert(op.result_begin(), op.result_end());
}

} // namespace gradc

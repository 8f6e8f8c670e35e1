//===- Dropout.cpp - Elements left out at random --------------------------===//
//
// Srivastava et al., Dropout: A Simple Way to Prevent Neural Networks from
// Overfitting (2014), in the inverted form: what is kept is scaled in training,
// so that inference has nothing to do.
//
//===----------------------------------------------------------------------===//

#include "gradc/Dialect/NN/NN.h"

using namespace mlir;
using namespace gradc;
using namespace gradc::nn;

/// With a share of 1 nothing would be left, and what is kept infinite.
static LogicalResult verifyRate(Operation *op, const APFloat &rate) {
  if (!NumberRange::share().contains(rate.convertToDouble()))
    return op->emitOpError("needs a rate of at least 0 and less than 1");
  return success();
}

LogicalResult DropoutMaskOp::verify() { return verifyRate(*this, getRate()); }

LogicalResult DropoutOp::verify() { return verifyRate(*this, getRate()); }

StringRef DropoutOp::getSourcePlace() { return "layer"; }
StringRef DropoutOp::getSourceWord() { return "dropout"; }

FailureOr<Operation *> DropoutOp::fromSource(OpBuilder &builder, Location loc,
                                             ValueRange inputs,
                                             SourceArguments &arguments) {
  FailureOr<double> rate = arguments.takeNumber("p", NumberRange::share());
  if (failed(rate))
    return failure();
  return DropoutOp::create(builder, loc, arguments.getName(), inputs[0],
                           APFloat(*rate))
      .getOperation();
}

FailureOr<SmallVector<Value>> DropoutOp::expand(OpBuilder &builder,
                                                LayerMode mode) {
  if (mode == LayerMode::Inference || getRate().isZero())
    return SmallVector<Value>{getInput()};
  Value seed = SeedOp::create(builder, getLoc());
  Value step = StepOp::create(builder, getLoc());
  Value mask = DropoutMaskOp::create(builder, getLoc(), getType(), seed, step,
                                     getName(), getRate());
  return SmallVector<Value>{MulOp::create(builder, getLoc(), getInput(), mask)};
}

//===- BufferizeFunctions.cpp - From tensors to memory --------------------===//

#include "RaiseOperands.h"
#include "gradc/CodeGen/Passes.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Bufferization/Transforms/OneShotAnalysis.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Interfaces/DestinationStyleOpInterface.h"
#include "mlir/Interfaces/SubsetOpInterface.h"

using namespace mlir;

namespace gradc {
#define GEN_PASS_DEF_BUFFERIZEFUNCTIONS
#include "gradc/CodeGen/Passes.h.inc"

/// The operand by which what computes `value`, one op or several that write one
/// after the other, begins with a tensor of no content; null for any other.
/// `shapes` are those through which `value` is seen, the last one first.
static OpOperand *
findEmptyDestination(Value value,
                     SmallVectorImpl<tensor::CollapseShapeOp> &shapes) {
  while (auto shape = value.getDefiningOp<tensor::CollapseShapeOp>()) {
    shapes.push_back(shape);
    value = shape.getSrc();
  }
  while (auto result = dyn_cast<OpResult>(value)) {
    auto op = dyn_cast<DestinationStyleOpInterface>(result.getOwner());
    if (!op)
      break;
    OpOperand *destination = op.getTiedOpOperand(result);
    if (destination->get().getDefiningOp<tensor::EmptyOp>())
      return destination;
    value = destination->get();
  }
  return nullptr;
}

/// Brings the view of a place in a block of memory to the start of the
/// function. One at a time, before what is stored there, the order of all ops
/// would be counted anew for each.
static void moveToStart(Value place) {
  Operation *view = place.getDefiningOp();
  auto isKnownFirst = [&](Value operand) {
    return isa<BlockArgument>(operand) ||
           operand.getDefiningOp<arith::ConstantOp>();
  };
  if (!view || !view->hasOneUse() || !isa<func::FuncOp>(view->getParentOp()) ||
      !isPure(view) || !llvm::all_of(view->getOperands(), isKnownFirst))
    return;
  view->moveBefore(&view->getBlock()->front());
  for (Value operand : view->getOperands())
    if (Operation *constant = operand.getDefiningOp())
      constant->moveBefore(&view->getBlock()->front());
}

/// Lets a value that is computed only to be stored be computed where it is
/// stored. A tensor of no content may be any other: this holds whatever
/// follows, and where it is not as good, the analysis finds memory for the
/// value.
static void computeInPlace(RewriterBase &rewriter,
                           SubsetInsertionOpInterface insertion) {
  SmallVector<tensor::CollapseShapeOp> shapes;
  OpOperand *destination =
      findEmptyDestination(insertion.getSourceOperand().get(), shapes);
  if (!destination ||
      destination->getOwner()->getBlock() != insertion->getBlock())
    return;
  Operation *first = destination->getOwner();
  if (!raiseValues(insertion.getValuesNeededToBuildSubsetExtraction(), first))
    return;
  rewriter.setInsertionPoint(first);
  Value place = insertion.buildSubsetExtraction(rewriter, insertion->getLoc());
  for (tensor::CollapseShapeOp shape : shapes)
    if (place && place.getType() == shape.getType())
      place = tensor::ExpandShapeOp::create(rewriter, insertion->getLoc(),
                                            shape.getSrcType(), place,
                                            shape.getReassociationIndices());
  if (place && place.getType() == destination->get().getType())
    destination->set(place);
}

/// A constant tensor would become memory of the module, which a pass must not
/// change while it runs on other functions: all must have become fills before.
static LogicalResult checkConstants(func::FuncOp function) {
  WalkResult walked = function.walk([](arith::ConstantOp constant) {
    if (!isa<TensorType>(constant.getType()))
      return WalkResult::advance();
    constant.emitError("a constant tensor needs memory of the module, where a "
                       "function is put into memory by itself");
    return WalkResult::interrupt();
  });
  return failure(walked.wasInterrupted());
}

namespace {
struct BufferizeFunctionsPass
    : impl::BufferizeFunctionsBase<BufferizeFunctionsPass> {
  void runOnOperation() override {
    if (failed(checkConstants(getOperation())))
      return signalPassFailure();
    IRRewriter rewriter(&getContext());
    SmallVector<SubsetInsertionOpInterface> insertions;
    getOperation().walk([&](SubsetInsertionOpInterface insertion) {
      insertions.push_back(insertion);
    });
    for (SubsetInsertionOpInterface insertion : llvm::reverse(insertions))
      if (auto store = dyn_cast<bufferization::MaterializeInDestinationOp>(
              insertion.getOperation()))
        moveToStart(store.getDest());
    // The last first: what is made of several parts may be one itself.
    for (SubsetInsertionOpInterface insertion : llvm::reverse(insertions))
      computeInPlace(rewriter, insertion);
    bufferization::BufferizationState state;
    if (failed(bufferization::runOneShotBufferize(
            getOperation(), bufferization::OneShotBufferizationOptions(),
            state)))
      signalPassFailure();
  }
};
} // namespace
} // namespace gradc

//===- Bufferize.cpp - Products on memory ---------------------------------===//

#include "gradc/Dialect/Kernel/Kernel.h"
#include "mlir/Dialect/Bufferization/IR/DstBufferizableOpInterfaceImpl.h"

using namespace mlir;
using namespace mlir::bufferization;

namespace gradc::kernel {

namespace {
/// Matrices that come out are written, and read only where they are updated:
/// of what tensor else stands there the memory is taken without what is in it.
struct ProductBufferization
    : DstBufferizableOpInterfaceExternalModel<ProductBufferization, ProductOp> {
  bool bufferizesToMemoryRead(Operation *op, OpOperand &operand,
                              const AnalysisState &) const {
    auto product = cast<ProductOp>(op);
    return !product.isDpsInit(&operand) ||
           operand.getOperandNumber() >=
               op->getNumOperands() - product.getRead().size();
  }

  LogicalResult bufferize(Operation *op, RewriterBase &rewriter,
                          const BufferizationOptions &options,
                          BufferizationState &state) const {
    auto product = cast<ProductOp>(op);
    SmallVector<Value> buffers;
    for (Value operand : op->getOperands()) {
      FailureOr<Value> buffer = getBuffer(rewriter, operand, options, state);
      if (failed(buffer))
        return failure();
      buffers.push_back(*buffer);
    }
    ValueRange all(buffers);
    unsigned numInputs = product.getInputs().size();
    auto onMemory = ProductOp::create(
        rewriter, op->getLoc(), buffers[0], buffers[1], all.slice(2, numInputs),
        all.drop_front(2 + numInputs), product.getTransposed(),
        product.getWindowsAttr(), product.getUpdates());
    rewriter.inlineRegionBefore(product.getBody(), onMemory.getBody(),
                                onMemory.getBody().end());
    replaceOpWithBufferizedValues(rewriter, op, onMemory.getOutputs());
    return success();
  }
};
} // namespace

void registerBufferizableOpInterfaceExternalModels(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, KernelDialect *) {
    ProductOp::attachInterface<ProductBufferization>(*context);
  });
}

} // namespace gradc::kernel

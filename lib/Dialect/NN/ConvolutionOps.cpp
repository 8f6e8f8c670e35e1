//===- ConvolutionOps.cpp - Filters that move over images -----------------===//

#include "gradc/Dialect/NN/NN.h"

using namespace mlir;
using namespace gradc;
using namespace gradc::nn;

//===----------------------------------------------------------------------===//
// window
//===----------------------------------------------------------------------===//

LogicalResult WindowAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                                 ArrayRef<int64_t> kernel,
                                 ArrayRef<int64_t> strides,
                                 ArrayRef<int64_t> padding,
                                 ArrayRef<int64_t> dilation) {
  if (kernel.size() != 2 || strides.size() != 2 || dilation.size() != 2 ||
      padding.size() != 4)
    return emitError() << "a window has two directions and four sides";
  // Far above any use, and products of two of them do not overflow.
  auto isSize = [](int64_t size) { return size > 0 && size < 1 << 30; };
  if (!llvm::all_of(kernel, isSize) || !llvm::all_of(strides, isSize) ||
      !llvm::all_of(dilation, isSize))
    return emitError() << "the sizes of a window begin at 1 and end at 2^30";
  // A gradient is spread with what of the reach the padding leaves.
  for (unsigned side = 0; side < 4; ++side) {
    int64_t reach = (kernel[side / 2] - 1) * dilation[side / 2] + 1;
    if (padding[side] < 0 || padding[side] >= reach)
      return emitError() << "the padding of a window is narrower than it is";
  }
  return success();
}

int64_t WindowAttr::getOutputSize(unsigned axis, int64_t size) const {
  int64_t padded = getPaddedSize(axis, size), reach = getReach(axis);
  return padded < reach ? 0 : (padded - reach) / getStrides()[axis] + 1;
}

bool WindowAttr::isPadded() const {
  return llvm::any_of(getPadding(), [](int64_t size) { return size != 0; });
}

//===----------------------------------------------------------------------===//
// convolution
//===----------------------------------------------------------------------===//

/// Whether input, filter and result of a convolution go together.
static LogicalResult verifyConvolution(Operation *op, Value input, Value filter,
                                       Value result, WindowAttr window,
                                       int64_t groups) {
  auto images = cast<RankedTensorType>(input.getType());
  auto weights = cast<RankedTensorType>(filter.getType());
  auto outputs = cast<RankedTensorType>(result.getType());
  if (images.getRank() != 4 || weights.getRank() != 4 || outputs.getRank() != 4)
    return op->emitOpError("needs tensors of four dimensions");
  if (images.getElementType() != weights.getElementType() ||
      images.getElementType() != outputs.getElementType())
    return op->emitOpError("needs tensors of one element type");
  int64_t channels = images.getDimSize(1), filters = weights.getDimSize(0);
  if (channels % groups != 0 || filters % groups != 0)
    return op->emitOpError("cannot divide ")
           << channels << " and " << filters << " channels into " << groups
           << " groups";
  if (weights.getShape().drop_front() !=
      ArrayRef<int64_t>(
          {channels / groups, window.getKernel()[0], window.getKernel()[1]}))
    return op->emitOpError("needs filters of ")
           << channels / groups << " x " << window.getKernel()[0] << " x "
           << window.getKernel()[1] << " elements";
  int64_t height = window.getOutputSize(0, images.getDimSize(2));
  int64_t width = window.getOutputSize(1, images.getDimSize(3));
  if (outputs.getShape() !=
      ArrayRef<int64_t>({images.getDimSize(0), filters, height, width}))
    return op->emitOpError("gives ")
           << images.getDimSize(0) << " x " << filters << " x " << height
           << " x " << width << " elements";
  return success();
}

LogicalResult ConvolutionOp::verify() {
  return verifyConvolution(*this, getInput(), getFilter(), getResult(),
                           getWindow(), getGroups());
}

LogicalResult ConvolutionInputGradientOp::verify() {
  return verifyConvolution(*this, getResult(), getFilter(), getGradient(),
                           getWindow(), getGroups());
}

LogicalResult ConvolutionFilterGradientOp::verify() {
  return verifyConvolution(*this, getInput(), getResult(), getGradient(),
                           getWindow(), getGroups());
}

FailureOr<SmallVector<Value>>
ConvolutionOp::buildGradients(OpBuilder &builder, ValueRange gradients) {
  Value input = ConvolutionInputGradientOp::create(
      builder, getLoc(), getInput().getType(), gradients[0], getFilter(),
      getWindow(), getGroups());
  Value filter = ConvolutionFilterGradientOp::create(
      builder, getLoc(), getFilter().getType(), getInput(), gradients[0],
      getWindow(), getGroups());
  return SmallVector<Value>{input, filter};
}

//===----------------------------------------------------------------------===//
// The filters of a channel take in its factor
//===----------------------------------------------------------------------===//

std::optional<int64_t> ConvolutionOp::countScaledElements(int64_t axis) {
  if (axis != 1)
    return std::nullopt;
  return cast<RankedTensorType>(getFilter().getType()).getNumElements();
}

Value ConvolutionOp::buildScaled(OpBuilder &builder, Value factor,
                                 int64_t axis) {
  Value filter =
      ScaleUnitsOp::create(builder, getLoc(), getFilter().getType(),
                           getFilter(), factor, builder.getI64IntegerAttr(0));
  return create(builder, getLoc(), getType(), getInput(), filter, getWindow(),
                getGroups());
}

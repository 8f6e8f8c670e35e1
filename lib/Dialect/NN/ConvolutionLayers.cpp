//===- ConvolutionLayers.cpp - Convolutions as written --------------------===//

#include "ImageArguments.h"
#include "gradc/Dialect/NN/WeightArguments.h"

using namespace mlir;
using namespace gradc;
using namespace gradc::nn;

StringRef ConvOp::getSourcePlace() { return "layer"; }
StringRef ConvOp::getSourceWord() { return "conv"; }

namespace {
/// What of a line's arguments does not depend on the images.
struct ConvArguments {
  int64_t channels, groups;
  WindowArguments window;
  WeightArguments weights;
};
} // namespace

static FailureOr<ConvArguments> takeArguments(MLIRContext *context,
                                              SourceArguments &arguments) {
  FailureOr<int64_t> channels = arguments.takeInteger("channels", 1);
  FailureOr<WindowArguments> window = WindowArguments::take(
      arguments, arguments.takeValue("kernel"), /*canDilate=*/true);
  FailureOr<int64_t> groups = takeCount(arguments, "groups");
  FailureOr<WeightArguments> weights =
      WeightArguments::take(context, arguments);
  if (failed(channels) || failed(window) || failed(groups) || failed(weights))
    return failure();
  return ConvArguments{*channels, *groups, *window, *weights};
}

/// Whether the copies of the image that the product reads, or its result, are
/// beyond any machine.
static bool isConvolutionTooLarge(ArrayRef<int64_t> image,
                                  ArrayRef<int64_t> result, WindowAttr window) {
  int64_t height = window.getPaddedSize(0, image[2]);
  int64_t width = window.getPaddedSize(1, image[3]);
  return isTooLarge({image[0], image[1], height, width}) ||
         isTooLarge(result) ||
         isTooLarge({image[0], image[1], result[2], result[3],
                     window.getNumElements()}) ||
         isTooLarge({result[1], image[1], window.getNumElements()});
}

FailureOr<Operation *> ConvOp::fromSource(OpBuilder &builder, Location loc,
                                          ValueRange inputs,
                                          SourceArguments &arguments) {
  FailureOr<ConvArguments> line =
      takeArguments(builder.getContext(), arguments);
  if (failed(line))
    return failure();
  FailureOr<WindowAttr> window = line->window.fit(arguments, inputs[0]);
  if (failed(window))
    return failure();
  auto type = cast<RankedTensorType>(inputs[0].getType());
  ArrayRef<int64_t> image = type.getShape();
  if (image[1] % line->groups != 0 || line->channels % line->groups != 0)
    return mlir::emitError(loc)
           << "'groups' must divide the " << image[1] << " channels that "
           << "'conv' gets and the " << line->channels << " that it gives";
  SmallVector<int64_t> shape{image[0], line->channels,
                             window->getOutputSize(0, image[2]),
                             window->getOutputSize(1, image[3])};
  if (isConvolutionTooLarge(image, shape, *window))
    return mlir::emitError(loc)
           << "'conv' of " << image[1] << " channels to " << line->channels
           << " with such a kernel is too large for any machine";
  auto result = RankedTensorType::get(shape, type.getElementType());
  return ConvOp::create(builder, loc, result, arguments.getName(), inputs[0],
                        line->channels, *window, line->groups,
                        line->weights.weightInit, line->weights.biasInit,
                        line->weights.options)
      .getOperation();
}

/// The smallest stride by which `from` places, each of one element, become
/// `to`; 0 where none does.
static int64_t findStride(int64_t from, int64_t to) {
  int64_t stride = llvm::divideCeil(from, to);
  return int64_t(llvm::divideCeil(from, stride)) == to ? stride : 0;
}

std::optional<SourceCall> ConvOp::getProjection(RankedTensorType from,
                                                RankedTensorType to,
                                                Location loc) {
  if (from.getRank() != 4 || to.getRank() != 4 ||
      from.getDimSize(0) != to.getDimSize(0))
    return {};
  SourceValue channels{SourceValue::Kind::Number, loc};
  channels.number = double(to.getDimSize(1));
  channels.isInteger = true;
  SourceValue kernel{SourceValue::Kind::Size, loc}, stride = kernel;
  kernel.dimensions = {1, 1};
  stride.dimensions = {findStride(from.getDimSize(2), to.getDimSize(2)),
                       findStride(from.getDimSize(3), to.getDimSize(3))};
  if (llvm::is_contained(stride.dimensions, 0))
    return {};
  SourceValue off{SourceValue::Kind::Name, loc};
  off.text = "off";
  SourceCall line{getSourceWord().str(), loc};
  line.values = {channels, kernel};
  line.named = {{"stride", loc, stride}, {"bias", loc, off}};
  return line;
}

LogicalResult ConvOp::verify() {
  auto input = cast<RankedTensorType>(getInput().getType());
  auto result = cast<RankedTensorType>(getResult().getType());
  int64_t channels = getChannels(), groups = getGroups();
  if (input.getRank() != 4)
    return emitOpError("needs an input of four dimensions");
  if (input.getDimSize(1) % groups != 0 || channels % groups != 0)
    return emitOpError("needs groups that divide the channels");
  SmallVector<int64_t> expected{
      input.getDimSize(0), channels,
      getWindow().getOutputSize(0, input.getDimSize(2)),
      getWindow().getOutputSize(1, input.getDimSize(3))};
  if (result.getShape() != ArrayRef<int64_t>(expected) ||
      result.getElementType() != input.getElementType())
    return emitOpError("gives samples x channels images with a pixel for each "
                       "place of the window");
  return success();
}

FailureOr<SmallVector<Value>> ConvOp::expand(OpBuilder &builder,
                                             LayerMode mode) {
  auto input = cast<RankedTensorType>(getInput().getType());
  int64_t channels = getChannels(), groups = getGroups();
  int64_t inputs = input.getDimSize(1) / groups;
  int64_t elements = getWindow().getNumElements();
  auto fans =
      builder.getDenseI64ArrayAttr({inputs * elements, channels * elements});
  Type element = input.getElementType();
  ArrayRef<int64_t> kernel = getWindow().getKernel();
  Value weight = ParameterOp::create(
      builder, getLoc(),
      RankedTensorType::get({channels, inputs, kernel[0], kernel[1]}, element),
      (getName() + ".weight").str(), getWeightInit(), fans, /*decays=*/true,
      getOptionsAttr());
  Value output = ConvolutionOp::create(builder, getLoc(), getType(), getInput(),
                                       weight, getWindow(), groups);
  if (std::optional<InitializerAttr> initializer = getBiasInit()) {
    Value bias = ParameterOp::create(builder, getLoc(),
                                     RankedTensorType::get({channels}, element),
                                     (getName() + ".bias").str(), *initializer,
                                     fans, /*decays=*/false, getOptionsAttr());
    output = AddBiasOp::create(builder, getLoc(), output, bias);
  }
  output = TapOp::create(builder, getLoc(), getName(), output);
  return SmallVector<Value>{output};
}

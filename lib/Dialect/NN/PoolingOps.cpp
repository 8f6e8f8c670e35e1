//===- PoolingOps.cpp - Windows that join elements ------------------------===//

#include "ImageArguments.h"

using namespace mlir;
using namespace gradc;
using namespace gradc::nn;

/// The type of what a window gives for the images of `input`, channel by
/// channel.
static RankedTensorType getPooledType(Value input, WindowAttr window) {
  auto type = cast<RankedTensorType>(input.getType());
  return type.clone({type.getDimSize(0), type.getDimSize(1),
                     window.getOutputSize(0, type.getDimSize(2)),
                     window.getOutputSize(1, type.getDimSize(3))});
}

static LogicalResult verifyPooling(Operation *op, Value input, Value pooled,
                                   WindowAttr window) {
  auto type = cast<RankedTensorType>(input.getType());
  if (type.getRank() != 4)
    return op->emitOpError("needs images [samples, channels, height, width]");
  if (pooled.getType() != getPooledType(input, window))
    return op->emitOpError("has a pixel for each place of the window");
  return success();
}

/// The line's window, fitted to the images of `input`.
static FailureOr<WindowAttr>
takeWindow(SourceArguments &arguments, const SourceValue *kernel, Value input) {
  FailureOr<WindowArguments> window =
      WindowArguments::take(arguments, kernel, /*canDilate=*/false);
  if (failed(window))
    return failure();
  FailureOr<WindowAttr> fitted = window->fit(arguments, input);
  if (failed(fitted))
    return failure();
  auto type = cast<RankedTensorType>(input.getType());
  if (isTooLarge({type.getDimSize(0), type.getDimSize(1),
                  fitted->getPaddedSize(0, type.getDimSize(2)),
                  fitted->getPaddedSize(1, type.getDimSize(3))}))
    return mlir::emitError(arguments.getLoc())
           << "'" << arguments.getWord()
           << "' pads its images to a size too large for any machine";
  return fitted;
}

//===----------------------------------------------------------------------===//
// maxpool
//===----------------------------------------------------------------------===//

StringRef MaxPoolOp::getSourcePlace() { return "layer"; }
StringRef MaxPoolOp::getSourceWord() { return "maxpool"; }

FailureOr<Operation *> MaxPoolOp::fromSource(OpBuilder &builder, Location loc,
                                             ValueRange inputs,
                                             SourceArguments &arguments) {
  FailureOr<WindowAttr> window =
      takeWindow(arguments, arguments.takeValue("kernel"), inputs[0]);
  if (failed(window))
    return failure();
  return create(builder, loc, getPooledType(inputs[0], *window), inputs[0],
                *window)
      .getOperation();
}

LogicalResult MaxPoolOp::verify() {
  return verifyPooling(*this, getInput(), getResult(), getWindow());
}

LogicalResult MaxPoolGradOp::verify() {
  return verifyPooling(*this, getInput(), getGradient(), getWindow());
}

FailureOr<SmallVector<Value>> MaxPoolOp::buildGradients(OpBuilder &builder,
                                                        ValueRange gradients) {
  Value gradient =
      MaxPoolGradOp::create(builder, getLoc(), getInput().getType(),
                            gradients[0], getInput(), getWindow());
  return SmallVector<Value>{gradient};
}

//===----------------------------------------------------------------------===//
// avgpool
//===----------------------------------------------------------------------===//

StringRef AvgPoolOp::getSourcePlace() { return "layer"; }
StringRef AvgPoolOp::getSourceWord() { return "avgpool"; }

FailureOr<Operation *> AvgPoolOp::fromSource(OpBuilder &builder, Location loc,
                                             ValueRange inputs,
                                             SourceArguments &arguments) {
  const SourceValue *kernel = arguments.takeValue("kernel");
  if (kernel && kernel->kind == SourceValue::Kind::Name &&
      kernel->text == "global") {
    auto type = cast<RankedTensorType>(inputs[0].getType());
    if (type.getRank() != 4)
      return reportNotAnImage(arguments, inputs[0]);
    return GlobalAverageOp::create(builder, loc,
                                   type.clone(type.getShape().take_front(2)),
                                   inputs[0])
        .getOperation();
  }
  FailureOr<WindowAttr> window = takeWindow(arguments, kernel, inputs[0]);
  FailureOr<bool> countsPadding =
      arguments.takeNamedSwitchOr("count_include_pad", false);
  if (failed(window) || failed(countsPadding))
    return failure();
  return create(builder, loc, getPooledType(inputs[0], *window), inputs[0],
                *window, *countsPadding)
      .getOperation();
}

LogicalResult AvgPoolOp::verify() {
  return verifyPooling(*this, getInput(), getResult(), getWindow());
}

LogicalResult AvgPoolGradOp::verify() {
  return verifyPooling(*this, getResult(), getGradient(), getWindow());
}

FailureOr<SmallVector<Value>> AvgPoolOp::buildGradients(OpBuilder &builder,
                                                        ValueRange gradients) {
  Value gradient =
      AvgPoolGradOp::create(builder, getLoc(), getInput().getType(),
                            gradients[0], getWindow(), getCountPadding());
  return SmallVector<Value>{gradient};
}

//===----------------------------------------------------------------------===//
// avgpool global
//===----------------------------------------------------------------------===//

LogicalResult GlobalAverageOp::verify() {
  auto type = cast<RankedTensorType>(getInput().getType());
  if (type.getRank() != 4 ||
      getType() != type.clone(type.getShape().take_front(2)))
    return emitOpError("gives one number for each channel of an image");
  return success();
}

FailureOr<SmallVector<Value>> GlobalAverageOp::expand(OpBuilder &builder,
                                                      LayerMode mode) {
  auto type = cast<RankedTensorType>(getInput().getType());
  int64_t images = type.getDimSize(0) * type.getDimSize(1);
  int64_t pixels = type.getDimSize(2) * type.getDimSize(3);
  Value rows = ReshapeOp::create(builder, getLoc(),
                                 type.clone({images, pixels}), getInput());
  Value means = SumUnitsOp::create(builder, getLoc(), getSampleType(rows), rows,
                                   APFloat(1.0 / double(pixels)));
  return SmallVector<Value>{
      ReshapeOp::create(builder, getLoc(), getType(), means)};
}

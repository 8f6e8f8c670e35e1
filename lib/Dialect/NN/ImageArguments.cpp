//===- ImageArguments.cpp - What lines about images say -------------------===//

#include "ImageArguments.h"
#include <cmath>

using namespace mlir;
using namespace gradc;
using namespace gradc::nn;

using Kind = SourceValue::Kind;

// No image and no kernel comes near it, and no product of two such overflows.
static constexpr int64_t largestSize = int64_t(1) << 20;

static std::string writeSize(int64_t height, int64_t width) {
  return std::to_string(height) + "x" + std::to_string(width);
}

bool nn::isTooLarge(ArrayRef<int64_t> sizes) {
  int64_t elements = 1;
  for (int64_t size : sizes)
    if (llvm::MulOverflow(elements, size, elements))
      return true;
  return elements > (int64_t(1) << 40);
}

/// A whole number, or none.
static std::optional<int64_t> readWhole(const SourceValue &value, int64_t low) {
  bool isWhole = value.kind == Kind::Number && !value.isInEpochs &&
                 value.number == std::floor(value.number) &&
                 value.number >= double(low) &&
                 value.number <= double(largestSize);
  return isWhole ? std::optional<int64_t>(value.number) : std::nullopt;
}

/// A number for both directions or `3x5`, or nothing.
static SmallVector<int64_t> readPair(const SourceValue &value, int64_t low) {
  if (std::optional<int64_t> number = readWhole(value, low))
    return {*number, *number};
  bool isPair = value.kind == Kind::Size && value.dimensions.size() == 2 &&
                llvm::all_of(value.dimensions, [&](int64_t size) {
                  return size >= low && size <= largestSize;
                });
  return isPair ? SmallVector<int64_t>(value.dimensions)
                : SmallVector<int64_t>();
}

static InFlightDiagnostic refuse(const SourceValue &value, StringRef name,
                                 StringRef what) {
  auto diagnostic = mlir::emitError(value.loc)
                    << "'" << name << "' must be " << what << ", found '"
                    << toString(value) << "'";
  suggest(*diagnostic.getUnderlyingDiagnostic(), value.loc, value.nearest);
  return diagnostic;
}

/// `name=n` or `name=nxm`; `pair` stays as it is where it is not given.
static LogicalResult takePair(SourceArguments &arguments, StringRef name,
                              SmallVector<int64_t> &pair) {
  const SourceValue *value = arguments.takeNamedValue(name);
  if (!value)
    return success();
  pair = readPair(*value, 1);
  if (pair.empty())
    return refuse(*value, name,
                  "a whole number of at least 1 or a size like '2x1'");
  return success();
}

FailureOr<int64_t> nn::takeCount(SourceArguments &arguments, StringRef name) {
  const SourceValue *value = arguments.takeNamedValue(name);
  if (!value)
    return 1;
  if (std::optional<int64_t> number = readWhole(*value, 1))
    return *number;
  return refuse(*value, name, "a whole number of at least 1");
}

LogicalResult WindowArguments::takePad(SourceArguments &arguments) {
  const SourceValue *value = arguments.takeNamedValue("pad");
  if (!value)
    return success();
  padLoc = value->loc;
  padsToSame = value->kind == Kind::Name && value->text == "same";
  if (padsToSame || (value->kind == Kind::Name && value->text == "valid"))
    return success();
  pad = readPair(*value, 0);
  if (!pad.empty())
    return success();
  auto diagnostic =
      refuse(*value, "pad", "'same', 'valid', a whole number or a size");
  if (value->kind == Kind::Name)
    suggest(*diagnostic.getUnderlyingDiagnostic(), value->loc,
            findNearest(value->text, ArrayRef<StringRef>{"same", "valid"}));
  return diagnostic;
}

FailureOr<WindowArguments> WindowArguments::take(SourceArguments &arguments,
                                                 const SourceValue *kernel,
                                                 bool canDilate) {
  if (!kernel)
    return mlir::emitError(arguments.getLoc())
           << "'" << arguments.getWord()
           << "' needs 'kernel', a size like '3x3'";
  WindowArguments window(kernel->loc);
  window.kernel = readPair(*kernel, 1);
  if (window.kernel.empty())
    return refuse(*kernel, "kernel", "a size like '3x3'");
  if (!canDilate)
    window.strides = window.kernel;
  if (failed(takePair(arguments, "stride", window.strides)) ||
      failed(window.takePad(arguments)) ||
      (canDilate && failed(takePair(arguments, "dilation", window.dilation))))
    return failure();
  return window;
}

/// The shape of an image with as many elements, where one offers itself: one
/// channel for a matrix, a square of one or three channels for a vector.
static std::string guessImage(RankedTensorType type) {
  std::string sizes = describeSample(type).substr(1);
  if (type.getRank() == 3)
    return "[1, " + sizes;
  for (int64_t channels : {1, 3}) {
    int64_t elements = type.getRank() == 2 ? type.getDimSize(1) : 0;
    int64_t side = std::llround(std::sqrt(double(elements) / channels));
    if (side > 1 && side * side * channels == elements)
      return "[" + std::to_string(channels) + ", " + std::to_string(side) +
             ", " + std::to_string(side) + "]";
  }
  return "";
}

LogicalResult nn::reportNotAnImage(SourceArguments &arguments, Value input) {
  auto type = cast<RankedTensorType>(input.getType());
  auto diagnostic = mlir::emitError(arguments.getLoc())
                    << "'" << arguments.getWord()
                    << "' needs images [channels, height, width], but it gets "
                    << describeSample(type);
  if (Operation *producer = input.getDefiningOp())
    diagnostic.attachNote(producer->getLoc())
        << "this layer gives " << describeSample(type);
  std::string image = guessImage(type);
  if (image.empty())
    return diagnostic;
  Diagnostic &note = diagnostic.attachNote(arguments.getLoc());
  note << "put 'reshape " << image << "' before it";
  addFixIt(note, arguments.getLoc(),
           "reshape " + image + " ; " + arguments.getWord().str());
  return diagnostic;
}

LogicalResult WindowArguments::reportTooLarge(SourceArguments &arguments,
                                              Value input) const {
  auto type = cast<RankedTensorType>(input.getType());
  auto diagnostic = mlir::emitError(kernelLoc)
                    << "'" << arguments.getWord() << "' has a kernel of "
                    << writeSize(kernel[0], kernel[1]);
  if (dilation[0] > 1 || dilation[1] > 1)
    diagnostic << ", which reaches over " << writeSize(getReach(0), getReach(1))
               << ",";
  diagnostic << " and gets images of "
             << writeSize(type.getDimSize(2), type.getDimSize(3))
             << ": it does not fit into them";
  if (Operation *producer = input.getDefiningOp())
    diagnostic.attachNote(producer->getLoc())
        << "this layer gives " << describeSample(type);
  diagnostic.attachNote(arguments.getLoc())
      << "with 'pad=same' a kernel of any size fits";
  return diagnostic;
}

FailureOr<WindowAttr> WindowArguments::fit(SourceArguments &arguments,
                                           Value input) const {
  auto type = cast<RankedTensorType>(input.getType());
  if (type.getRank() != 4)
    return reportNotAnImage(arguments, input);
  SmallVector<int64_t> padding;
  for (unsigned axis : {0, 1}) {
    int64_t size = type.getDimSize(2 + axis), stride = strides[axis];
    int64_t before = pad[axis], after = pad[axis];
    if (padsToSame) {
      int64_t places = llvm::divideCeil(size, stride);
      int64_t missing = (places - 1) * stride + getReach(axis) - size;
      before = std::max<int64_t>(missing, 0) / 2;
      after = std::max<int64_t>(missing, 0) - before;
    }
    if (!padsToSame && before >= getReach(axis))
      return mlir::emitError(padLoc)
             << "'pad' must be less than " << getReach(axis) << ", the "
             << (axis == 0 ? "rows" : "columns")
             << " that the kernel spans, or outputs at the edge see nothing "
                "but padding";
    if (size + before + after < getReach(axis))
      return reportTooLarge(arguments, input);
    padding.append({before, after});
  }
  return WindowAttr::get(arguments.getLoc().getContext(), kernel, strides,
                         padding, dilation);
}

//===- ImageArguments.h - What lines about images say -----------*- C++ -*-===//

#ifndef GRADC_LIB_DIALECT_NN_IMAGEARGUMENTS_H
#define GRADC_LIB_DIALECT_NN_IMAGEARGUMENTS_H

#include "gradc/Dialect/NN/NN.h"

namespace gradc::nn {

/// The kernel of a line and how it moves, before the size of the images is
/// looked at.
class WindowArguments {
public:
  /// Reads `stride=`, `pad=` and, where `canDilate`, `dilation=`: each a number
  /// for both directions or a size like `2x1`. A stride that is not given is 1
  /// where `canDilate` and that of `kernel` otherwise. `kernel` may be null: it
  /// is reported as missing.
  static mlir::FailureOr<WindowArguments>
  take(SourceArguments &arguments, const SourceValue *kernel, bool canDilate);

  /// The window for the images of `input`. Reports an input that is no image, a
  /// kernel that does not fit and padding as wide as the kernel.
  mlir::FailureOr<WindowAttr> fit(SourceArguments &arguments,
                                  mlir::Value input) const;

private:
  WindowArguments(mlir::Location kernelLoc)
      : kernelLoc(kernelLoc), padLoc(kernelLoc) {}

  llvm::SmallVector<int64_t> kernel, strides{1, 1}, dilation{1, 1}, pad{0, 0};
  bool padsToSame = false;
  mlir::Location kernelLoc, padLoc;

  mlir::LogicalResult takePad(SourceArguments &arguments);
  int64_t getReach(unsigned axis) const {
    return (kernel[axis] - 1) * dilation[axis] + 1;
  }
  mlir::LogicalResult reportTooLarge(SourceArguments &arguments,
                                     mlir::Value input) const;
};

/// `name=n`, a whole number of at least 1, or 1 where it is not given.
mlir::FailureOr<int64_t> takeCount(SourceArguments &arguments,
                                   llvm::StringRef name);

/// Says that a layer needs images, and how to make some of what it gets.
mlir::LogicalResult reportNotAnImage(SourceArguments &arguments,
                                     mlir::Value input);

/// Whether tensors of such sizes are beyond any machine.
bool isTooLarge(llvm::ArrayRef<int64_t> sizes);

} // namespace gradc::nn

#endif // GRADC_LIB_DIALECT_NN_IMAGEARGUMENTS_H

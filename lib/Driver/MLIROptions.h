//===- MLIROptions.h - Options handed on to MLIR and LLVM -------*- C++ -*-===//

#ifndef GRADC_LIB_DRIVER_MLIROPTIONS_H
#define GRADC_LIB_DRIVER_MLIROPTIONS_H

#include "gradc/Driver/Compile.h"
#include "llvm/Support/Error.h"

namespace gradc {

/// Sets what MLIR's and LLVM's own options ask for; call it before a context is
/// made. Without any, nothing is registered: that would cost time at the start.
/// An error is a DriverError with `Usage`.
llvm::Error applyMLIROptions(llvm::ArrayRef<std::string> words);

/// What a pass manager must be told of them; null without any.
std::function<mlir::LogicalResult(mlir::PassManager &)>
getPassManagerOptions(llvm::ArrayRef<std::string> words);

} // namespace gradc

#endif // GRADC_LIB_DRIVER_MLIROPTIONS_H

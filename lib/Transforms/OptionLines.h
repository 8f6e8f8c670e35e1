//===- OptionLines.h - Words with settings in pass options ------*- C++ -*-===//

#ifndef GRADC_LIB_TRANSFORMS_OPTIONLINES_H
#define GRADC_LIB_TRANSFORMS_OPTIONLINES_H

#include "gradc/Interfaces/SourceArguments.h"
#include "mlir/Support/LLVM.h"

namespace gradc {

/// `elu:0.5`, as options of passes write it, as the line `elu 0.5` at `loc`.
/// Settings that are no numbers are reported there.
mlir::FailureOr<SourceCall> readOptionLine(llvm::StringRef text,
                                           mlir::Location loc);

} // namespace gradc

#endif // GRADC_LIB_TRANSFORMS_OPTIONLINES_H

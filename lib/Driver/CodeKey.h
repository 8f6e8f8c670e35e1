//===- CodeKey.h - What compiled code depends on ----------------*- C++ -*-===//

#ifndef GRADC_LIB_DRIVER_CODEKEY_H
#define GRADC_LIB_DRIVER_CODEKEY_H

#include "gradc/Driver/Compile.h"
#include "gradc/Execution/ProgramFile.h"

namespace gradc {

/// The key of what `compileModule` would make: of the module of the `layers`
/// stage without its locations, the options, the CPU, and this very build of
/// gradc and its libraries.
ProgramKey getCodeKey(mlir::ModuleOp module, const CompileOptions &options);

/// Tells the program and the libraries it runs with from any other build.
std::string getBuildIdentity();

} // namespace gradc

#endif // GRADC_LIB_DRIVER_CODEKEY_H

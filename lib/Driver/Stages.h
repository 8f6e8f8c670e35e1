//===- Stages.h - The pipeline, one row a stage -----------------*- C++ -*-===//

#ifndef GRADC_LIB_DRIVER_STAGES_H
#define GRADC_LIB_DRIVER_STAGES_H

#include "gradc/CodeGen/NativeCode.h"
#include "gradc/Driver/Compile.h"
#include "mlir/Pass/PassManager.h"

namespace gradc {

/// Adds the passes of the stages up to and including the one called `last`.
/// Stages before the first pass and after the last one add nothing.
void addStages(mlir::OpPassManager &passes, llvm::StringRef last,
               const CompileOptions &options, const Target &target);

/// Adds the passes from the `vector` stage to the LLVM dialect: apart, because
/// the host's tables are read in between.
void addLowering(mlir::OpPassManager &passes, const CompileOptions &options,
                 const Target &target);

} // namespace gradc

#endif // GRADC_LIB_DRIVER_STAGES_H

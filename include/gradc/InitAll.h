//===- InitAll.h - The one registry of dialects and passes ------*- C++ -*-===//

#ifndef GRADC_INITALL_H
#define GRADC_INITALL_H

#include "gradc/CodeGen/Passes.h"
#include "gradc/Conversion/Passes.h"
#include "gradc/Transforms/Passes.h"

namespace gradc {

/// Registers every pass of gradc under its flag.
inline void registerAllPasses() {
  registerTransformsPasses();
  registerConversionPasses();
  registerCodeGenPasses();
}

} // namespace gradc

#endif // GRADC_INITALL_H

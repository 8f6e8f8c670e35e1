//===- HostCPU.h - Whether this machine can run the code --------*- C++ -*-===//

#ifndef GRADC_LIB_DRIVER_HOSTCPU_H
#define GRADC_LIB_DRIVER_HOSTCPU_H

#include "llvm/Support/Error.h"

namespace gradc {

/// Refuses code for a CPU (`native`, or a name that LLVM knows) with
/// instructions that this one lacks: it would end in SIGILL.
llvm::Error checkHost(llvm::StringRef cpu);

} // namespace gradc

#endif // GRADC_LIB_DRIVER_HOSTCPU_H

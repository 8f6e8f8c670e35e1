//===- ReadSource.h - The bytes of a .net file ------------------*- C++ -*-===//

#ifndef GRADC_LIB_DRIVER_READSOURCE_H
#define GRADC_LIB_DRIVER_READSOURCE_H

#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBuffer.h"

namespace gradc {

/// Reads a file, a pipe or, as `-`, standard input to its end. It is read, not
/// mapped: what happens to the file later does not matter. An error is a
/// DriverError with `Usage`.
llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>>
readSource(llvm::StringRef path);

} // namespace gradc

#endif // GRADC_LIB_DRIVER_READSOURCE_H

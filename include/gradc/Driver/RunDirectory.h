//===- RunDirectory.h - Where a training leaves what it made ----*- C++ -*-===//

#ifndef GRADC_DRIVER_RUNDIRECTORY_H
#define GRADC_DRIVER_RUNDIRECTORY_H

#include "gradc/Driver/Options.h"
#include "llvm/Support/Error.h"
#include <string>

namespace gradc {

/// Whether a file can be written there: its folder is there and takes a new
/// file, and what is already there is no folder and no dangling link. Errors:
/// FileError, `Resource`.
llvm::Error checkWritable(llvm::StringRef path);

/// Refuses to write over the source, which may be its only copy. A usage error.
llvm::Error checkNotSource(const Options &options, llvm::StringRef path);

/// Makes the directory of a new run: `folder/name`, which must not be there, or
/// where `name` is empty `folder/net-1`, or the next number that is free.
/// Returns its path. Errors: FileError, `Resource`.
llvm::Expected<std::string> makeRunDirectory(llvm::StringRef folder,
                                             llvm::StringRef name,
                                             llvm::StringRef net);

} // namespace gradc

#endif // GRADC_DRIVER_RUNDIRECTORY_H

//===- OutputFile.h - Replacing a file at once or not at all ----*- C++ -*-===//

#ifndef GRADC_DATA_OUTPUTFILE_H
#define GRADC_DATA_OUTPUTFILE_H

#include "gradc/Data/FileError.h"
#include "llvm/ADT/ArrayRef.h"

namespace gradc::data {

/// Writes `pieces`, one after the other, to the file `path`: into a temporary
/// file of the same folder, which is synced, renamed, and its folder synced. So
/// at any time the name stands for the complete old or new file. What is
/// already there and is no regular file (a device, a pipe) is written directly.
/// Errors: FileError, `Resource`, with the system's reason; no temporary file
/// stays behind.
llvm::Error writeFile(llvm::StringRef path,
                      llvm::ArrayRef<llvm::ArrayRef<char>> pieces);

} // namespace gradc::data

#endif // GRADC_DATA_OUTPUTFILE_H

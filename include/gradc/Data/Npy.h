//===- Npy.h - numpy's .npy files -------------------------------*- C++ -*-===//

#ifndef GRADC_DATA_NPY_H
#define GRADC_DATA_NPY_H

#include "gradc/Data/Array.h"
#include "llvm/Support/Error.h"

namespace gradc::data {

/// Reads an array in C order of little-endian `f4 f8 i4 i8` or `u1`, format
/// versions 1 and 2. Anything else is refused with its reason; objects are
/// never unpickled. Errors: FileError, `Data` or `Resource`.
llvm::Expected<Array> readNpy(llvm::StringRef path);

/// Writes `array` as version 1. The old file, if any, is replaced at once or
/// not at all. Errors: FileError, `Resource`.
llvm::Error writeNpy(llvm::StringRef path, const Array &array);

/// What `writeNpy` puts before the elements, for those who write to a stream.
std::string formatNpyHeader(const Array &array);

} // namespace gradc::data

#endif // GRADC_DATA_NPY_H

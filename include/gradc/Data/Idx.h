//===- Idx.h - The IDX files of MNIST, plain or gzip ------------*- C++ -*-===//

#ifndef GRADC_DATA_IDX_H
#define GRADC_DATA_IDX_H

#include "gradc/Data/Array.h"
#include "llvm/Support/Error.h"

namespace gradc::data {

/// Reads an IDX file, plain or gzip. Bytes become u8; int8, int16 and int32
/// become i32; floats keep their type. Refused: a wrong magic number, a file
/// shorter or longer than its dimensions say, a damaged or truncated gzip
/// stream, also where all items could be read. Errors: FileError, `Data` or
/// `Resource`.
llvm::Expected<Array> readIdx(llvm::StringRef path);

/// Writes `array` (u8, i32, f32 or f64) as a plain IDX file. The old file, if
/// any, is replaced at once or not at all. Errors: FileError, `Resource`.
llvm::Error writeIdx(llvm::StringRef path, const Array &array);

} // namespace gradc::data

#endif // GRADC_DATA_IDX_H

//===- Safetensors.h - Named tensors in one file ----------------*- C++ -*-===//
//
// The format: eight bytes with the length of the header (little-endian), the
// header as JSON, then the elements of all tensors without a gap.
//
//===----------------------------------------------------------------------===//

#ifndef GRADC_DATA_SAFETENSORS_H
#define GRADC_DATA_SAFETENSORS_H

#include "gradc/Data/Array.h"
#include "llvm/Support/Error.h"
#include <map>
#include <string>
#include <vector>

namespace gradc::data {

struct NamedTensor {
  std::string name;
  Array array;
};

/// The free texts of a file (`__metadata__`).
using TensorMetadata = std::map<std::string, std::string>;

struct TensorFile {
  std::vector<NamedTensor> tensors; ///< sorted by name, each name once
  TensorMetadata metadata;

  /// The tensor of that name, or null.
  const NamedTensor *find(llvm::StringRef name) const;
};

/// Reads every tensor of a file of F32, F64, U8, I32 and I64 tensors. Refused
/// in words: a header that is no such JSON, a name given twice, offsets with
/// holes, overlaps or beyond the file, a shape that is not as long as its
/// bytes. Memory: the tensors, the header, and at most 16 MiB. Errors:
/// FileError, `Weights` or `Resource`.
llvm::Expected<TensorFile> readSafetensors(llvm::StringRef path);

/// Writes the tensors, whose names must differ. The old file, if any, is
/// replaced at once or not at all, and the new one is on disk on return.
/// Errors: FileError, `Resource`.
llvm::Error writeSafetensors(llvm::StringRef path,
                             llvm::ArrayRef<NamedTensor> tensors,
                             const TensorMetadata &metadata = {});

} // namespace gradc::data

#endif // GRADC_DATA_SAFETENSORS_H

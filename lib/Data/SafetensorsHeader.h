//===- SafetensorsHeader.h - The JSON of a .safetensors file ----*- C++ -*-===//

#ifndef GRADC_LIB_DATA_SAFETENSORSHEADER_H
#define GRADC_LIB_DATA_SAFETENSORSHEADER_H

#include "gradc/Data/InputFile.h"
#include "gradc/Data/Safetensors.h"

namespace gradc::data {

/// What the header says of one tensor.
struct TensorEntry {
  std::string name;
  ElementType type = ElementType::F32;
  llvm::SmallVector<int64_t, 4> shape;
  uint64_t begin = 0, end = 0; ///< of its bytes, counted from the first data
};

/// Reads the header `text` of `input`. The shape of each entry is as long as
/// its bytes; offsets are not compared with one another yet.
llvm::Error parseTensorHeader(const InputFile &input, llvm::StringRef text,
                              std::vector<TensorEntry> &entries,
                              TensorMetadata &metadata);

/// The header for tensors written in this order, filled up with blanks to a
/// multiple of 8 bytes.
std::string formatTensorHeader(llvm::ArrayRef<const NamedTensor *> tensors,
                               const TensorMetadata &metadata);

} // namespace gradc::data

#endif // GRADC_LIB_DATA_SAFETENSORSHEADER_H

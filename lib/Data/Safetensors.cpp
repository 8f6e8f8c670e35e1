//===- Safetensors.cpp - Named tensors in one file ------------------------===//

#include "gradc/Data/Safetensors.h"
#include "SafetensorsHeader.h"
#include "gradc/Data/InputFile.h"
#include "gradc/Data/OutputFile.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Endian.h"
#include <numeric>
#include <tuple>

using namespace llvm;

namespace gradc::data {

// The limit of the format's own library.
static constexpr uint64_t kLongestHeader = 100'000'000;

const NamedTensor *TensorFile::find(StringRef name) const {
  auto tensor = partition_point(tensors, [&](const NamedTensor &candidate) {
    return StringRef(candidate.name) < name;
  });
  return tensor != tensors.end() && tensor->name == name ? &*tensor : nullptr;
}

/// Reads the length and the text of the header.
static Error readHeaderText(InputFile &input, std::string &text) {
  char bytes[8];
  if (Error error = input.readHeader(bytes, 8, "its header"))
    return error;
  uint64_t length = support::endian::read64le(bytes);
  // Told apart from damage, because people do try these.
  StringRef magic(bytes, 8);
  if (magic.starts_with("PK\x03\x04") || magic.starts_with("\x80\x02"))
    return input.error("is a pickle or a zip archive, not .safetensors; it is "
                       "never opened as one",
                       "byte 0");
  if (magic.starts_with("\x93NUMPY"))
    return input.error("is a .npy file, not .safetensors", "byte 0");
  if (length > kLongestHeader)
    return input.error("is no .safetensors file: a header of " + Twine(length) +
                           " bytes",
                       "byte 0");
  if (length > input.getMostRemaining())
    return input.error("ends within its header of " + Twine(length) + " bytes",
                       "byte 8");
  if (Error error = checkMemory(input.getPath(), length))
    return error;
  text.resize(length);
  return input.readHeader(text.data(), length, "its header");
}

/// The bytes of the tensors must follow one another and fill the file.
static Error checkOffsets(InputFile &input, ArrayRef<TensorEntry> entries,
                          ArrayRef<unsigned> order, uint64_t dataSize) {
  uint64_t end = 0;
  for (unsigned index : order) {
    const TensorEntry &entry = entries[index];
    std::string place =
        ("byte " + Twine(input.getOffset() + entry.begin)).str();
    if (entry.end > dataSize)
      return input.error("tensor " + quote(entry.name) + " ends at byte " +
                             Twine(entry.end) + " of " + Twine(dataSize) +
                             " bytes of data",
                         place);
    if (entry.begin != end)
      return input.error("tensor " + quote(entry.name) +
                             (entry.begin < end ? " overlaps the one before it"
                                                : " leaves a hole before it"),
                         place);
    end = entry.end;
  }
  if (end != dataSize)
    return input.error(Twine(dataSize - end) +
                           " bytes after the last tensor belong to none",
                       "byte " + Twine(input.getOffset() + end));
  return Error::success();
}

static Error readTensor(InputFile &input, TensorEntry &entry,
                        std::vector<NamedTensor> &tensors) {
  NamedTensor &tensor = tensors.emplace_back();
  tensor.name = std::move(entry.name);
  tensor.array.type = entry.type;
  tensor.array.shape = std::move(entry.shape);
  uint64_t size = entry.end - entry.begin;
  return input.readElements(tensor.array.bytes, size, size);
}

Expected<TensorFile> readSafetensors(StringRef path) {
  Expected<std::unique_ptr<InputFile>> file = InputFile::open(
      path, FileError::Kind::Weights, InputFile::Compression::Never);
  if (!file)
    return file.takeError();
  InputFile &input = **file;
  TensorFile result;
  std::vector<TensorEntry> entries;
  {
    std::string text; // freed before the tensors come
    if (Error error = readHeaderText(input, text))
      return error;
    if (Error error = parseTensorHeader(input, text, entries, result.metadata))
      return error;
  }
  std::vector<unsigned> order(entries.size());
  std::iota(order.begin(), order.end(), 0);
  llvm::sort(order, [&](unsigned a, unsigned b) {
    return std::tie(entries[a].begin, entries[a].end, a) <
           std::tie(entries[b].begin, entries[b].end, b);
  });
  if (Error error =
          checkOffsets(input, entries, order, input.getMostRemaining()))
    return error;
  for (unsigned index : order)
    if (Error error = readTensor(input, entries[index], result.tensors))
      return error;
  if (Error error = input.finish())
    return error;
  llvm::sort(result.tensors, [](const NamedTensor &a, const NamedTensor &b) {
    return a.name < b.name;
  });
  return result;
}

Error writeSafetensors(StringRef path, ArrayRef<NamedTensor> tensors,
                       const TensorMetadata &metadata) {
  std::vector<const NamedTensor *> order;
  for (const NamedTensor &tensor : tensors)
    order.push_back(&tensor);
  // Wide elements first: then each is aligned in the file. By name within.
  llvm::sort(order, [](const NamedTensor *a, const NamedTensor *b) {
    int64_t sizeA = getElementSize(a->array.type);
    int64_t sizeB = getElementSize(b->array.type);
    return sizeA != sizeB ? sizeA > sizeB : a->name < b->name;
  });
  std::string header = formatTensorHeader(order, metadata);
  char length[8];
  support::endian::write64le(length, header.size());
  std::vector<ArrayRef<char>> pieces = {ArrayRef(length),
                                        ArrayRef(header.data(), header.size())};
  for (const NamedTensor *tensor : order)
    pieces.emplace_back(tensor->array.bytes);
  return writeFile(path, pieces);
}

} // namespace gradc::data

//===- Idx.cpp - The IDX files of MNIST, plain or gzip --------------------===//
//
// Two zero bytes, a type byte, the number of dimensions, the dimensions as
// 32-bit numbers, the elements; all numbers with their highest byte first.
//
//===----------------------------------------------------------------------===//

#include "gradc/Data/Idx.h"
#include "gradc/Data/InputFile.h"
#include "gradc/Data/OutputFile.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/MathExtras.h"
#include <algorithm>

using namespace llvm;

namespace gradc::data {

namespace {
/// How an IDX type is stored and what it becomes.
struct IdxType {
  unsigned char code;
  unsigned size;
  ElementType type;
};
} // namespace

static const IdxType idxTypes[] = {
    {0x08, 1, ElementType::U8},  {0x09, 1, ElementType::I32},
    {0x0b, 2, ElementType::I32}, {0x0c, 4, ElementType::I32},
    {0x0d, 4, ElementType::F32}, {0x0e, 8, ElementType::F64},
};

/// Widens int8 and int16, and puts the lowest byte first.
static void convert(Array &array, const IdxType &type) {
  std::vector<char> stored = std::move(array.bytes);
  int64_t count = stored.size() / type.size;
  array.bytes.resize(count * getElementSize(array.type));
  for (int64_t i = 0; i < count; ++i) {
    uint64_t value = readBigEndian(&stored[i * type.size], type.size);
    if (type.size == 8) {
      array.as<uint64_t>()[i] = value;
      continue;
    }
    // Shifted up and back, the sign of a short number spreads.
    unsigned unused = 32 - 8 * type.size;
    int32_t word = static_cast<int32_t>(uint32_t(value) << unused) >> unused;
    array.as<int32_t>()[i] = word;
  }
}

/// The type that the first four bytes announce.
static Expected<IdxType> readMagic(InputFile &input, const char *magic) {
  if (StringRef(magic, 4) == "\x93NUM")
    return input.error("is a .npy file, not IDX", "byte 0");
  if (magic[0] || magic[1])
    return input.error("is not an IDX file: it begins with " +
                           toHex(StringRef(magic, 4), /*LowerCase=*/true) +
                           " instead of 0000",
                       "byte 0");
  const IdxType *type = find_if(idxTypes, [&](const IdxType &candidate) {
    return candidate.code == static_cast<unsigned char>(magic[2]);
  });
  if (type == std::end(idxTypes))
    return input.error("has the unknown IDX type 0x" +
                           toHex(StringRef(magic + 2, 1), true),
                       "byte 2");
  if (magic[3] < 1 || magic[3] > 8)
    return input.error(
        "has " + Twine(unsigned(static_cast<unsigned char>(magic[3]))) +
            " dimensions; 1 to 8 can be read",
        "byte 3");
  return *type;
}

Expected<Array> readIdx(StringRef path) {
  Expected<std::unique_ptr<InputFile>> file = InputFile::open(
      path, FileError::Kind::Data, InputFile::Compression::MayBeGzip);
  if (!file)
    return file.takeError();
  InputFile &input = **file;
  char magic[4];
  if (Error error = input.readHeader(magic, 4, "its header"))
    return error;
  Expected<IdxType> type = readMagic(input, magic);
  if (!type)
    return type.takeError();

  Array array;
  array.type = type->type;
  char dimension[4];
  for (int i = 0; i < magic[3]; ++i) {
    if (Error error = input.readHeader(dimension, 4, "its header"))
      return error;
    array.shape.push_back(readBigEndian(dimension, 4));
  }
  std::optional<int64_t> count = countElements(array.shape, 8);
  if (!count)
    return input.error("has more elements than can be counted: " +
                           formatShape(array.shape),
                       "byte 4");
  uint64_t size = uint64_t(*count) * type->size;
  if (Error error = input.readElements(array.bytes, size,
                                       array.getRowWidth() * type->size))
    return error;
  if (Error error = input.finish())
    return error;
  if (array.type == ElementType::U8)
    return array;
  if (Error error = checkMemory(path, *count * getElementSize(array.type)))
    return error;
  convert(array, *type);
  return array;
}

Error writeIdx(StringRef path, const Array &array) {
  const IdxType *type = find_if(idxTypes, [&](const IdxType &candidate) {
    return candidate.type == array.type &&
           candidate.size == getElementSize(candidate.type);
  });
  if (type == std::end(idxTypes))
    return makeError(FileError::Kind::Resource, path,
                     "an IDX file cannot hold i64");
  SmallVector<char> header = {0, 0, char(type->code), char(array.shape.size())};
  for (int64_t dimension : array.shape) {
    if (!isUInt<32>(dimension))
      return makeError(FileError::Kind::Resource, path,
                       "an IDX file cannot hold the shape " +
                           formatShape(array.shape));
    char bytes[4];
    support::endian::write32be(bytes, dimension);
    header.append(bytes, bytes + 4);
  }
  if (type->size == 1)
    return writeFile(path, {header, array.bytes});
  std::vector<char> swapped = array.bytes;
  for (size_t i = 0; i < swapped.size(); i += type->size)
    std::reverse(&swapped[i], &swapped[i] + type->size);
  return writeFile(path, {header, swapped});
}

} // namespace gradc::data

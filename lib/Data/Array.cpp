//===- Array.cpp - Numbers with a type and a shape ------------------------===//

#include "gradc/Data/Array.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/bit.h"
#include "llvm/Support/ErrorHandling.h"
#include "llvm/Support/MathExtras.h"
#include <algorithm>

using namespace llvm;

namespace gradc::data {

// The readers take little-endian files as they are.
static_assert(endianness::native == endianness::little);

int64_t getElementSize(ElementType type) {
  switch (type) {
  case ElementType::U8:
    return 1;
  case ElementType::I32:
  case ElementType::F32:
    return 4;
  case ElementType::I64:
  case ElementType::F64:
    return 8;
  }
  llvm_unreachable("all element types are listed");
}

StringRef getElementName(ElementType type) {
  switch (type) {
  case ElementType::U8:
    return "u8";
  case ElementType::I32:
    return "i32";
  case ElementType::I64:
    return "i64";
  case ElementType::F32:
    return "f32";
  case ElementType::F64:
    return "f64";
  }
  llvm_unreachable("all element types are listed");
}

bool isFloat(ElementType type) {
  return type == ElementType::F32 || type == ElementType::F64;
}

std::optional<int64_t> countElements(ArrayRef<int64_t> shape,
                                     int64_t elementSize) {
  int64_t count = 1, bytes;
  // The dimensions are multiplied as if none were 0: a shape such as
  // [0, 2^62, 2^62] has no elements, but also no row width.
  bool isEmpty = false;
  for (int64_t dimension : shape) {
    if (dimension < 0)
      return std::nullopt;
    isEmpty |= dimension == 0;
    if (MulOverflow(count, std::max<int64_t>(dimension, 1), count))
      return std::nullopt;
  }
  if (MulOverflow(count, elementSize, bytes))
    return std::nullopt;
  return isEmpty ? 0 : count;
}

std::string formatShape(ArrayRef<int64_t> shape) {
  std::string text = "[";
  for (auto [index, dimension] : enumerate(shape))
    text += (index ? ", " : "") + std::to_string(dimension);
  return text + "]";
}

Array::Array(ElementType type, ArrayRef<int64_t> shape)
    : type(type), shape(shape),
      bytes(*countElements(shape, getElementSize(type)) *
            getElementSize(type)) {}

int64_t Array::getNumElements() const {
  return static_cast<int64_t>(bytes.size()) / getElementSize(type);
}

int64_t Array::getRowWidth() const {
  int64_t width = 1;
  for (int64_t dimension : ArrayRef<int64_t>(shape).drop_front(!shape.empty()))
    width *= dimension;
  return width;
}

double Array::getElement(int64_t index) const {
  switch (type) {
  case ElementType::U8:
    return as<uint8_t>()[index];
  case ElementType::I32:
    return as<int32_t>()[index];
  case ElementType::I64:
    return static_cast<double>(as<int64_t>()[index]);
  case ElementType::F32:
    return as<float>()[index];
  case ElementType::F64:
    return as<double>()[index];
  }
  llvm_unreachable("all element types are listed");
}

} // namespace gradc::data

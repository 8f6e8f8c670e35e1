//===- Array.h - Numbers with a type and a shape ----------------*- C++ -*-===//

#ifndef GRADC_DATA_ARRAY_H
#define GRADC_DATA_ARRAY_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace gradc::data {

enum class ElementType { U8, I32, I64, F32, F64 };

/// Bytes of one element.
int64_t getElementSize(ElementType type);
/// `u8`, `i32`, `i64`, `f32` or `f64`.
llvm::StringRef getElementName(ElementType type);
bool isFloat(ElementType type);

/// The product of `shape`; nothing where a dimension is negative or where the
/// elements, `elementSize` bytes each, would not fit into 2^63 bytes.
std::optional<int64_t> countElements(llvm::ArrayRef<int64_t> shape,
                                     int64_t elementSize);

/// `[60000, 28, 28]`.
std::string formatShape(llvm::ArrayRef<int64_t> shape);

/// Elements in row-major order, in the byte order of this machine.
struct Array {
  ElementType type = ElementType::F32;
  llvm::SmallVector<int64_t> shape;
  std::vector<char> bytes; ///< countElements(shape) * getElementSize(type)

  Array() = default;
  /// Zeros. The shape must be one that `countElements` accepts.
  Array(ElementType type, llvm::ArrayRef<int64_t> shape);

  int64_t getNumElements() const;
  /// The first dimension: how many rows (samples); 1 for a single number.
  int64_t getNumRows() const { return shape.empty() ? 1 : shape[0]; }
  /// Elements of one row: the product of the other dimensions.
  int64_t getRowWidth() const;
  /// Element `index` in row-major order. An i64 beyond 2^53 is rounded.
  double getElement(int64_t index) const;

  /// The elements; `T` must be the C++ type of `type`.
  template <typename T> llvm::ArrayRef<T> as() const {
    return {reinterpret_cast<const T *>(bytes.data()),
            bytes.size() / sizeof(T)};
  }
  template <typename T> llvm::MutableArrayRef<T> as() {
    return {reinterpret_cast<T *>(bytes.data()), bytes.size() / sizeof(T)};
  }
};

} // namespace gradc::data

#endif // GRADC_DATA_ARRAY_H

//===- BlockLayout.cpp - Tensors one behind the other in memory -----------===//

#include "BlockLayout.h"
#include "gradc/Interfaces/StepAttributes.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;

namespace gradc {

Attribute BlockLayout::describe(OpBuilder &builder, StringRef name,
                                StringRef kind, RankedTensorType type,
                                int64_t offset) {
  return builder.getDictionaryAttr({
      builder.getNamedAttr(step::placeName, builder.getStringAttr(name)),
      builder.getNamedAttr(step::placeKind, builder.getStringAttr(kind)),
      builder.getNamedAttr(step::placeType, TypeAttr::get(type)),
      builder.getNamedAttr(step::placeOffset,
                           builder.getI64IntegerAttr(offset)),
  });
}

int64_t BlockLayout::add(OpBuilder &builder, StringRef name, StringRef kind,
                         RankedTensorType type) {
  int64_t offset = bytes;
  offsets[name] = offset;
  places.push_back(describe(builder, name, kind, type, offset));
  int64_t size = type.getNumElements() *
                 llvm::divideCeil(type.getElementTypeBitWidth(), 8);
  bytes = llvm::alignTo(bytes + size, step::alignment);
  return offset;
}

} // namespace gradc

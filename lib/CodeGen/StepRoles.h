//===- StepRoles.h - Reading the attributes of a step -----------*- C++ -*-===//

#ifndef GRADC_LIB_CODEGEN_STEPROLES_H
#define GRADC_LIB_CODEGEN_STEPROLES_H

#include "gradc/Interfaces/StepAttributes.h"
#include "mlir/IR/BuiltinAttributes.h"

namespace gradc {

/// The text of an attribute of an argument or result; empty where it has none.
inline llvm::StringRef getText(mlir::DictionaryAttr attrs,
                               llvm::StringRef name) {
  auto text = attrs ? attrs.getAs<mlir::StringAttr>(name) : mlir::StringAttr();
  return text ? text.getValue() : llvm::StringRef();
}

} // namespace gradc

#endif // GRADC_LIB_CODEGEN_STEPROLES_H

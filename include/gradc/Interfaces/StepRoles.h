//===- StepRoles.h - Reading the attributes of a step -----------*- C++ -*-===//

#ifndef GRADC_INTERFACES_STEPROLES_H
#define GRADC_INTERFACES_STEPROLES_H

#include "gradc/Interfaces/StepAttributes.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace gradc {

/// The text of an attribute of an argument or result; empty where it has none.
inline llvm::StringRef getText(mlir::DictionaryAttr attrs,
                               llvm::StringRef name) {
  auto text = attrs ? attrs.getAs<mlir::StringAttr>(name) : mlir::StringAttr();
  return text ? text.getValue() : llvm::StringRef();
}

/// The name of the variable that an argument or result with these attributes
/// is; empty for another one.
inline llvm::StringRef getVariable(mlir::DictionaryAttr attrs) {
  return getText(attrs, step::roleAttr) == step::variableRole
             ? getText(attrs, step::nameAttr)
             : llvm::StringRef();
}

/// The variable that an argument of `function` is; empty for another value.
inline llvm::StringRef getVariable(mlir::func::FuncOp function,
                                   mlir::Value value) {
  auto argument = mlir::dyn_cast<mlir::BlockArgument>(value);
  if (!argument || argument.getOwner() != &function.front())
    return {};
  return getVariable(function.getArgAttrDict(argument.getArgNumber()));
}

} // namespace gradc

#endif // GRADC_INTERFACES_STEPROLES_H

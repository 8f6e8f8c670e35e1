//===- LayerChains.h - What stands before and behind a layer ----*- C++ -*-===//
//
// Questions of passes on networks as written, answered by interfaces.
//
//===----------------------------------------------------------------------===//

#ifndef GRADC_LIB_TRANSFORMS_LAYERCHAINS_H
#define GRADC_LIB_TRANSFORMS_LAYERCHAINS_H

#include "gradc/Interfaces/Interfaces.h"

namespace gradc {

/// Whether `op` is a function of each element alone, with parameters or not.
inline bool isActivation(mlir::Operation *op) {
  auto layer = mlir::dyn_cast<LayerOpInterface>(op);
  return mlir::isa<SlopeOpInterface>(op) || (layer && layer.isActivation());
}

/// Whether the network predicts with `value`.
inline bool isOutput(mlir::Value value) {
  return llvm::any_of(value.getUsers(), [](mlir::Operation *user) {
    return user->hasTrait<mlir::OpTrait::IsTerminator>();
  });
}

/// The name of the weighted layer that `op` follows on its first operands, or
/// none.
inline llvm::StringRef findLayerName(mlir::Operation *op) {
  while (op && op->getNumOperands() != 0) {
    op = op->getOperand(0).getDefiningOp();
    if (auto layer = mlir::dyn_cast_or_null<WeightedLayerOpInterface>(op))
      return layer.getLayerName();
  }
  return "";
}

} // namespace gradc

#endif // GRADC_LIB_TRANSFORMS_LAYERCHAINS_H

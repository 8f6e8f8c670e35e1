//===- Train.h - The dialect of learning ------------------------*- C++ -*-===//

#ifndef GRADC_DIALECT_TRAIN_TRAIN_H
#define GRADC_DIALECT_TRAIN_TRAIN_H

#include "gradc/Interfaces/Interfaces.h"
#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

namespace gradc::train {
/// An op that is left out of the inference form of a network.
template <typename ConcreteType>
class OnlyInTraining
    : public mlir::OpTrait::TraitBase<ConcreteType, OnlyInTraining> {};
} // namespace gradc::train

#include "gradc/Dialect/Train/TrainDialect.h.inc"
#include "gradc/Dialect/Train/TrainEnums.h.inc"
#define GET_TYPEDEF_CLASSES
#include "gradc/Dialect/Train/TrainTypes.h.inc"
#define GET_OP_CLASSES
#include "gradc/Dialect/Train/TrainOps.h.inc"

#endif // GRADC_DIALECT_TRAIN_TRAIN_H

//===- Kernel.h - The dialect of products -----------------------*- C++ -*-===//

#ifndef GRADC_DIALECT_KERNEL_KERNEL_H
#define GRADC_DIALECT_KERNEL_KERNEL_H

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "mlir/Interfaces/DestinationStyleOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include "gradc/Dialect/Kernel/KernelDialect.h.inc"
#define GET_ATTRDEF_CLASSES
#include "gradc/Dialect/Kernel/KernelAttributes.h.inc"
#define GET_OP_CLASSES
#include "gradc/Dialect/Kernel/KernelOps.h.inc"

namespace gradc::kernel {
/// Whether `type` has the rank of a matrix in panels.
inline bool isInPanels(mlir::Type type) {
  return mlir::cast<mlir::ShapedType>(type).getRank() == 3;
}

/// Whether a matrix of so many columns is worth keeping in panels: they fill at
/// least two. Of one, the panel is the matrix itself.
inline bool fillsPanels(int64_t columns, mlir::Type element) {
  return element.isF32() && columns % ProductOp::panelWidth == 0 &&
         columns > ProductOp::panelWidth;
}

/// Lets one-shot-bufferize put products on memory.
void registerBufferizableOpInterfaceExternalModels(
    mlir::DialectRegistry &registry);
} // namespace gradc::kernel

#endif // GRADC_DIALECT_KERNEL_KERNEL_H

//===- ProductBodies.h - Generics that can join a product -------*- C++ -*-===//

#ifndef GRADC_LIB_CONVERSION_PRODUCTBODIES_H
#define GRADC_LIB_CONVERSION_PRODUCTBODIES_H

#include "gradc/Dialect/Kernel/Kernel.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"

namespace gradc {

/// Whether a product can read `operand` of `generic` at its own elements.
bool isReadable(mlir::linalg::GenericOp generic, mlir::OpOperand &operand);

/// Whether a body calls a function, as the exponential, that takes many
/// instructions. A kernel would hold them once for each vector of its block.
bool isLong(mlir::Block &body);

/// Whether `value` is there at `op`.
bool isBefore(mlir::Value value, mlir::Operation *op);

/// Whether `value` is there at `place`, or `bringBefore` can bring it there.
bool canBringBefore(mlir::Value value, mlir::Operation *place);

/// Moves what draws `value` before `place`, where it comes behind: ops that
/// work on numbers alone, as those of a mask of dropout do.
void bringBefore(mlir::Value value, mlir::Operation *place);

/// The values from outside that a generic's body uses.
llvm::SetVector<mlir::Value> findCaptured(mlir::linalg::GenericOp generic);

/// Whether no value but constants comes from outside of a generic's body.
bool usesConstantsOnly(mlir::linalg::GenericOp generic);

/// Clones the constants that the body of `generic` uses, and maps them.
void cloneConstants(mlir::OpBuilder &builder, mlir::linalg::GenericOp generic,
                    mlir::IRMapping &mapping);

/// Whether `generic` reads elements of `product` that are its own, and
/// otherwise only what is there before the product, or can be brought before
/// it, and has an element for each of its.
bool readsElements(mlir::linalg::GenericOp generic, kernel::ProductOp product);

/// Joins each product under `root` with generics that read it, one after the
/// other, as long as `fuse` makes one product of the two. It gives null where
/// it cannot, and has erased both where it could.
void fuseReaders(mlir::Operation *root,
                 llvm::function_ref<kernel::ProductOp(kernel::ProductOp,
                                                      mlir::linalg::GenericOp)>
                     fuse);

} // namespace gradc

#endif // GRADC_LIB_CONVERSION_PRODUCTBODIES_H

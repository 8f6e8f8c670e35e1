//===- MatrixTransposes.h - Generics that transpose a matrix ----*- C++ -*-===//

#ifndef GRADC_LIB_CODEGEN_MATRIXTRANSPOSES_H
#define GRADC_LIB_CODEGEN_MATRIXTRANSPOSES_H

#include "mlir/Dialect/Linalg/IR/Linalg.h"

namespace gradc {

/// The matrix of which `generic` is the transposed one, and nothing more; null
/// where it does anything else.
mlir::Value getTransposed(mlir::linalg::GenericOp generic);

/// A generic that copies `from` into `to`: the dimension i of `to` is the
/// dimension `permutation[i]` of `from`.
mlir::Value buildPermuted(mlir::OpBuilder &builder, mlir::Location loc,
                          mlir::Value from, mlir::Value to,
                          llvm::ArrayRef<unsigned> permutation);

/// The transposed `matrix`, in the place of `to`.
mlir::Value buildTransposed(mlir::OpBuilder &builder, mlir::Location loc,
                            mlir::Value matrix, mlir::Value to);

} // namespace gradc

#endif // GRADC_LIB_CODEGEN_MATRIXTRANSPOSES_H

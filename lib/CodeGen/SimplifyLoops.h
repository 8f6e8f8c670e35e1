//===- SimplifyLoops.h - Generics with as few loops as can be ---*- C++ -*-===//

#ifndef GRADC_LIB_CODEGEN_SIMPLIFYLOOPS_H
#define GRADC_LIB_CODEGEN_SIMPLIFYLOOPS_H

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/PatternMatch.h"

namespace gradc {

/// The same memory, seen in another shape.
mlir::Value viewAs(mlir::OpBuilder &builder, mlir::Location loc,
                   mlir::Value memory, llvm::ArrayRef<int64_t> shape);

/// Replaces a generic on buffers by one with as few loops as can be, and
/// returns it; the op itself where nothing is gained.
///
/// An access such as `x[n, 2 * h + i, w, c]` is a start and a stride for each
/// loop. Loops of one turn are left out, neighbours through which every operand
/// goes as through one are joined, and a loop along which more operands lie
/// than along the last one becomes the last. Each operand is then a view with a
/// dimension for each loop it uses, the longest stride first. Where
/// `sharesWork`, a single very long loop is cut into equal parts, for threads
/// to take.
mlir::linalg::GenericOp simplifyLoops(mlir::RewriterBase &rewriter,
                                      mlir::linalg::GenericOp op,
                                      bool sharesWork);

} // namespace gradc

#endif // GRADC_LIB_CODEGEN_SIMPLIFYLOOPS_H

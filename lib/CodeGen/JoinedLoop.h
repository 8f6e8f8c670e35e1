//===- JoinedLoop.h - Two loops over elements as one ------------*- C++ -*-===//

#ifndef GRADC_LIB_CODEGEN_JOINEDLOOP_H
#define GRADC_LIB_CODEGEN_JOINEDLOOP_H

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/PatternMatch.h"

namespace gradc {

/// Builds, where the rewriter stands, the loop that does in each turn what the
/// first and then the second loop do in it. They have the same turns and no
/// turn of the one needs another turn of the other. Both are left as they are.
mlir::linalg::GenericOp buildJoinedLoop(mlir::RewriterBase &rewriter,
                                        mlir::linalg::GenericOp first,
                                        mlir::linalg::GenericOp second);

} // namespace gradc

#endif // GRADC_LIB_CODEGEN_JOINEDLOOP_H

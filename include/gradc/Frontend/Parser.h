//===- Parser.h - From text to the syntax tree ------------------*- C++ -*-===//

#ifndef GRADC_FRONTEND_PARSER_H
#define GRADC_FRONTEND_PARSER_H

#include "gradc/Frontend/AST.h"
#include "mlir/IR/Diagnostics.h"
#include "llvm/Support/SourceMgr.h"

namespace gradc {

/// Parses a whole file and reports all its independent errors. With any of them
/// there is no tree.
mlir::FailureOr<ast::File> parseNet(const llvm::SourceMgr &sources,
                                    unsigned bufferId,
                                    mlir::MLIRContext *context);

/// As `parseNet`, but gives what could be read, marked `hasErrors`: `elaborate`
/// finds further errors in it before it fails.
ast::File parseNetWithErrors(const llvm::SourceMgr &sources, unsigned bufferId,
                             mlir::MLIRContext *context);

/// Parses a buffer that holds what follows `word` on its line:
/// `norm 1.0` of `clip norm 1.0`.
mlir::FailureOr<ast::Statement>
parseStatementTail(const llvm::SourceMgr &sources, unsigned bufferId,
                   llvm::StringRef word, mlir::MLIRContext *context);

/// Parses a buffer that holds one value; arithmetic needs no parentheses here.
mlir::FailureOr<ast::Expression> parseValue(const llvm::SourceMgr &sources,
                                            unsigned bufferId,
                                            mlir::MLIRContext *context);

} // namespace gradc

#endif // GRADC_FRONTEND_PARSER_H

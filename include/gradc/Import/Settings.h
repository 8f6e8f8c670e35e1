//===- Settings.h - Lines of the file set on the command line ---*- C++ -*-===//

#ifndef GRADC_IMPORT_SETTINGS_H
#define GRADC_IMPORT_SETTINGS_H

#include "gradc/Frontend/AST.h"
#include "mlir/IR/Diagnostics.h"
#include "llvm/Support/SourceMgr.h"

namespace gradc {

/// Does what `--set path=text` asks for. `train.clip` and `norm 1.0` replace
/// the first line `clip` of the train section by `clip norm 1.0`, or add it;
/// `train.optimizer.lr` and `0.1` set that argument of the line. The text is
/// kept in `sources` as `<command line>`, for messages about it.
mlir::LogicalResult applySetting(ast::File &file, llvm::StringRef path,
                                 llvm::StringRef text, llvm::SourceMgr &sources,
                                 mlir::MLIRContext *context);

} // namespace gradc

#endif // GRADC_IMPORT_SETTINGS_H

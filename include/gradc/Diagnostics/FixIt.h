//===- FixIt.h - Suggestions that a diagnostic carries ----------*- C++ -*-===//

#ifndef GRADC_DIAGNOSTICS_FIXIT_H
#define GRADC_DIAGNOSTICS_FIXIT_H

#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/Location.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <optional>
#include <string>

namespace gradc {

/// The candidate nearest to `word`, where it is near enough to be meant (edit
/// distance at most 2 and less than half of the word); empty otherwise. Two
/// neighbouring letters in the wrong order count as one edit.
llvm::StringRef findNearest(llvm::StringRef word,
                            llvm::ArrayRef<llvm::StringRef> candidates);

/// Says on `diagnostic` that replacing `range` by `text` mends it. An empty
/// range inserts. Shown as clang shows a fix-it; carried as metadata.
void addFixIt(mlir::Diagnostic &diagnostic, mlir::Location range,
              llvm::StringRef text);

/// Ends the message "unknown ..." of `diagnostic` with "; did you mean
/// 'nearest'?" and the fix-it at `range`; nothing where `nearest` is empty.
void suggest(mlir::Diagnostic &diagnostic, mlir::Location range,
             llvm::StringRef nearest);

/// A replacement that `addFixIt` attached.
struct FixIt {
  mlir::Location range;
  std::string text;
};
std::optional<FixIt> getFixIt(const mlir::Diagnostic &diagnostic);

} // namespace gradc

#endif // GRADC_DIAGNOSTICS_FIXIT_H

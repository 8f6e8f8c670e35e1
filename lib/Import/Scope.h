//===- Scope.h - The names that an expression sees --------------*- C++ -*-===//

#ifndef GRADC_LIB_IMPORT_SCOPE_H
#define GRADC_LIB_IMPORT_SCOPE_H

#include "gradc/Frontend/AST.h"
#include "gradc/Interfaces/SourceArguments.h"
#include "llvm/ADT/StringMap.h"

namespace gradc {

/// From here on not every whole number is a double.
inline constexpr double maxWholeNumber = 9007199254740992.0;

/// A param, a formal of a block, or the index of a repeat.
struct Binding {
  SourceValue value;
  mlir::Location loc; ///< of the name where it is declared
  mutable bool isUsed = false;
};

/// Bindings, and those around them.
struct Scope {
  const Scope *parent = nullptr;
  llvm::StringMap<Binding> bindings;
  /// Where the block is used whose body this is.
  std::optional<mlir::Location> caller;
  /// Whether `epoch` is a number here: in the train section.
  bool knowsEpoch = false;

  const Binding *find(llvm::StringRef name) const;
  /// The visible name nearest to `name`, or empty.
  llvm::StringRef findNearestName(llvm::StringRef name) const;
  /// `loc`, with the uses of the blocks that led to it.
  mlir::Location locate(mlir::Location loc) const;
};

/// The value of `expression`. Unbound names stand for themselves, but not in
/// arithmetic.
mlir::FailureOr<SourceValue> evaluate(const ast::Expression &expression,
                                      const Scope &scope);

/// The whole number in [low, 2^53] that `expression` gives; `what` names it.
mlir::FailureOr<int64_t> evaluateCount(const ast::Expression &expression,
                                       const Scope &scope,
                                       const llvm::Twine &what, int64_t low);

/// Stands for a value that is wrong, of which enough was said: it fits wherever
/// it is used. No file with such a value is elaborated.
SourceValue getUnknown(mlir::Location loc);
bool isUnknown(const SourceValue &value);

/// Whether both are the same value, wherever they were written.
bool isSame(const SourceValue &a, const SourceValue &b);

} // namespace gradc

#endif // GRADC_LIB_IMPORT_SCOPE_H

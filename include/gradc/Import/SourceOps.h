//===- SourceOps.h - The ops that stand in a `.net` -------------*- C++ -*-===//

#ifndef GRADC_IMPORT_SOURCEOPS_H
#define GRADC_IMPORT_SOURCEOPS_H

#include "gradc/Interfaces/Interfaces.h"
#include <map>

namespace gradc {

/// The words of all registered ops that stand in a `.net`, by their place
/// (`layer`, `loss`, `optimizer`, `metric`, `train`).
class SourceOps {
public:
  explicit SourceOps(mlir::MLIRContext *context);

  bool contains(llvm::StringRef place, llvm::StringRef word) const;
  /// All words of a place.
  std::vector<std::string> getWords(llvm::StringRef place) const;
  /// The op of that word. Unknown words are reported at `loc` with the nearest
  /// known one.
  mlir::FailureOr<SourceOpInterface::Concept *>
  find(llvm::StringRef place, llvm::StringRef word, mlir::Location loc) const;
  /// The line of a layer that makes a value of the type `to` of one of the type
  /// `from`, as the first op by its word says that can; none where none can.
  std::optional<SourceCall> findProjection(mlir::RankedTensorType from,
                                           mlir::RankedTensorType to,
                                           mlir::Location loc) const;

private:
  std::map<std::string, std::map<std::string, SourceOpInterface::Concept *>>
      places;
};

} // namespace gradc

#endif // GRADC_IMPORT_SOURCEOPS_H

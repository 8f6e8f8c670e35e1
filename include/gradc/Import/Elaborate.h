//===- Elaborate.h - From the syntax tree to evaluated lines ----*- C++ -*-===//

#ifndef GRADC_IMPORT_ELABORATE_H
#define GRADC_IMPORT_ELABORATE_H

#include "gradc/Frontend/AST.h"
#include "gradc/Interfaces/SourceArguments.h"

namespace gradc {

/// `activation leaky(x, k = 0.1) = max(x, k * x)`, params bound.
struct FormulaDefinition {
  /// What a line that uses it may set; needed where it has no default.
  struct Setting {
    std::string name;
    std::optional<double> value;
  };

  std::string name;
  mlir::Location loc; ///< of the name
  std::string variable;
  std::vector<Setting> settings;
  /// Numbers, the variable, settings, and calls: of functions, and of the
  /// operators `+`, `-`, `*` and `/`.
  SourceValue body;

  const Setting *find(llvm::StringRef setting) const;
  /// Prints it as it would be declared.
  void print(llvm::raw_ostream &os) const;
};

/// A file whose params are bound and whose expressions, blocks, repeats and
/// defaults are gone.
struct ElaboratedFile {
  std::string name; ///< of the net section
  mlir::Location loc;
  std::vector<SourceCall> data;
  std::vector<SourceCall> net;
  std::vector<SourceCall> train;
  std::vector<FormulaDefinition> formulas;

  /// Prints the lines as a file that means the same, with the name of each
  /// layer in a comment.
  void print(llvm::raw_ostream &os) const;
};

/// The most lines a net may have once its loops are unrolled.
inline constexpr int64_t defaultMaxLayers = 100000;

/// `-D name=value`.
struct ParamSetting {
  std::string name;
  std::string value;
};

/// Evaluates `file`. Each problem is reported at its place; independent
/// problems are all reported, and nothing that follows from another one. A net
/// of more than `maxLayers` lines (repeats multiplied) is refused before it is
/// built. `layerWords` are the words of all layers, which no label or block may
/// take; without them, those that the file uses.
mlir::FailureOr<ElaboratedFile>
elaborate(const ast::File &file, llvm::ArrayRef<ParamSetting> settings,
          mlir::MLIRContext *context, int64_t maxLayers = defaultMaxLayers,
          llvm::ArrayRef<llvm::StringRef> layerWords = {});

} // namespace gradc

#endif // GRADC_IMPORT_ELABORATE_H

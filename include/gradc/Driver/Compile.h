//===- Compile.h - From a network to a program ------------------*- C++ -*-===//

#ifndef GRADC_DRIVER_COMPILE_H
#define GRADC_DRIVER_COMPILE_H

#include "gradc/Execution/Program.h"
#include "gradc/Import/ImportNet.h"
#include <functional>

namespace mlir {
class PassManager;
} // namespace mlir

namespace gradc {

struct CompileOptions {
  int64_t batch = 32;
  bool isF64 = false;
  unsigned level = 2;                ///< -O
  std::string cpu = "native";        ///< -march=
  bool parallel = false;             ///< let threads share long loops
  bool watch = true;                 ///< also compile the watched step
  bool throughTime = false;          ///< watch states of recurrent layers too
  bool gradients = false;            ///< also `gradients` and `loss`
  bool training = true;              ///< the functions that train
  std::vector<std::string> remedies; ///< of --with=
  /// Called on every pass manager before it runs: timing, printing of IR.
  std::function<mlir::LogicalResult(mlir::PassManager &)> configure;
  /// Told after a part of the work what it was: for reports of times.
  std::function<void(llvm::StringRef)> onPhase;
};

/// Builds the module of the `layers` stage, with what `--with=` asks for: words
/// such as `batchnorm` and `elu:0.5`, checked before. They run in an order of
/// their own.
mlir::FailureOr<ImportedNet>
importWithRemedies(const ElaboratedFile &file, const ImportOptions &options,
                   llvm::ArrayRef<std::string> remedies,
                   mlir::MLIRContext *context);

/// Imports and compiles a network. Problems are reported at their places.
mlir::FailureOr<Program> compileNet(const ElaboratedFile &file,
                                    const CompileOptions &options,
                                    mlir::MLIRContext *context);

/// Compiles a module of the `layers` stage, as `importNet` makes it. The passes
/// change it.
mlir::FailureOr<Program> compileModule(mlir::ModuleOp module,
                                       const CompileOptions &options);

/// Runs the stages up to the one called `stage` and writes what it prints.
/// `ast` and `net` are not among them: they come before any op.
mlir::LogicalResult emitStage(const ElaboratedFile &file,
                              const CompileOptions &options,
                              llvm::StringRef stage, llvm::raw_ostream &os,
                              mlir::MLIRContext *context);

/// Registers every dialect and extension that the stages need.
void registerAllDialects(mlir::DialectRegistry &registry);

/// The stages in their order, for help texts and checks.
struct StageInfo {
  llvm::StringLiteral name;
  llvm::StringLiteral summary;
  bool isBinary = false;
};
llvm::ArrayRef<StageInfo> getStages();

} // namespace gradc

#endif // GRADC_DRIVER_COMPILE_H

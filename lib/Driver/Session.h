//===- Session.h - A .net file read and evaluated ---------------*- C++ -*-===//

#ifndef GRADC_LIB_DRIVER_SESSION_H
#define GRADC_LIB_DRIVER_SESSION_H

#include "gradc/Driver/CodeCache.h"
#include "gradc/Driver/Compile.h"
#include "gradc/Driver/Messages.h"
#include "gradc/Driver/TimeReport.h"
#include "gradc/Execution/Model.h"
#include "gradc/Import/TrainSettings.h"
#include "gradc/Interfaces/Interfaces.h"
#include "mlir/IR/MLIRContext.h"

namespace gradc {

/// What all commands on a `.net` file share: its text, its tree, its settings,
/// and where messages about them go.
class Session {
public:
  Session(const Options &options, Console &console);
  /// Says how many errors and warnings there were.
  ~Session();

  /// Reads, parses and evaluates the file, with what the command line sets.
  llvm::Error load();
  /// Prints the syntax tree: `-emit=ast`.
  void dumpTree(llvm::raw_ostream &os) const { tree->dump(os); }
  /// Reports what only the importer finds, and reads the learning rate.
  llvm::Error checkNet();

  /// `checkNet`, and whether the file says how to train, and on what.
  llvm::Error checkTrainable();

  const ElaboratedFile &getFile() const { return *file; }
  const TrainSettings &getSettings() const { return settings; }
  /// As written, or as --lr= has it; after `checkNet`.
  double getRate() const { return rate; }
  llvm::StringRef getSourceText() const { return text; }
  bool hasTraining() const { return !file->train.empty(); }

  /// Whether samples fit the network, as `gradc::checkData` says; what it says
  /// of targets may follow from a layer that takes vectors for sequences.
  llvm::Error checkData(const Program &program,
                        const data::BatchReader &reader) const;

  /// Reports a layer that cannot be trained with a batch of so few samples.
  llvm::Error checkBatch(int64_t samples) const;

  /// The options of a compilation, with the batch of the file.
  CompileOptions getCompileOptions() const;
  /// Takes the code from the cache, or compiles and keeps it.
  llvm::Expected<Program> compile(const CompileOptions &compileOptions);
  /// Whether the last code was there already.
  /// Whether the first program came from the cache.
  bool wasCached() const { return isFromCache.value_or(false); }
  /// Where the time went, if the command line asks for it.
  void showTimes() const;

  const Options &options;
  Console &console;
  Messages messages{options, console};
  TimeReport times;
  mlir::MLIRContext context;

private:
  llvm::SourceMgr sources;
  DiagnosticRenderer renderer;
  /// Sees every diagnostic before the renderer: where it is about.
  mlir::ScopedDiagnosticHandler originWatcher;
  unsigned sourceErrors = 0;
  llvm::StringRef text, sourceName;
  std::optional<ast::File> tree;
  std::optional<ElaboratedFile> file;
  std::optional<ImportedNet> net; ///< as imported, until it is compiled
  ImportOptions imported;
  /// Of the layer that needs the largest batch in training: its word's place,
  /// and how many samples it needs.
  std::pair<int64_t, mlir::Location> smallestBatch;
  /// What would make a vector of an output that is a sequence.
  std::optional<SourceAdvice> stepsAdvice;
  TrainSettings settings;
  double rate = 0;
  CodeCache cache;
  std::optional<bool> isFromCache; ///< of the first program

  /// The end after errors that were shown: were they in the file, or in what
  /// the command line set?
  llvm::Error makeEnd() const;
  mlir::LogicalResult applySettings();
  void warnOfNet();
  llvm::Error importOnce(const ImportOptions &importOptions);
  llvm::Expected<Program> compileNow(const CompileOptions &compileOptions);
};

} // namespace gradc

#endif // GRADC_LIB_DRIVER_SESSION_H

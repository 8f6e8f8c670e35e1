//===- Importer.h - Builds one network --------------------------*- C++ -*-===//

#ifndef GRADC_LIB_IMPORT_IMPORTER_H
#define GRADC_LIB_IMPORT_IMPORTER_H

#include "gradc/Dialect/NN/NN.h"
#include "gradc/Dialect/Train/Train.h"
#include "gradc/Import/ImportNet.h"
#include "gradc/Import/SourceOps.h"
#include "llvm/ADT/StringMap.h"

namespace gradc {

/// Builds one network. Errors are reported where they are found; lines that do
/// not depend on a wrong one are still looked at.
class Importer {
public:
  Importer(const ElaboratedFile &file, const ImportOptions &options,
           mlir::MLIRContext *context)
      : file(file), options(options), sourceOps(context), builder(context) {
    element = options.isF64 ? mlir::Type(builder.getF64Type())
                            : mlir::Type(builder.getF32Type());
  }

  mlir::FailureOr<ImportedNet> run();

private:
  const ElaboratedFile &file;
  const ImportOptions &options;
  SourceOps sourceOps;
  mlir::OpBuilder builder;
  mlir::Type element;
  ImportedNet result;
  nn::NetworkOp network;
  mlir::Value target;
  mlir::Location targetLoc = builder.getUnknownLoc();
  /// What labels may refer to, by its full name. Null where it is wrong.
  llvm::StringMap<mlir::Value> values;
  /// A layer was wrong: those after it get values that may be wrong too.
  bool isBroken = false;

  mlir::FailureOr<mlir::Operation *> build(llvm::StringRef place,
                                           llvm::StringRef word,
                                           const SourceCall &call,
                                           mlir::ValueRange inputs);
  mlir::FailureOr<mlir::Value> getTarget(mlir::Location loc, mlir::Type type);
  mlir::FailureOr<mlir::Value> importInput(const SourceCall &call);
  mlir::FailureOr<mlir::Value> importLayers();
  mlir::FailureOr<mlir::Value> importLines(llvm::ArrayRef<SourceCall> lines,
                                           mlir::Value input);
  mlir::FailureOr<mlir::Value> importLayer(const SourceCall &call,
                                           mlir::Value input);
  mlir::FailureOr<mlir::Value> importAfterError(const SourceCall &call,
                                                mlir::Value input);
  void finish(mlir::Value output);

  // ImportGraph.cpp
  SourceContext getContext(const SourceCall &call);
  /// Whether something that the layer stands for, such as a parameter, is named
  /// after it.
  static bool givesNames(mlir::Operation *op);
  void remember(llvm::StringRef name, mlir::Value value);
  mlir::FailureOr<mlir::Value> findLayer(const SourceCall &call,
                                         const SourceValue &value);
  mlir::FailureOr<mlir::Value>
  project(const SourceCall &call, mlir::Value input,
          mlir::RankedTensorType type,
          llvm::ArrayRef<SourceNamedValue> arguments);

  // Formulas.cpp
  const FormulaDefinition *findFormula(llvm::StringRef word) const;
  mlir::FailureOr<mlir::Operation *>
  buildFormula(const FormulaDefinition &formula, const SourceCall &call,
               mlir::ValueRange inputs);

  // ImportTraining.cpp
  mlir::LogicalResult importTraining(mlir::Value output);
  mlir::FailureOr<mlir::Operation *> importOptimizer(const SourceCall *call);
  mlir::FailureOr<mlir::Value> importLoss(mlir::Value output,
                                          const SourceCall *call);
  mlir::LogicalResult importMetrics(mlir::Value output, const SourceCall &call);
};

} // namespace gradc

#endif // GRADC_LIB_IMPORT_IMPORTER_H

//===- Importer.h - Builds one network --------------------------*- C++ -*-===//

#ifndef GRADC_LIB_IMPORT_IMPORTER_H
#define GRADC_LIB_IMPORT_IMPORTER_H

#include "gradc/Dialect/NN/NN.h"
#include "gradc/Dialect/Train/Train.h"
#include "gradc/Import/ImportNet.h"
#include "gradc/Import/SourceOps.h"

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

  mlir::FailureOr<mlir::Value> importInput(const SourceCall &call);
  mlir::FailureOr<mlir::Value> importLayers();
  mlir::FailureOr<mlir::Value> importLayer(const SourceCall &call,
                                           mlir::Value input);
  mlir::FailureOr<mlir::Value> importAfterError(const SourceCall &call,
                                                mlir::Value input);
  mlir::LogicalResult importTraining(mlir::Value output);
  mlir::FailureOr<mlir::Operation *> importOptimizer(const SourceCall *call);
  mlir::FailureOr<mlir::Operation *> build(llvm::StringRef place,
                                           llvm::StringRef word,
                                           const SourceCall &call,
                                           mlir::ValueRange inputs);
  mlir::FailureOr<mlir::Value> getTarget(mlir::Location loc, mlir::Type type);
  mlir::FailureOr<mlir::Value> importLoss(mlir::Value output,
                                          const SourceCall *call);
  mlir::LogicalResult importMetrics(mlir::Value output, const SourceCall &call);
  void finish(mlir::Value output);
};

} // namespace gradc

#endif // GRADC_LIB_IMPORT_IMPORTER_H

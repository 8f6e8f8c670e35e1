//===- ImportNet.h - From evaluated lines to the first dialect --*- C++ -*-===//

#ifndef GRADC_IMPORT_IMPORTNET_H
#define GRADC_IMPORT_IMPORTNET_H

#include "gradc/Import/Elaborate.h"
#include "gradc/Interfaces/Interfaces.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

namespace gradc {

/// What a line of the net section became: for tables of layers.
struct ImportedLayer {
  std::string name; ///< full name
  std::string word;
  llvm::SmallVector<int64_t> shape; ///< of one sample
};

struct ImportedNet {
  mlir::OwningOpRef<mlir::ModuleOp> module;
  std::vector<ImportedLayer> layers;
  double sourceRate = 0; ///< the learning rate as written
  /// What to warn of once: an import for another batch says it again.
  std::vector<SourceAdvice> advice;
};

struct ImportOptions {
  int64_t batch = 32;
  bool isF64 = false;
};

/// Builds the module of the `layers` stage. A file without a train section
/// gives a network that can only predict.
mlir::FailureOr<ImportedNet> importNet(const ElaboratedFile &file,
                                       const ImportOptions &options,
                                       mlir::MLIRContext *context);

/// The words of the train section that become ops: `loss`, `optimizer`,
/// `metrics`, and those of registered ops (`decay`, `clip`).
std::vector<std::string> getTrainOpWords(mlir::MLIRContext *context);

/// The words of all layers, those of a later version included.
std::vector<std::string> getLayerWords(mlir::MLIRContext *context);

} // namespace gradc

#endif // GRADC_IMPORT_IMPORTNET_H

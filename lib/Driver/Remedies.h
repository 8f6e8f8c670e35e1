//===- Remedies.h - gradc --with=<remedy>,... -------------------*- C++ -*-===//

#ifndef GRADC_LIB_DRIVER_REMEDIES_H
#define GRADC_LIB_DRIVER_REMEDIES_H

#include "mlir/IR/MLIRContext.h"
#include "llvm/ADT/ArrayRef.h"
#include <string>
#include <utility>
#include <vector>

namespace gradc {

/// Splits what `--with=` names into the remedies that change the network and
/// the `path=value` settings that others stand for (`clip:norm:1`, `l2:1e-4`).
/// Words are not looked up yet.
void splitRemedies(llvm::StringRef text, std::vector<std::string> &remedies,
                   std::vector<std::pair<std::string, std::string>> &settings);

/// What is wrong with the words, with the nearest one that is known; empty
/// where nothing is.
std::string checkRemedies(llvm::ArrayRef<std::string> remedies,
                          mlir::MLIRContext *context);

} // namespace gradc

#endif // GRADC_LIB_DRIVER_REMEDIES_H

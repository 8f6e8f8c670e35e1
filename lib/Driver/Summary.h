//===- Summary.h - The table of layers --------------------------*- C++ -*-===//

#ifndef GRADC_LIB_DRIVER_SUMMARY_H
#define GRADC_LIB_DRIVER_SUMMARY_H

#include "Session.h"

namespace gradc {

/// A line for each layer, with its shape and its parameters, as Keras has it.
llvm::Expected<std::string> formatSummary(Session &session);

} // namespace gradc

#endif // GRADC_LIB_DRIVER_SUMMARY_H

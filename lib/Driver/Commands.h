//===- Commands.h - What gradc does with a file -----------------*- C++ -*-===//

#ifndef GRADC_LIB_DRIVER_COMMANDS_H
#define GRADC_LIB_DRIVER_COMMANDS_H

#include "Session.h"

namespace gradc {

/// Each does what its verb says, on a session that is loaded.
llvm::Error runTrain(Session &session);
llvm::Error runPredict(Session &session);
llvm::Error runCheck(Session &session);
llvm::Error runSummary(Session &session);
/// `-emit=<stage>` for every stage but `run`.
llvm::Error runEmit(Session &session);
/// `gradc data`, which reads no file.
llvm::Error runData(const Options &options, Console &console);

} // namespace gradc

#endif // GRADC_LIB_DRIVER_COMMANDS_H

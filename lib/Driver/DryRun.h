//===- DryRun.h - What a training would take --------------------*- C++ -*-===//

#ifndef GRADC_LIB_DRIVER_DRYRUN_H
#define GRADC_LIB_DRIVER_DRYRUN_H

#include "TrainingData.h"
#include "gradc/Execution/Trainer.h"

namespace gradc {

/// The layers, and the memory of the training that a dry run stands for, for
/// which all its code is compiled.
llvm::Expected<std::string> formatDryRun(Session &session, Model &model,
                                         const CompileForBatch &compileForBatch,
                                         const TrainingData &data,
                                         const TrainingPlan &plan);

/// Leaves so many batches of each part of the data.
void limitData(TrainingData &data, int64_t batch, int64_t batches);

} // namespace gradc

#endif // GRADC_LIB_DRIVER_DRYRUN_H

//===- MemoryReport.h - What a training takes of the memory -----*- C++ -*-===//

#ifndef GRADC_LIB_DRIVER_MEMORYREPORT_H
#define GRADC_LIB_DRIVER_MEMORYREPORT_H

#include "TrainingData.h"
#include "gradc/Execution/Trainer.h"

namespace gradc {

/// The blocks of a training that is about to begin, and the most memory that
/// this process will have taken at its end: a line for each.
std::string formatMemory(const Model &model, const TrainingData &data);

} // namespace gradc

#endif // GRADC_LIB_DRIVER_MEMORYREPORT_H

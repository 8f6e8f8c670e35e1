//===- DryRun.cpp - What a training would take ----------------------------===//

#include "DryRun.h"
#include "MemoryReport.h"
#include "Summary.h"

using namespace llvm;

namespace gradc {

Expected<std::string> formatDryRun(Session &session, Model &model,
                                   const CompileForBatch &compileForBatch,
                                   const TrainingData &data,
                                   const TrainingPlan &plan) {
  Expected<std::string> layers = formatSummary(session);
  if (!layers)
    return layers.takeError();
  int64_t batch = model.getProgram().batch;
  if (int64_t last = plan.countLastBatch(data.train->size(), batch)) {
    Expected<Model *> code = model.forBatch(last, compileForBatch);
    if (!code)
      return code.takeError();
  }
  return *layers + "\n" + formatMemory(model, data) + "\n";
}

void limitData(TrainingData &data, int64_t batch, int64_t batches) {
  for (std::optional<data::BatchReader> *part :
       {&data.train, &data.validation, &data.test})
    if (part->has_value()) {
      // Before the product, which could be too large.
      int64_t most = std::min(batches, (*part)->size() / batch + 1);
      data::BatchReader limited = (*part)->first(most * batch);
      part->emplace(std::move(limited));
    }
}

} // namespace gradc

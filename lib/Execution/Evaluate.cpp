//===- Evaluate.cpp - Run a network over samples without training ---------===//

#include "BatchQueue.h"
#include "gradc/Execution/Trainer.h"

#include <cassert>
#include <cstring>
#include <numeric>

using namespace llvm;

namespace gradc {

/// Gathers one batch after the other and calls `visit(batch, first)`, where the
/// positions of a batch begin with `first`.
static void
forEachBatch(Model &model, const data::BatchReader &reader, bool withTargets,
             function_ref<void(const BatchQueue::Batch &, int64_t)> visit) {
  BatchQueue queue(model, reader, withTargets);
  std::vector<int64_t> order(reader.size());
  std::iota(order.begin(), order.end(), 0);
  for (queue.start(std::move(order)); !queue.isEmpty();) {
    BatchQueue::Batch batch = queue.next();
    visit(batch, batch.positions.front());
  }
}

std::vector<Report> evaluate(Model &model, const data::BatchReader &reader) {
  if (reader.size() == 0)
    return {};
  LoadedFunction function = model.find("evaluate");
  std::vector<Report> means;
  for (const std::string &name : function.reports)
    means.push_back({name, 0});
  forEachBatch(model, reader, /*withTargets=*/true,
               [&](const BatchQueue::Batch &batch, int64_t first) {
                 ArrayRef<double> sums = model.run(
                     function, model.getState(), batch.inputs, batch.targets,
                     int64_t(batch.positions.size()), 0, 0);
                 for (auto [mean, sum] : zip_equal(means, sums))
                   mean.value = first == 0 ? sum : mean.value + sum;
               });
  for (Report &report : means)
    report.value /= double(reader.size());
  return means;
}

data::Array predict(Model &model, const data::BatchReader &reader) {
  const std::vector<TensorPlace> &places =
      model.getProgram().functions.find("predict")->second.outputs;
  auto output = find_if(
      places, [](const TensorPlace &place) { return place.name == "output"; });
  assert(output != places.end() && "the network has no output");
  SmallVector<int64_t> shape(output->shape);
  shape[0] = reader.size();
  data::Array result(
      output->isF64 ? data::ElementType::F64 : data::ElementType::F32, shape);
  int64_t rowBytes = output->getNumBytes() / model.getProgram().batch;
  LoadedFunction function = model.find("predict");
  forEachBatch(model, reader, /*withTargets=*/false,
               [&](const BatchQueue::Batch &batch, int64_t first) {
                 int64_t number = batch.positions.size();
                 (void)model.run(function, model.getState(), batch.inputs,
                                 nullptr, number, 0, 0, model.getOutputs());
                 std::memcpy(result.bytes.data() + first * rowBytes,
                             static_cast<char *>(model.getOutputs()) +
                                 output->offset,
                             number * rowBytes);
               });
  return result;
}

} // namespace gradc

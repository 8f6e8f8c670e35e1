//===- Evaluate.cpp - Run a network over samples without training ---------===//

#include "gradc/Execution/Trainer.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <numeric>

using namespace llvm;

namespace gradc {

/// Gathers one batch after the other and calls `visit(first, number)`.
static void forEachBatch(Model &model, const data::BatchReader &reader,
                         bool withTargets,
                         function_ref<void(int64_t, int64_t)> visit) {
  int64_t batch = model.getProgram().batch, size = reader.size();
  std::vector<int64_t> positions(batch);
  for (int64_t first = 0; first < size; first += batch) {
    int64_t number = std::min(batch, size - first);
    std::iota(positions.begin(), positions.end(), first);
    gatherBatch(model, reader, ArrayRef(positions).take_front(number),
                withTargets);
    visit(first, number);
  }
}

std::vector<Report> evaluate(Model &model, const data::BatchReader &reader) {
  std::vector<Report> means;
  forEachBatch(
      model, reader, /*withTargets=*/true, [&](int64_t, int64_t number) {
        std::vector<Report> sums = model.call("evaluate", model.getInputs(),
                                              model.getTargets(), number, 0, 0);
        if (means.empty())
          means = std::move(sums);
        else
          for (size_t i = 0; i < means.size(); ++i)
            means[i].value += sums[i].value;
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
  forEachBatch(
      model, reader, /*withTargets=*/false, [&](int64_t first, int64_t number) {
        model.call("predict", model.getInputs(), nullptr, number, 0, 0,
                   model.getOutputs());
        std::memcpy(result.bytes.data() + first * rowBytes,
                    static_cast<char *>(model.getOutputs()) + output->offset,
                    number * rowBytes);
      });
  return result;
}

} // namespace gradc

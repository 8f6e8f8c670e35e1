//===- Weights.cpp - Weights and gradients as files -----------------------===//

#include "TrainFiles.h"
#include "gradc/Driver/Version.h"

#include <cstring>

using namespace llvm;

namespace gradc {

Error writeWeights(const Model &model, StringRef path) {
  const Program &program = model.getProgram();
  Expected<Block> variables = model.copyState();
  if (!variables)
    return variables.takeError();
  return data::writeSafetensors(
      path, readVariables(program, *variables, /*withOptimizer=*/false),
      {{"gradc", gradcVersion}, {"net", program.networkName}});
}

Error readWeights(Model &model, StringRef path) {
  Expected<data::TensorFile> file = data::readSafetensors(path);
  if (!file)
    return file.takeError();
  // What the file does not have, the optimizer's values, stays as it is.
  Expected<Block> variables = model.copyState();
  if (!variables)
    return variables.takeError();
  if (Error error =
          writeVariables(model.getProgram(), *variables, path, file->tensors))
    return error;
  model.restoreState(*variables);
  return Error::success();
}

Error dumpGradients(Model &model, const CompileForBatch &compileForBatch,
                    const data::BatchReader &samples, const TrainingPlan &plan,
                    StringRef path) {
  std::vector<int64_t> order =
      data::epochOrder(samples.size(), plan.shuffleSeed, 1, plan.shuffle);
  ArrayRef<int64_t> positions =
      ArrayRef(order).take_front(model.getProgram().batch);
  Expected<Model *> code = model.forBatch(positions.size(), compileForBatch);
  if (!code)
    return code.takeError();
  gatherBatch(**code, samples, positions);
  (*code)->callOn(model.getState(), "gradients", (*code)->getInputs(),
                  (*code)->getTargets(), 1, plan.rate(1), int64_t(plan.seed),
                  (*code)->getOutputs());
  std::vector<data::NamedTensor> tensors;
  const Program &program = (*code)->getProgram();
  for (const TensorPlace &place :
       program.functions.find("gradients")->second.outputs) {
    data::Array array(place.isF64 ? data::ElementType::F64
                                  : data::ElementType::F32,
                      place.shape);
    std::memcpy(array.bytes.data(),
                static_cast<char *>((*code)->getOutputs()) + place.offset,
                place.getNumBytes());
    tensors.push_back({place.name, std::move(array)});
  }
  return data::writeSafetensors(path, tensors, {{"gradc", gradcVersion}});
}

} // namespace gradc

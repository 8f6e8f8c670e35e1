//===- CheckedModel.cpp - A model whose gradients are checked -------------===//

#include "CheckedModel.h"

#include "DifferenceQuotient.h"
#include "gradc/Data/Philox.h"
#include <algorithm>
#include <cmath>

using namespace llvm;

namespace gradc {

static constexpr int kLines = 3;

CheckedModel::CheckedModel(Model &model, const void *inputs,
                           const void *targets, uint64_t seed)
    : model(model), inputs(inputs), targets(targets), seed(seed),
      state(static_cast<char *>(model.getState().data())),
      saved(state, state + model.getState().size()) {}

static Expected<double> findLoss(ArrayRef<Report> reports) {
  for (const Report &report : reports)
    if (report.name == "loss")
      return report.value;
  return createStringError("the compiled code does not report its loss");
}

double CheckedModel::getLoss() {
  // The same step each time: the same masks.
  Expected<double> loss =
      findLoss(model.call("loss", inputs, targets, 1, 0, int64_t(seed)));
  return cantFail(std::move(loss));
}

void CheckedModel::computeGradients(const Block &outputs) {
  model.call("gradients", inputs, targets, 1, 0, int64_t(seed), outputs.data());
}

Expected<Block> CheckedModel::computeGradients() {
  const ProgramFunction &function =
      model.getProgram().functions.find("gradients")->second;
  Expected<Block> outputs = Block::allocate(function.outputBytes);
  if (!outputs)
    return outputs;
  // Both functions must be able to tell the loss.
  for (const char *name : {"gradients", "loss"}) {
    Expected<double> loss = findLoss(model.call(
        name, inputs, targets, 1, 0, int64_t(seed), outputs->data()));
    if (!loss)
      return loss.takeError();
    if (!std::isfinite(*loss))
      return createStringError("the loss is not finite, so there is nothing to "
                               "compare gradients with");
  }
  return outputs;
}

Expected<ArrayRef<double>>
CheckedModel::findGradient(const TensorPlace &place,
                           const Block &gradients) const {
  for (const TensorPlace &output :
       model.getProgram().functions.find("gradients")->second.outputs)
    if (output.name == place.name && output.shape == place.shape) {
      auto *bytes = static_cast<const char *>(gradients.data()) + output.offset;
      return ArrayRef(reinterpret_cast<const double *>(bytes),
                      output.getNumElements());
    }
  return createStringError("the compiled code gives no gradient of '" +
                           place.name + "'");
}

/// Moves all weights a little, up or down as drawn for the line.
void CheckedModel::moveAlong(int line, double step) {
  data::Random random(seed, "noise", line);
  for (const TensorPlace &place : getVariables())
    if (place.kind == "parameter")
      for (double &weight : getWeights(place))
        weight += (random.word() & 1 ? step : -step) *
                  std::max(1.0, std::fabs(weight));
}

/// On lines so short that the loss is straight.
double CheckedModel::measureNoise() {
  constexpr int kPoints = 9;
  std::array<double, kLines> found;
  for (int line = 0; line < kLines; ++line) {
    std::array<double, kPoints> losses;
    for (double &loss : losses) {
      moveAlong(line, 0x1p-33);
      loss = getLoss();
    }
    found[line] = estimateNoise(losses);
    restore();
  }
  // A kink on one of the lines does no harm.
  llvm::sort(found);
  return found[kLines / 2];
}

Expected<std::vector<Block>> CheckedModel::computeNearbyGradients() {
  std::vector<Block> blocks;
  for (int line = 0; line < kLines; ++line) {
    moveAlong(line, 0x1p-48);
    Expected<Block> outputs = computeGradients();
    restore();
    if (!outputs)
      return outputs.takeError();
    blocks.push_back(std::move(*outputs));
  }
  return blocks;
}

} // namespace gradc

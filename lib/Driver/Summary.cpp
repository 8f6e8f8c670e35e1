//===- Summary.cpp - gradc summary ----------------------------------------===//

#include "Summary.h"
#include "Commands.h"
#include "gradc/Dialect/NN/NN.h"
#include "gradc/Driver/DriverError.h"
#include "gradc/Driver/Figures.h"
#include "gradc/Transforms/Passes.h"

#include "mlir/Pass/PassManager.h"
#include "llvm/ADT/StringMap.h"
#include <fmt/format.h>

using namespace llvm;
using namespace mlir;

namespace gradc {

/// Elements of variables: in all, and of each layer.
struct VariableCounts {
  int64_t trained = 0, kept = 0;
  StringMap<int64_t> ofLayer;

  void add(StringRef name, Type type, int64_t &sum) {
    int64_t count = cast<RankedTensorType>(type).getNumElements();
    sum += count;
    ofLayer[name.rsplit('.').first] += count;
  }
};

/// Expands the layers: only then their variables can be counted.
static FailureOr<VariableCounts> countVariables(ModuleOp module) {
  PassManager passes(module.getContext());
  passes.addNestedPass<nn::NetworkOp>(createExpandLayers());
  if (failed(passes.run(module)))
    return failure();
  VariableCounts counts;
  module.walk([&](nn::ParameterOp op) {
    counts.add(op.getName(), op.getType(), counts.trained);
  });
  module.walk([&](nn::BufferOp op) {
    counts.add(op.getName(), op.getType(), counts.kept);
  });
  return counts;
}

/// `(None, 28, 28)`: as Keras writes it, with the batch unknown.
static std::string formatShape(ArrayRef<int64_t> shape) {
  std::string text = "(None";
  for (int64_t size : shape)
    text += ", " + std::to_string(size);
  return text + ")";
}

static std::string formatTable(StringRef net, ArrayRef<ImportedLayer> layers,
                               const VariableCounts &counts) {
  size_t nameWidth = 27, shapeWidth = 25;
  for (const ImportedLayer &layer : layers) {
    nameWidth = std::max(nameWidth, layer.name.size() + layer.word.size() + 5);
    shapeWidth = std::max(shapeWidth, formatShape(layer.shape).size() + 2);
  }
  size_t width = nameWidth + shapeWidth + 13;
  std::string text =
      fmt::format("Model: \"{}\"\n{:_<{}}\n {:{}} {:{}} {:>9}\n{:=<{}}\n",
                  net.str(), "", width, "Layer (type)", nameWidth,
                  "Output Shape", shapeWidth, "Param #", "", width);
  for (const ImportedLayer &layer : layers)
    text += fmt::format(" {:{}} {:{}} {:>9}\n",
                        layer.name + " (" + layer.word + ")", nameWidth,
                        formatShape(layer.shape), shapeWidth,
                        formatCount(counts.ofLayer.lookup(layer.name)));
  return text +
         fmt::format("{:=<{}}\nTotal params: {}\nTrainable params: {}\n"
                     "Non-trainable params: {}\n",
                     "", width, formatCount(counts.trained + counts.kept),
                     formatCount(counts.trained), formatCount(counts.kept));
}

Expected<std::string> formatSummary(Session &session) {
  ImportOptions importOptions{session.getSettings().batch,
                              session.options.isF64};
  FailureOr<ImportedNet> net =
      importWithRemedies(session.getFile(), importOptions,
                         session.options.remedies, &session.context);
  if (failed(net))
    return makeReportedError(ExitCode::Source);
  FailureOr<VariableCounts> counts = countVariables(*net->module);
  if (failed(counts))
    return makeReportedError(ExitCode::Source);
  return formatTable(session.getFile().name, net->layers, *counts);
}

llvm::Error runSummary(Session &session) {
  Expected<std::string> table = formatSummary(session);
  if (!table)
    return table.takeError();
  session.console.out.write(*table);
  return llvm::Error::success();
}

} // namespace gradc

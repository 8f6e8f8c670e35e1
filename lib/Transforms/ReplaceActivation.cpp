//===- ReplaceActivation.cpp - Another activation for all layers ----------===//

#include "LayerChains.h"
#include "OptionLines.h"
#include "gradc/Transforms/Passes.h"
#include "llvm/ADT/StringSet.h"

using namespace mlir;

namespace gradc {
#define GEN_PASS_DEF_REPLACEACTIVATION
#include "gradc/Transforms/Passes.h.inc"

/// The op that a line of this word stands for.
static SourceOpInterface::Concept *findLayer(MLIRContext *context,
                                             StringRef word) {
  for (RegisteredOperationName name : context->getRegisteredOperations())
    if (auto *source = name.getInterface<SourceOpInterface>())
      if (source->getSourcePlace() == "layer" &&
          source->getSourceWord() == word)
        return source;
  return nullptr;
}

namespace {
struct ReplaceActivationPass
    : impl::ReplaceActivationBase<ReplaceActivationPass> {
  using Base::Base;

  void runOnOperation() override {
    FailureOr<SourceCall> line =
        readOptionLine(activation, getOperation().getLoc());
    if (failed(line))
      return signalPassFailure();
    SourceOpInterface::Concept *source = findLayer(&getContext(), line->word);
    if (!source)
      return refuse(*line);
    SmallVector<Operation *> hidden;
    getOperation().walk([&](Operation *op) {
      if (isActivation(op) && !isOutput(op->getResult(0)))
        hidden.push_back(op);
    });
    for (Operation *op : hidden)
      if (failed(replace(op, *line, source)))
        return signalPassFailure();
  }

  void refuse(const SourceCall &line) {
    emitError(line.loc) << "'" << line.word << "' is no activation";
    signalPassFailure();
  }

  /// The new op has the old one's place. Where it needs a name, as one with
  /// parameters does, it gets that of the layer before it.
  LogicalResult replace(Operation *op, SourceCall line,
                        SourceOpInterface::Concept *source) {
    OpBuilder builder(op);
    std::string name = (findLayerName(op) + "." + line.word).str();
    line.loc = op->getLoc();
    line.name = name;
    for (unsigned turn = 2; !names.insert(line.name).second; ++turn)
      line.name = name + "_" + std::to_string(turn);
    SourceArguments arguments(line);
    FailureOr<Operation *> made =
        source->fromSource(builder, op->getLoc(), op->getOperand(0), arguments);
    if (failed(made) || failed(arguments.finish()))
      return failure();
    if (!isActivation(*made) ||
        (*made)->getResultTypes() != op->getResultTypes())
      return emitError(op->getLoc())
             << "'" << line.word << "' is no activation";
    op->replaceAllUsesWith(*made);
    op->erase();
    return success();
  }

  llvm::StringSet<> names;
};
} // namespace
} // namespace gradc

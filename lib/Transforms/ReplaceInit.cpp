//===- ReplaceInit.cpp - Another beginning for all weights ----------------===//

#include "OptionLines.h"
#include "gradc/Transforms/Passes.h"

using namespace mlir;

namespace gradc {
#define GEN_PASS_DEF_REPLACEINIT
#include "gradc/Transforms/Passes.h.inc"

namespace {
struct ReplaceInitPass : impl::ReplaceInitBase<ReplaceInitPass> {
  using Base::Base;

  void runOnOperation() override {
    FailureOr<nn::InitializerAttr> initializer = read();
    if (failed(initializer))
      return signalPassFailure();
    getOperation().walk([&](WeightedLayerOpInterface layer) {
      layer.setWeightInit(*initializer);
    });
  }

  /// `normal:0:1`, as `init=normal(0, 1)` in a line would be read.
  FailureOr<nn::InitializerAttr> read() {
    Location loc = getOperation().getLoc();
    FailureOr<SourceCall> given = readOptionLine(init, loc);
    if (failed(given))
      return failure();
    SourceValue value{SourceValue::Kind::Call, loc};
    value.text = given->word;
    value.arguments = given->values;
    SourceCall line{"replace-init", loc};
    line.named.push_back({"init", loc, value});
    SourceArguments arguments(line);
    return nn::InitializerAttr::fromSource(&getContext(), arguments, "init",
                                           nn::InitializerKind::zeros);
  }
};
} // namespace
} // namespace gradc

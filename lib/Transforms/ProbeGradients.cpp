//===- ProbeGradients.cpp - Report what each layer's gradient does --------===//

#include "gradc/Interfaces/Scalar.h"
#include "gradc/Transforms/Passes.h"
#include <cmath>

using namespace mlir;

namespace gradc {
#define GEN_PASS_DEF_PROBEGRADIENTS
#include "gradc/Transforms/Passes.h.inc"

/// A unit is called saturated where its slope is below this share of the
/// activation's largest.
static constexpr double saturatedShare = 0.04;

/// Squares of weights and of their changes are measured in f32. Weights lie
/// around 1, so that 1e-19 to 1e19 is room enough; changes may be tiny, and are
/// multiplied before they are squared: 2.5e-29 to 4e9.
static constexpr double weightScale = 1, changeScale = 4294967296;

namespace {
/// Builds reports at the end of the step; all values stand before it.
class Prober {
public:
  Prober(OpBuilder &builder) : builder(builder) {}

  void probeParameter(train::GradientOp gradient) {
    report(gradient.getLoc(), "gradient_norm/", gradient.getParameter(),
           norm(gradient.getLoc(), gradient.getGradient()));
  }

  /// The norm of the change over the norm of the parameter. Where the parameter
  /// is 0 the host shows nothing: the quotient is infinite or NaN.
  void probeUpdate(train::UpdateOp update) {
    auto parameter = update.getParameter().getDefiningOp<nn::ParameterOp>();
    if (!parameter)
      return;
    Location loc = update.getLoc();
    Value change = nn::SubOp::create(builder, loc, update.getNext(),
                                     update.getParameter());
    Scalar ratio = norm(loc, change, changeScale) /
                   norm(loc, update.getParameter(), weightScale);
    report(loc, "update_ratio/", parameter.getName(), ratio);
  }

  void probeDelta(nn::TapGradientOp tap) {
    // B dC/dz, so that the number does not depend on the batch size.
    auto type = cast<RankedTensorType>(tap.getType());
    double samples = type.getDimSize(0), elements = type.getNumElements();
    Scalar delta =
        norm(tap.getLoc(), tap.getResult()) * (samples / std::sqrt(elements));
    report(tap.getLoc(), "delta/", tap.getName(), delta);
  }

  void probeStates(nn::StateGradientsOp states) {
    Value norms = nn::StepNormsOp::create(builder, states.getLoc(),
                                          states.getGradients());
    train::ReportEachOp::create(builder, states.getLoc(),
                                ("through_time/" + states.getName()).str(),
                                norms);
  }

  void probeActivation(nn::TapOp tap) {
    Location loc = tap.getLoc();
    SlopeOpInterface activation;
    for (Operation *user : tap->getUsers())
      if (auto candidate = dyn_cast<SlopeOpInterface>(user))
        activation = candidate;
    Value output =
        activation ? Value(activation->getResult(0)) : tap.getResult();
    auto type = cast<RankedTensorType>(output.getType());
    Value squares = nn::SumSquaresOp::create(builder, loc, output);
    report(loc, "activation/", tap.getName(),
           Scalar(builder, loc, squares) / double(type.getNumElements()));
    if (!activation)
      return;
    Value slope = activation.buildSlope(builder);
    report(loc, "dead/", tap.getName(),
           nn::ShareOfZeroUnitsOp::create(builder, loc, slope));
    double bound = saturatedShare * activation.getMaxSlope();
    if (std::isfinite(bound))
      report(loc, "saturated/", tap.getName(),
             nn::ShareBelowOp::create(builder, loc, slope, APFloat(bound)));
  }

private:
  OpBuilder &builder;

  Scalar norm(Location loc, Value tensor, std::optional<double> narrow = {}) {
    Value squares = nn::SumSquaresOp::create(
        builder, loc, builder.getF64Type(), tensor,
        narrow ? builder.getF64FloatAttr(*narrow) : FloatAttr());
    return sqrt(Scalar(builder, loc, squares));
  }

  void report(Location loc, StringRef kind, StringRef name, Value value) {
    train::ReportOp::create(builder, loc, (kind + name).str(), value,
                            /*probe=*/true);
  }
};

struct ProbeGradientsPass : impl::ProbeGradientsBase<ProbeGradientsPass> {
  using Base::Base;

  void runOnOperation() override {
    SmallVector<Operation *> ops;
    getOperation().walk([&](Operation *op) { ops.push_back(op); });
    bool learns = llvm::any_of(
        ops, [](Operation *op) { return isa<train::GradientOp>(op); });
    if (!learns)
      return;
    Block &block = getOperation().front();
    OpBuilder builder(block.getTerminator());
    Prober prober(builder);
    for (Operation *op : ops) {
      if (auto tap = dyn_cast<nn::TapOp>(op))
        prober.probeActivation(tap);
      else if (auto tap = dyn_cast<nn::TapGradientOp>(op))
        prober.probeDelta(tap);
      else if (auto states = dyn_cast<nn::StateGradientsOp>(op);
               states && throughTime)
        prober.probeStates(states);
      else if (auto gradient = dyn_cast<train::GradientOp>(op))
        prober.probeParameter(gradient);
      else if (auto update = dyn_cast<train::UpdateOp>(op))
        prober.probeUpdate(update);
    }
  }
};
} // namespace
} // namespace gradc

//===- Differentiate.cpp - Gradients and updates of all parameters --------===//

#include "gradc/Analysis/Activity.h"
#include "gradc/Interfaces/DifferentiateBlock.h"
#include "gradc/Interfaces/Scalar.h"
#include "gradc/Transforms/Passes.h"
#include <map>

using namespace mlir;

namespace gradc {
#define GEN_PASS_DEF_DIFFERENTIATE
#include "gradc/Transforms/Passes.h.inc"

/// The gradient of the loss's parts: 1/B for each sample, 1 for a penalty.
static GradientMap seedGradients(OpBuilder &builder,
                                 train::MinimizeOp minimize) {
  GradientMap gradients;
  auto type = cast<RankedTensorType>(minimize.getLosses().getType());
  auto share =
      FloatAttr::get(type.getElementType(), 1.0 / double(type.getDimSize(0)));
  gradients[minimize.getLosses()] = arith::ConstantOp::create(
      builder, minimize.getLoc(), DenseElementsAttr::get(type, share));
  for (Value penalty : minimize.getPenalties()) {
    Value one = arith::ConstantOp::create(builder, minimize.getLoc(),
                                          builder.getF64FloatAttr(1));
    Value &sum = gradients[penalty];
    sum =
        sum ? arith::AddFOp::create(builder, minimize.getLoc(), sum, one) : one;
  }
  return gradients;
}

/// Reports the mean loss plus the penalties, and the penalties alone.
static void reportLoss(OpBuilder &builder, train::MinimizeOp minimize) {
  Location loc = minimize.getLoc();
  Value loss = nn::MeanOfSamplesOp::create(builder, loc, builder.getF64Type(),
                                           minimize.getLosses());
  if (!minimize.getPenalties().empty()) {
    Value sum = minimize.getPenalties().front();
    for (Value penalty : minimize.getPenalties().drop_front())
      sum = arith::AddFOp::create(builder, loc, sum, penalty);
    train::ReportOp::create(builder, loc, "penalty", sum, /*probe=*/false);
    loss = arith::AddFOp::create(builder, loc, loss, sum);
  }
  train::ReportOp::create(builder, loc, "loss", loss, /*probe=*/false);
}

/// The factor of the learning rate that a parameter's layer has of its own.
static double getRateScale(nn::ParameterOp parameter) {
  std::optional<nn::WeightOptionsAttr> own = parameter.getOptions();
  FloatAttr scale = own ? own->getLrScale() : FloatAttr();
  return scale ? scale.getValueAsDouble() : 1;
}

namespace {
/// The step scalars of a rule, built once for each element type and each scale
/// of the learning rate.
class StepScalars {
public:
  StepScalars(OpBuilder &builder, OptimizerOpInterface rule)
      : builder(builder), rule(rule),
        rate(train::RateOp::create(builder, rule->getLoc())),
        step(nn::StepOp::create(builder, rule->getLoc())) {}

  ArrayRef<Value> get(Type element, double rateScale) {
    auto [place, isNew] =
        values.try_emplace({element.getAsOpaquePointer(), rateScale});
    if (!isNew)
      return place->second;
    Location loc = rule->getLoc();
    Value scaled =
        rateScale == 1 ? rate : Value(Scalar(builder, loc, rate) * rateScale);
    for (Value scalar : rule.buildStepScalars(builder, scaled, step))
      place->second.push_back(Scalar(builder, loc, scalar).convertTo(element));
    return place->second;
  }

private:
  OpBuilder &builder;
  OptimizerOpInterface rule;
  Value rate, step;
  std::map<std::pair<const void *, double>, SmallVector<Value>> values;
};
} // namespace

/// The next value of one parameter and of its optimizer's states.
static void buildUpdate(OpBuilder &builder, nn::ParameterOp parameter,
                        Value gradient, OptimizerOpInterface rule,
                        ArrayRef<Value> scalars) {
  Location loc = parameter.getLoc();
  SmallVector<Value> states;
  for (StringRef state : rule.getStateNames())
    states.push_back(nn::BufferOp::create(
        builder, loc, parameter.getType(),
        (parameter.getName() + "." + state).str(), APFloat(0.0), true));
  SmallVector<Type> stateTypes(states.size(), parameter.getType());
  auto update = train::UpdateOp::create(
      builder, loc, parameter.getType(), stateTypes, parameter.getResult(),
      gradient, states, scalars, rule->getResult(0));
  nn::AssignOp::create(builder, loc, parameter.getResult(), update.getNext());
  for (auto [state, next] : llvm::zip_equal(states, update.getNextStates()))
    nn::AssignOp::create(builder, loc, state, next);
}

namespace {
struct DifferentiatePass : impl::DifferentiateBase<DifferentiatePass> {
  void runOnOperation() override {
    SmallVector<train::MinimizeOp> requests;
    getOperation().walk(
        [&](train::MinimizeOp minimize) { requests.push_back(minimize); });
    if (requests.size() > 1) {
      auto diagnostic = requests[1].emitOpError("stands beside another one");
      diagnostic.attachNote(requests[0].getLoc()) << "the first one is here";
      return signalPassFailure();
    }
    if (!requests.empty() && failed(differentiate(requests[0])))
      signalPassFailure();
  }

  static LogicalResult differentiate(train::MinimizeOp minimize) {
    OpBuilder builder(minimize);
    Block &block = *minimize->getBlock();
    auto rule = minimize.getRule().getDefiningOp<OptimizerOpInterface>();
    if (!rule)
      return minimize.emitOpError("needs an optimizer op in its block");

    if (block.getOps<nn::ParameterOp>().empty())
      return emitError(minimize.getLoc())
             << "the network has no parameters: there is nothing to train";
    Activity activity(block);
    reportLoss(builder, minimize);
    GradientMap gradients = seedGradients(builder, minimize);
    auto add = [](OpBuilder &builder, Location loc, Value a, Value b) -> Value {
      return nn::AddOp::create(builder, loc, a, b);
    };
    if (failed(differentiateBlock(
            builder, block, gradients, add,
            [&](Value value) { return activity.dependsOnParameter(value); })))
      return failure();
    buildUpdates(builder, block, gradients, rule, minimize);
    minimize.erase();
    return success();
  }

  /// All gradients first, then all updates: passes between rely on it.
  static void buildUpdates(OpBuilder &builder, Block &block,
                           GradientMap &gradients, OptimizerOpInterface rule,
                           train::MinimizeOp minimize) {
    SmallVector<nn::ParameterOp> parameters;
    for (auto parameter : block.getOps<nn::ParameterOp>()) {
      if (gradients.contains(parameter))
        parameters.push_back(parameter);
      else
        parameter.emitWarning("the loss does not depend on '")
            << parameter.getName() << "': it will not be trained";
    }
    for (nn::ParameterOp parameter : parameters)
      train::GradientOp::create(builder, parameter.getLoc(),
                                parameter.getName(), gradients[parameter]);
    StepScalars scalars(builder, rule);
    for (nn::ParameterOp parameter : parameters)
      buildUpdate(builder, parameter, gradients[parameter], rule,
                  scalars.get(getElementTypeOrSelf(parameter.getType()),
                              getRateScale(parameter)));
  }
};
} // namespace
} // namespace gradc

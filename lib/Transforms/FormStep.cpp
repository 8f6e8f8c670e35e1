//===- FormStep.cpp - Pure functions of state, batch and step -------------===//

#include "StepFunctions.h"
#include "gradc/Interfaces/StepAttributes.h"

using namespace mlir;

namespace gradc {
#define GEN_PASS_DEF_FORMSTEP
#include "gradc/Transforms/Passes.h.inc"

/// All variables of a network in their order.
static SmallVector<Variable> collectVariables(nn::NetworkOp network) {
  SmallVector<Variable> variables;
  network.walk([&](Operation *op) {
    if (auto parameter = dyn_cast<nn::ParameterOp>(op))
      variables.push_back({parameter.getName().str(),
                           cast<RankedTensorType>(parameter.getType()),
                           "parameter", parameter});
    else if (auto buffer = dyn_cast<nn::BufferOp>(op))
      variables.push_back({buffer.getName().str(),
                           cast<RankedTensorType>(buffer.getType()),
                           buffer.getOptimizer() ? "state" : "buffer",
                           {},
                           buffer.getInitial().convertToDouble()});
  });
  return variables;
}

/// A tensor of one number.
static Value buildEqual(OpBuilder &builder, Location loc, RankedTensorType type,
                        double number) {
  auto value = FloatAttr::get(type.getElementType(), number);
  return arith::ConstantOp::create(builder, loc,
                                   DenseElementsAttr::get(type, value));
}

/// Parts of equal numbers, side by side along the last dimension.
static Value buildParts(OpBuilder &builder, Location loc, RankedTensorType type,
                        ArrayRef<double> numbers) {
  SmallVector<int64_t> shape(type.getShape());
  shape.back() /= int64_t(numbers.size());
  auto part = RankedTensorType::get(shape, type.getElementType());
  SmallVector<Value> parts;
  for (double number : numbers)
    parts.push_back(buildEqual(builder, loc, part, number));
  return nn::JoinOp::create(builder, loc, type, parts);
}

/// A drawn matrix with orthonormal rows or columns.
static Value buildOrthogonal(OpBuilder &builder, Location loc,
                             const Variable &variable, Value seed,
                             double gain) {
  auto wide =
      RankedTensorType::get(variable.type.getShape(), builder.getF64Type());
  Value drawn =
      nn::RandomOp::create(builder, loc, wide, seed,
                           /*step=*/Value(), variable.name,
                           /*normal=*/true, APFloat(0.0), APFloat(1.0));
  return nn::OrthonormalizeOp::create(builder, loc, variable.type, drawn,
                                      APFloat(gain));
}

/// The value a variable has before the first step.
static Value buildInitialValue(OpBuilder &builder, const Variable &variable,
                               Location loc, Value seed) {
  using Form = nn::InitializerAttr::Distribution::Form;
  nn::InitializerAttr::Distribution distribution{Form::Constant,
                                                 variable.initial, 0};
  if (nn::ParameterOp parameter = variable.parameter) {
    ArrayRef<int64_t> fans = parameter.getFans();
    distribution = parameter.getInitializer().resolve(fans[0], fans[1]);
  }
  if (distribution.form == Form::Parts)
    return buildParts(
        builder, loc, variable.type,
        nn::ParameterOp(variable.parameter).getInitializer().getArguments());
  if (distribution.form == Form::Orthogonal)
    return buildOrthogonal(builder, loc, variable, seed, distribution.first);
  if (distribution.form != Form::Constant)
    return nn::RandomOp::create(
        builder, loc, variable.type, seed, /*step=*/Value(), variable.name,
        distribution.form == Form::Normal, APFloat(distribution.first),
        APFloat(distribution.second));
  return buildEqual(builder, loc, variable.type, distribution.first);
}

static void buildInitialize(ArrayRef<Variable> variables,
                            nn::NetworkOp network) {
  OpBuilder builder(network);
  SmallVector<Type> types;
  for (const Variable &variable : variables)
    types.push_back(variable.type);
  auto function = func::FuncOp::create(
      builder, network.getLoc(), "initialize",
      builder.getFunctionType({builder.getI64Type()}, types));
  auto nameOf = [&](StringRef text) { return builder.getStringAttr(text); };
  function.setArgAttr(0, step::roleAttr, nameOf(step::seedRole));
  builder.setInsertionPointToStart(function.addEntryBlock());
  SmallVector<Value> values;
  for (auto [index, variable] : llvm::enumerate(variables)) {
    nn::ParameterOp parameter = variable.parameter;
    Location loc = parameter ? parameter.getLoc() : network.getLoc();
    values.push_back(
        buildInitialValue(builder, variable, loc, function.getArgument(0)));
    function.setResultAttr(index, step::roleAttr, nameOf(step::variableRole));
    function.setResultAttr(index, step::nameAttr, nameOf(variable.name));
    function.setResultAttr(index, step::kindAttr, nameOf(variable.kind));
  }
  func::ReturnOp::create(builder, network.getLoc(), values);
}

/// What the functions rely on: one input, at most one target, one output; and
/// an inference form that reads no variable which training does not have.
static LogicalResult checkForms(nn::NetworkOp trained, nn::NetworkOp inferred) {
  if (trained.getNumArguments() < 1 || trained.getNumArguments() > 2)
    return trained.emitOpError("needs one input and at most one target");
  if (trained.getResultTypes().size() != 1)
    return trained.emitOpError("needs one output");
  if (!inferred)
    return success();
  if (inferred.getFunctionType() != trained.getFunctionType())
    return inferred.emitOpError("has another type than its training form");
  llvm::StringMap<Type> types;
  for (const Variable &variable : collectVariables(trained))
    types[variable.name] = variable.type;
  for (const Variable &variable : collectVariables(inferred))
    if (types.lookup(variable.name) != variable.type)
      return inferred.emitOpError("reads the variable \"")
             << variable.name
             << "\", which training has not or of another type";
  WalkResult walked = inferred.walk([](Operation *op) -> WalkResult {
    if (isa<train::RateOp, nn::StepOp, nn::SeedOp>(op))
      return op->emitOpError("has no meaning in inference");
    return WalkResult::advance();
  });
  return failure(walked.wasInterrupted());
}

namespace {
struct FormStepPass : impl::FormStepBase<FormStepPass> {
  using Base::Base;

  void runOnOperation() override {
    nn::NetworkOp trained, inferred;
    for (auto network : getOperation().getOps<nn::NetworkOp>()) {
      nn::NetworkOp &place =
          network->hasAttr(nn::inferenceAttr) ? inferred : trained;
      if (place) {
        auto diagnostic = network.emitOpError("stands beside another one");
        diagnostic.attachNote(place.getLoc()) << "the first one is here";
        return signalPassFailure();
      }
      place = network;
    }
    if (!trained)
      return;
    if (failed(checkForms(trained, inferred)))
      return signalPassFailure();
    // A function has the variables of the training form, whether it reads them
    // or not: one state serves all functions.
    SmallVector<Variable> variables = collectVariables(trained);
    buildInitialize(variables, trained);
    if (training)
      formTraining(variables, trained);
    if (inferred)
      formInference(variables, inferred);
    trained.erase();
    if (inferred)
      inferred.erase();
  }

  void formTraining(ArrayRef<Variable> variables, nn::NetworkOp network) {
    Purpose step{"train_step"};
    step.writesVariables = step.isTraining = true;
    FunctionBuilder(variables, network, step).build();
    bool isProbed = false;
    network.walk(
        [&](train::ReportOp report) { isProbed |= report.getProbe(); });
    if (watch && isProbed) {
      step.name = "train_step_watched";
      step.reportsProbes = true;
      FunctionBuilder(variables, network, step).build();
    }
    if (!gradients)
      return;
    Purpose raw{"gradients"};
    raw.returnsGradients = raw.isTraining = true;
    FunctionBuilder(variables, network, raw).build();
    Purpose loss{"loss"};
    loss.isTraining = true;
    FunctionBuilder(variables, network, loss).build();
  }

  static void formInference(ArrayRef<Variable> variables,
                            nn::NetworkOp network) {
    Purpose evaluate{"evaluate"};
    evaluate.isEvaluation = true;
    FunctionBuilder(variables, network, evaluate).build();
    Purpose predict{"predict"};
    predict.returnsOutput = predict.isEvaluation = true;
    FunctionBuilder(variables, network, predict).build();
  }
};
} // namespace
} // namespace gradc

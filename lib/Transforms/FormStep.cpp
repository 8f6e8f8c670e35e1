//===- FormStep.cpp - Pure functions of state, batch and step -------------===//

#include "gradc/Interfaces/StepAttributes.h"
#include "gradc/Transforms/Passes.h"
#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/StringMap.h"

using namespace mlir;

namespace gradc {
#define GEN_PASS_DEF_FORMSTEP
#include "gradc/Transforms/Passes.h.inc"

namespace {
/// A parameter or buffer of the network.
struct Variable {
  std::string name;
  RankedTensorType type;
  StringRef kind;
  nn::ParameterOp parameter; ///< null for a buffer
  double initial = 0;        ///< of a buffer
};

/// What one of the functions is for.
struct Purpose {
  StringRef name;
  bool writesVariables = false;
  bool reportsProbes = false;
  bool returnsGradients = false;
  bool returnsOutput = false;
  bool isEvaluation = false;
  bool isTraining = false;
};

/// Builds one function from a network.
class FunctionBuilder {
public:
  FunctionBuilder(ArrayRef<Variable> variables, nn::NetworkOp network,
                  const Purpose &purpose)
      : builder(network), variables(variables), network(network),
        purpose(purpose) {}

  void build();

private:
  OpBuilder builder;
  ArrayRef<Variable> variables;
  nn::NetworkOp network;
  const Purpose &purpose;
  SmallVector<Type> argumentTypes;
  SmallVector<DictionaryAttr> argumentAttrs;
  SmallVector<Value> results;
  SmallVector<DictionaryAttr> resultAttrs;
  llvm::StringMap<Value> variableValues, nextValues;
  Value step, rate, count;

  void addArgument(Type type, StringRef role, StringRef name = "",
                   StringRef kind = "");
  void addResult(Value value, StringRef role, StringRef name = "");
  DictionaryAttr describe(StringRef role, StringRef name, StringRef kind);
  void chooseArguments();
  void resolve(Operation &op);
  void finish(func::FuncOp function);
};
} // namespace

DictionaryAttr FunctionBuilder::describe(StringRef role, StringRef name,
                                         StringRef kind) {
  SmallVector<NamedAttribute> attrs{
      builder.getNamedAttr(step::roleAttr, builder.getStringAttr(role))};
  if (!name.empty())
    attrs.push_back(
        builder.getNamedAttr(step::nameAttr, builder.getStringAttr(name)));
  if (!kind.empty())
    attrs.push_back(
        builder.getNamedAttr(step::kindAttr, builder.getStringAttr(kind)));
  return builder.getDictionaryAttr(attrs);
}

void FunctionBuilder::addArgument(Type type, StringRef role, StringRef name,
                                  StringRef kind) {
  argumentTypes.push_back(type);
  argumentAttrs.push_back(describe(role, name, kind));
}

void FunctionBuilder::addResult(Value value, StringRef role, StringRef name) {
  results.push_back(value);
  resultAttrs.push_back(describe(role, name, ""));
}

void FunctionBuilder::chooseArguments() {
  for (auto [index, type] : llvm::enumerate(network.getArgumentTypes())) {
    auto role =
        network.getArgAttrOfType<StringAttr>(index, step::roleAttr);
    addArgument(type, role ? role.getValue()
                           : StringRef(index == 0 ? step::inputsRole
                                                  : step::targetsRole));
  }
  for (const Variable &variable : variables)
    addArgument(variable.type, step::variableRole, variable.name,
                variable.kind);
  Type i64 = builder.getI64Type();
  if (purpose.isTraining) {
    addArgument(i64, step::stepRole);
    addArgument(builder.getF64Type(), step::rateRole);
    addArgument(i64, step::seedRole);
  }
  if (purpose.isEvaluation)
    addArgument(i64, step::countRole);
}

/// Replaces one op that speaks of variables, reports or the step.
void FunctionBuilder::resolve(Operation &op) {
  builder.setInsertionPoint(&op);
  if (auto parameter = dyn_cast<nn::ParameterOp>(op)) {
    parameter.replaceAllUsesWith(variableValues[parameter.getName()]);
  } else if (auto buffer = dyn_cast<nn::BufferOp>(op)) {
    buffer.replaceAllUsesWith(variableValues[buffer.getName()]);
  } else if (auto tap = dyn_cast<nn::TapOp>(op)) {
    tap.replaceAllUsesWith(tap.getInput());
  } else if (auto tap = dyn_cast<nn::TapGradientOp>(op)) {
    tap.replaceAllUsesWith(tap.getInput());
  } else if (auto assign = dyn_cast<nn::AssignOp>(op)) {
    auto variable = cast<BlockArgument>(assign.getVariable());
    nextValues[variables[variable.getArgNumber() -
                         network.getArgumentTypes().size()]
                   .name] = assign.getNext();
  } else if (auto report = dyn_cast<train::ReportOp>(op)) {
    if (!purpose.returnsOutput && (purpose.reportsProbes || !report.getProbe()))
      addResult(report.getValue(), step::reportRole, report.getName());
  } else if (auto measure = dyn_cast<train::MeasureOp>(op)) {
    Type f64 = builder.getF64Type();
    Value values = measure.getValues();
    Value value =
        purpose.isEvaluation
            ? Value(nn::SumOfSamplesOp::create(builder, op.getLoc(), f64,
                                               values, count))
            : Value(nn::MeanOfSamplesOp::create(builder, op.getLoc(), f64,
                                                values));
    if (!purpose.returnsOutput)
      addResult(value, step::reportRole, measure.getName());
  } else if (auto gradient = dyn_cast<train::GradientOp>(op)) {
    if (purpose.returnsGradients)
      addResult(gradient.getGradient(), step::outputRole,
                gradient.getParameter());
  } else if (isa<train::RateOp>(op)) {
    op.replaceAllUsesWith(ValueRange(rate));
  } else if (isa<train::StepNumberOp>(op)) {
    op.replaceAllUsesWith(ValueRange(step));
  } else if (auto output = dyn_cast<nn::OutputOp>(op)) {
    if (purpose.returnsOutput)
      for (Value value : output.getValues())
        addResult(value, step::outputRole, "output");
  } else {
    return;
  }
  op.erase();
}

void FunctionBuilder::build() {
  chooseArguments();
  auto function = func::FuncOp::create(
      network.getLoc(), purpose.name,
      builder.getFunctionType(argumentTypes, {}));
  Block *body = function.addEntryBlock();
  unsigned numInputs = network.getArgumentTypes().size();
  IRMapping mapping;
  for (auto [from, to] :
       llvm::zip(network.getArguments(), body->getArguments()))
    mapping.map(from, to);
  for (auto [index, variable] : llvm::enumerate(variables))
    variableValues[variable.name] = body->getArgument(numInputs + index);
  unsigned numTensors = numInputs + variables.size();
  if (purpose.isTraining) {
    step = body->getArgument(numTensors);
    rate = body->getArgument(numTensors + 1);
  }
  if (purpose.isEvaluation)
    count = body->getArgument(numTensors);

  builder.setInsertionPointToStart(body);
  for (Operation &op : network.getBody().front())
    builder.clone(op, mapping);
  for (Operation &op : llvm::make_early_inc_range(*body))
    resolve(op);
  finish(function);
}

void FunctionBuilder::finish(func::FuncOp function) {
  if (purpose.writesVariables)
    for (const Variable &variable : variables) {
      Value next = nextValues.lookup(variable.name);
      addResult(next ? next : variableValues[variable.name],
                step::variableRole, variable.name);
    }
  builder.setInsertionPointToEnd(&function.front());
  func::ReturnOp::create(builder, network.getLoc(), results);
  function.setType(builder.getFunctionType(
      argumentTypes, SmallVector<Type>(ValueRange(results).getTypes())));
  function.setAllArgAttrs(argumentAttrs);
  function.setAllResultAttrs(resultAttrs);
  builder.setInsertionPoint(network);
  builder.insert(function);
}

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
  if (distribution.form != Form::Constant)
    return nn::RandomOp::create(
        builder, loc, variable.type, seed, variable.name,
        distribution.form == Form::Normal, APFloat(distribution.first),
        APFloat(distribution.second));
  auto value =
      FloatAttr::get(variable.type.getElementType(), distribution.first);
  return arith::ConstantOp::create(
      builder, loc, DenseElementsAttr::get(variable.type, value));
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
    network.walk([&](train::ReportOp report) { isProbed |= report.getProbe(); });
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

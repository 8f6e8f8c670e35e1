//===- StepFunctions.cpp - Functions made from a network ------------------===//

#include "StepFunctions.h"
#include "gradc/Interfaces/StepAttributes.h"
#include "mlir/IR/IRMapping.h"

using namespace mlir;

namespace gradc {

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
    auto role = network.getArgAttrOfType<StringAttr>(index, step::roleAttr);
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
  } else if (isa<nn::StateGradientsOp>(op)) {
    // Nobody looks.
  } else if (auto assign = dyn_cast<nn::AssignOp>(op)) {
    auto variable = cast<BlockArgument>(assign.getVariable());
    nextValues[variables[variable.getArgNumber() -
                         network.getArgumentTypes().size()]
                   .name] = assign.getNext();
  } else if (auto report = dyn_cast<train::ReportOp>(op)) {
    if (!purpose.returnsOutput && (purpose.reportsProbes || !report.getProbe()))
      addResult(report.getValue(), step::reportRole, report.getName());
  } else if (auto report = dyn_cast<train::ReportEachOp>(op)) {
    if (purpose.reportsProbes)
      addResult(report.getValues(), step::reportRole, report.getName());
  } else if (auto measure = dyn_cast<train::MeasureOp>(op)) {
    Type f64 = builder.getF64Type();
    Value values = measure.getValues();
    Value value = purpose.isEvaluation
                      ? Value(nn::SumOfSamplesOp::create(builder, op.getLoc(),
                                                         f64, values, count))
                      : Value(nn::MeanOfSamplesOp::create(builder, op.getLoc(),
                                                          f64, values));
    if (!purpose.returnsOutput)
      addResult(value, step::reportRole, measure.getName());
  } else if (auto gradient = dyn_cast<train::GradientOp>(op)) {
    if (purpose.returnsGradients)
      addResult(gradient.getGradient(), step::outputRole,
                gradient.getParameter());
  } else if (isa<train::RateOp>(op)) {
    op.replaceAllUsesWith(ValueRange(rate));
  } else if (isa<nn::StepOp>(op)) {
    op.replaceAllUsesWith(ValueRange(step));
  } else if (isa<nn::SeedOp>(op)) {
    op.replaceAllUsesWith(ValueRange(seed));
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
  auto function =
      func::FuncOp::create(network.getLoc(), purpose.name,
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
    seed = body->getArgument(numTensors + 2);
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
      addResult(next ? next : variableValues[variable.name], step::variableRole,
                variable.name);
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

} // namespace gradc

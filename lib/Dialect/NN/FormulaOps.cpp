//===- FormulaOps.cpp - Activations of one's own --------------------------===//

#include "gradc/Dialect/NN/Formula.h"
#include "gradc/Dialect/NN/NN.h"

using namespace mlir;
using namespace gradc;
using namespace gradc::nn;

static LogicalResult verifyFormula(Operation *op, StringRef text) {
  std::string problem;
  if (failed(Formula::parse(text, problem)))
    return op->emitOpError("has no formula: ") << problem;
  return success();
}

LogicalResult FormulaOp::verify() { return verifyFormula(*this, getFormula()); }

LogicalResult FormulaGradOp::verify() {
  return verifyFormula(*this, getFormula());
}

/// The verifier has read it before.
static Formula parseVerified(StringRef text) {
  std::string problem;
  return *Formula::parse(text, problem);
}

//===----------------------------------------------------------------------===//
// From the source
//===----------------------------------------------------------------------===//

StringRef FormulaOp::getSourcePlace() { return "formula"; }
StringRef FormulaOp::getSourceWord() { return "formula"; }

static FailureOr<Formula> readFormula(const SourceValue &value);

/// An unknown function, with the one that may be meant.
static LogicalResult refuseFunction(const SourceValue &value) {
  SmallVector<StringRef> names;
  for (const FormulaFunction &function : getFormulaFunctions())
    if (function.isWritten && function.name.size() > 1)
      names.push_back(function.name);
  auto diagnostic = mlir::emitError(value.loc)
                    << "unknown function '" << value.text << "' in a formula";
  suggest(*diagnostic.getUnderlyingDiagnostic(), value.loc,
          findNearest(value.text, names));
  return diagnostic;
}

static FailureOr<Formula> readCall(const SourceValue &value) {
  StringRef name = value.text;
  if (name == "-" && value.arguments.size() == 1)
    name = "negate";
  const FormulaFunction *function = findFormulaFunction(name);
  if (!function || !function->isWritten || value.text == "negate")
    return refuseFunction(value);
  if (value.arguments.size() != function->numOperands)
    return mlir::emitError(value.loc)
           << "'" << value.text << "' takes " << function->numOperands
           << (function->numOperands == 1 ? " value" : " values") << ", found "
           << value.arguments.size();
  SmallVector<Formula> operands;
  for (const SourceValue &argument : value.arguments) {
    FailureOr<Formula> operand = readFormula(argument);
    if (failed(operand))
      return failure();
    operands.push_back(*operand);
  }
  if (name == "pow" && !operands[1].getNumber())
    return mlir::emitError(value.arguments[1].loc)
           << "the power of 'pow' must be a number";
  if (name == "negate" && operands[0].getNumber())
    return Formula::number(-*operands[0].getNumber());
  return Formula::call(*function, operands);
}

static FailureOr<Formula> readFormula(const SourceValue &value) {
  if (value.kind == SourceValue::Kind::Number)
    return Formula::number(value.number);
  if (value.kind == SourceValue::Kind::Name && value.text == "x")
    return Formula::variable();
  if (value.kind == SourceValue::Kind::Call)
    return readCall(value);
  return mlir::emitError(value.loc)
         << "a formula is made of numbers and "
         << "functions, found '" << toString(value) << "'";
}

FailureOr<Operation *> FormulaOp::fromSource(OpBuilder &builder, Location loc,
                                             ValueRange inputs,
                                             SourceArguments &arguments) {
  const SourceValue *value = arguments.takeValue("formula");
  if (!value)
    return mlir::emitError(loc)
           << "'" << arguments.getWord() << "' needs a formula";
  FailureOr<Formula> formula = readFormula(*value);
  if (failed(formula))
    return failure();
  if (!formula->usesVariable())
    return mlir::emitError(value->loc)
           << "the activation '" << arguments.getWord()
           << "' does not depend on what it gets";
  return FormulaOp::create(builder, loc, inputs[0].getType(), formula->print(),
                           inputs[0])
      .getOperation();
}

//===----------------------------------------------------------------------===//
// What it computes
//===----------------------------------------------------------------------===//

SmallVector<Value> FormulaOp::buildScalars(OpBuilder &builder,
                                           ValueRange scalars) {
  Scalar x = Scalar(builder, getLoc(), scalars[0]).widen();
  return {parseVerified(getFormula()).build(x).convertTo(scalars[0].getType())};
}

SmallVector<Value> FormulaGradOp::buildScalars(OpBuilder &builder,
                                               ValueRange scalars) {
  Scalar dy = Scalar(builder, getLoc(), scalars[0]).widen();
  Scalar x = Scalar(builder, getLoc(), scalars[1]).widen();
  Scalar slope = parseVerified(getFormula()).differentiate().build(x);
  return {(dy * slope).convertTo(scalars[0].getType())};
}

FailureOr<SmallVector<Value>> FormulaOp::buildGradients(OpBuilder &builder,
                                                        ValueRange gradients) {
  return SmallVector<Value>{FormulaGradOp::create(
      builder, getLoc(), getType(), getFormula(), gradients[0], getInput())};
}

double FormulaOp::getMaxSlope() {
  return parseVerified(getFormula()).estimateMaxSlope();
}

Value FormulaOp::buildSlope(OpBuilder &builder) {
  return FormulaGradOp::create(builder, getLoc(), getType(), getFormula(),
                               buildOnes(builder, getInput()), getInput());
}

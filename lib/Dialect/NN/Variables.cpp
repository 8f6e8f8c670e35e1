//===- Variables.cpp - Networks, parameters, state ------------------------===//

#include "gradc/Dialect/NN/NN.h"
#include "mlir/Interfaces/FunctionImplementation.h"
#include "llvm/ADT/StringSet.h"

using namespace mlir;
using namespace gradc;
using namespace gradc::nn;

ParseResult NetworkOp::parse(OpAsmParser &parser, OperationState &result) {
  auto buildType = [](Builder &builder, ArrayRef<Type> arguments,
                      ArrayRef<Type> results,
                      function_interface_impl::VariadicFlag, std::string &) {
    return builder.getFunctionType(arguments, results);
  };
  return function_interface_impl::parseFunctionOp(
      parser, result, /*allowVariadic=*/false,
      getFunctionTypeAttrName(result.name), buildType,
      getArgAttrsAttrName(result.name), getResAttrsAttrName(result.name));
}

void NetworkOp::print(OpAsmPrinter &printer) {
  function_interface_impl::printFunctionOp(
      printer, *this, /*isVariadic=*/false, getFunctionTypeAttrName(),
      getArgAttrsAttrName(), getResAttrsAttrName());
}

/// Refuses two variables of one name: they would share one place in files.
template <typename VariableOp>
static LogicalResult checkName(VariableOp variable,
                               llvm::StringMap<Operation *> &names) {
  auto [place, isNew] = names.try_emplace(variable.getName(), variable);
  if (isNew)
    return success();
  auto diagnostic = variable.emitOpError("has the name \"")
                    << variable.getName() << "\" of another variable";
  diagnostic.attachNote(place->second->getLoc()) << "the other one is here";
  return diagnostic;
}

/// Refuses a second value for one variable: only one could be kept.
static LogicalResult checkAssign(AssignOp assign,
                                 llvm::DenseMap<Value, Operation *> &assigned) {
  auto [place, isNew] = assigned.try_emplace(assign.getVariable(), assign);
  if (isNew)
    return success();
  auto diagnostic = assign.emitOpError("gives a variable a second next value");
  diagnostic.attachNote(place->second->getLoc()) << "the first one is here";
  return diagnostic;
}

LogicalResult NetworkOp::verifyRegions() {
  if (getBody().empty() || !isa<OutputOp>(getBody().front().getTerminator()))
    return emitOpError("must end with 'nn.output'");
  llvm::StringMap<Operation *> names;
  llvm::DenseMap<Value, Operation *> assigned;
  WalkResult walked = getBody().walk([&](Operation *op) -> WalkResult {
    if (auto parameter = dyn_cast<ParameterOp>(op))
      return checkName(parameter, names);
    if (auto buffer = dyn_cast<BufferOp>(op))
      return checkName(buffer, names);
    if (auto assign = dyn_cast<AssignOp>(op))
      return checkAssign(assign, assigned);
    return WalkResult::advance();
  });
  return failure(walked.wasInterrupted());
}

LogicalResult OutputOp::verify() {
  auto network = cast<NetworkOp>((*this)->getParentOp());
  if (getOperandTypes() != TypeRange(network.getResultTypes()))
    return emitOpError("gives other types than the network's results");
  return success();
}

LogicalResult ParameterOp::verify() {
  if (getInitializer().getKind() == InitializerKind::orthogonal &&
      cast<RankedTensorType>(getType()).getRank() < 2)
    return emitOpError("needs two dimensions to begin orthogonal");
  if (getFans().size() != 2 || getFans()[0] <= 0 || getFans()[1] <= 0)
    return emitOpError("needs a fan-in and a fan-out, both positive");
  int64_t parts = getInitializer().getKind() == InitializerKind::constants
                      ? getInitializer().getArguments().size()
                      : 1;
  if (cast<RankedTensorType>(getType()).getShape().back() % parts != 0)
    return emitOpError("cannot begin as ") << parts << " equal parts";
  return success();
}

LogicalResult AssignOp::verify() {
  Operation *variable = getVariable().getDefiningOp();
  if (!isa_and_nonnull<ParameterOp, BufferOp>(variable))
    return emitOpError("can only write a parameter or a buffer");
  return success();
}

FailureOr<SmallVector<Value>> TapOp::buildGradients(OpBuilder &builder,
                                                    ValueRange gradients) {
  Value gradient =
      TapGradientOp::create(builder, getLoc(), getName(), gradients[0]);
  return SmallVector<Value>{gradient};
}

//===- TrainOps.cpp - Minimizing, clipping, reporting ---------------------===//

#include "gradc/Dialect/Train/Train.h"
#include "gradc/Interfaces/Scalar.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include <cmath>

using namespace mlir;
using namespace gradc;
using namespace gradc::train;

//===----------------------------------------------------------------------===//
// update
//===----------------------------------------------------------------------===//

LogicalResult UpdateOp::verify() {
  if (getStates().getTypes() != getNextStates().getTypes())
    return emitOpError("gives other types than its states have");
  for (Value state : getStates())
    if (state.getType() != getParameter().getType())
      return emitOpError("needs states of the parameter's type");
  auto rule = getRule().getDefiningOp<OptimizerOpInterface>();
  if (!rule)
    return emitOpError("needs a rule that an optimizer op gives");
  if (rule.getStateNames().size() != getStates().size())
    return emitOpError("has ")
           << getStates().size()
           << (getStates().size() == 1 ? " state" : " states")
           << ", but its rule keeps " << rule.getStateNames().size();
  if (rule.getNumStepScalars() != getScalars().size())
    return emitOpError("has ")
           << getScalars().size()
           << (getScalars().size() == 1 ? " scalar" : " scalars")
           << ", but its rule takes " << rule.getNumStepScalars();
  Type element = getParameter().getType().getElementType();
  for (Value scalar : getScalars())
    if (scalar.getType() != element)
      return emitOpError("needs scalars of the parameter's element type");
  return success();
}

SmallVector<Value> UpdateOp::buildScalars(OpBuilder &builder,
                                          ValueRange scalars) {
  auto rule = cast<OptimizerOpInterface>(getRule().getDefiningOp());
  unsigned numStates = getStates().size();
  return rule.buildUpdate(builder, scalars[0], scalars[1],
                          scalars.slice(2, numStates),
                          scalars.drop_front(2 + numStates));
}

Value UpdateOp::getReusedOperand(unsigned index) {
  return index == 0 ? getParameter() : getStates()[index - 1];
}

//===----------------------------------------------------------------------===//
// decay
//===----------------------------------------------------------------------===//

StringRef DecayOp::getSourcePlace() { return "train"; }
StringRef DecayOp::getSourceWord() { return "decay"; }

FailureOr<Operation *> DecayOp::fromSource(OpBuilder &builder, Location loc,
                                           ValueRange inputs,
                                           SourceArguments &arguments) {
  FailureOr<unsigned> kind = arguments.takeWord("norm", {"l1", "l2"});
  if (failed(kind))
    return failure();
  FailureOr<double> factor =
      arguments.takeNumber("factor", NumberRange::notNegative());
  if (failed(factor))
    return failure();
  return DecayOp::create(builder, loc,
                         builder.getF64FloatAttr(*kind == 0 ? *factor : 0),
                         builder.getF64FloatAttr(*kind == 1 ? *factor : 0))
      .getOperation();
}

//===----------------------------------------------------------------------===//
// clip
//===----------------------------------------------------------------------===//

StringRef ClipOp::getSourcePlace() { return "train"; }
StringRef ClipOp::getSourceWord() { return "clip"; }

FailureOr<Operation *> ClipOp::fromSource(OpBuilder &builder, Location loc,
                                          ValueRange inputs,
                                          SourceArguments &arguments) {
  FailureOr<unsigned> kind =
      arguments.takeWord("kind", {"value", "tensor", "layer", "norm", "auto"});
  if (failed(kind))
    return failure();
  if (*kind == 4)
    return mlir::emitError(arguments.getLoc())
           << "'clip auto' is not supported yet";
  FailureOr<double> threshold =
      arguments.takeNumber("threshold", NumberRange::positive());
  if (failed(threshold))
    return failure();
  return ClipOp::create(builder, loc, static_cast<ClipKind>(*kind),
                        APFloat(*threshold))
      .getOperation();
}

/// A threshold of 0 would stop training, a negative one reverse it.
static LogicalResult verifyThreshold(Operation *op, APFloat threshold) {
  double value = threshold.convertToDouble();
  if (!(value > 0) || !std::isfinite(value))
    return op->emitOpError("needs a finite threshold greater than 0, not ")
           << value;
  return success();
}

LogicalResult ClipOp::verify() {
  return verifyThreshold(*this, getThreshold());
}

LogicalResult ClipByValueOp::verify() {
  return verifyThreshold(*this, getThreshold());
}

SmallVector<Value> ClipByValueOp::buildScalars(OpBuilder &builder,
                                               ValueRange scalars) {
  double threshold = getThreshold().convertToDouble();
  Scalar g(builder, getLoc(), scalars[0]);
  g = select(isLess(g, -threshold), g.constant(-threshold), g);
  return {select(isGreater(g, threshold), g.constant(threshold), g)};
}

LogicalResult ClipByNormOp::verify() {
  if (getGradients().empty())
    return emitOpError("needs a gradient");
  return verifyThreshold(*this, getThreshold());
}

LogicalResult ClipByNormOp::inferReturnTypes(MLIRContext *context,
                                             std::optional<Location>,
                                             ValueRange operands,
                                             DictionaryAttr, OpaqueProperties,
                                             RegionRange,
                                             SmallVectorImpl<Type> &types) {
  llvm::append_range(types, operands.getTypes());
  types.push_back(Float64Type::get(context));
  return success();
}

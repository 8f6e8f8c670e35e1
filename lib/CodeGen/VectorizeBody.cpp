//===- VectorizeBody.cpp - Formulas on vectors ----------------------------===//

#include "VectorizeBody.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;

namespace gradc {

bool isElementwise(Block &block) {
  return llvm::all_of(block.without_terminator(), [](Operation &op) {
    return OpTrait::hasElementwiseMappableTraits(&op) ||
           isa<arith::ConstantOp>(op);
  });
}

Value spread(OpBuilder &builder, Location loc, Value scalar, int64_t lanes) {
  if (lanes == 1 || isa<VectorType>(scalar.getType()))
    return scalar;
  return vector::BroadcastOp::create(
      builder, loc, VectorType::get({lanes}, scalar.getType()), scalar);
}

/// Whether `value` is an f64 vector of numbers that were f32.
static bool isWidened(Value value) {
  auto widen = value.getDefiningOp<arith::ExtFOp>();
  return widen && getElementTypeOrSelf(widen.getIn().getType()).isF32();
}

/// a b + c for `product` = a b, where that is exact, as it is in f64 for
/// numbers that were f32: one instruction, which rounds once as the two would.
/// Null where it might not be exact.
static Value buildExactFMA(OpBuilder &builder, Location loc, Value product,
                           Value sum) {
  auto multiply = product.getDefiningOp<arith::MulFOp>();
  if (!multiply || !isa<VectorType>(product.getType()) ||
      !getElementTypeOrSelf(product.getType()).isF64() ||
      !isWidened(multiply.getLhs()) || !isWidened(multiply.getRhs()))
    return {};
  return vector::FMAOp::create(builder, loc, multiply.getLhs(),
                               multiply.getRhs(), sum);
}

/// sum + (c ? 1 : 0) as c ? sum + 1 : sum: one masked instruction. Null where
/// `term` is something else.
static Value buildCount(OpBuilder &builder, Location loc, Value sum,
                        Value term) {
  auto choice = term.getDefiningOp<arith::SelectOp>();
  auto strip = [](Value value) {
    auto broadcast = value.getDefiningOp<vector::BroadcastOp>();
    return broadcast ? broadcast.getSource() : value;
  };
  if (!choice || !isa<VectorType>(term.getType()) ||
      !matchPattern(strip(choice.getTrueValue()), m_One()) ||
      !matchPattern(strip(choice.getFalseValue()), m_Zero()))
    return {};
  Value next = arith::AddIOp::create(builder, loc, sum, choice.getTrueValue());
  return arith::SelectOp::create(builder, loc, choice.getCondition(), next,
                                 sum);
}

void vectorizeOp(OpBuilder &builder, Operation &op, IRMapping &mapping,
                 int64_t lanes) {
  Location loc = op.getLoc();
  if (isa<arith::ConstantOp>(op)) {
    Value scalar = builder.clone(op)->getResult(0);
    mapping.map(op.getResult(0), spread(builder, loc, scalar, lanes));
    return;
  }
  SmallVector<Value> operands;
  for (Value operand : op.getOperands())
    operands.push_back(
        spread(builder, loc, mapping.lookupOrDefault(operand), lanes));
  if (isa<arith::AddFOp>(op)) {
    Value sum = buildExactFMA(builder, loc, operands[1], operands[0]);
    if (!sum)
      sum = buildExactFMA(builder, loc, operands[0], operands[1]);
    if (sum) {
      mapping.map(op.getResult(0), sum);
      return;
    }
  }
  if (isa<arith::AddIOp>(op))
    if (Value sum = buildCount(builder, loc, operands[0], operands[1])) {
      mapping.map(op.getResult(0), sum);
      return;
    }
  SmallVector<Type> types;
  for (Type type : op.getResultTypes())
    types.push_back(lanes == 1 ? type : VectorType::get({lanes}, type));
  OperationState state(loc, op.getName(), operands, types, op.getAttrs());
  mapping.map(op.getResults(), builder.create(state)->getResults());
}

SmallVector<Value> vectorizeBody(OpBuilder &builder, Block &block,
                                 ValueRange arguments, int64_t lanes) {
  IRMapping mapping;
  for (auto [argument, value] :
       llvm::zip_equal(block.getArguments(), arguments))
    if (value)
      mapping.map(argument, value);
  for (Operation &op : block.without_terminator())
    vectorizeOp(builder, op, mapping, lanes);
  SmallVector<Value> yielded;
  for (Value value : block.getTerminator()->getOperands())
    yielded.push_back(
        spread(builder, value.getLoc(), mapping.lookupOrDefault(value), lanes));
  return yielded;
}

} // namespace gradc

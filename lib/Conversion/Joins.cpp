//===- Joins.cpp - What reductions join elements with ---------------------===//

#include "Joins.h"
#include "BuildGeneric.h"
#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;

namespace gradc {

Operation *findJoin(linalg::GenericOp generic, unsigned index) {
  BlockArgument output =
      generic.getMatchingBlockArgument(generic.getDpsInitOperand(index));
  Operation *join =
      generic.getBody()->getTerminator()->getOperand(index).getDefiningOp();
  bool isSimple = join && output.hasOneUse() && *output.user_begin() == join &&
                  join->getNumOperands() == 2 && arith::getNeutralElement(join);
  return isSimple ? join : nullptr;
}

Value buildNeutral(OpBuilder &builder, linalg::GenericOp generic,
                   unsigned index, ArrayRef<int64_t> shape) {
  Location loc = generic.getLoc();
  Value neutral = arith::ConstantOp::create(
      builder, loc, *arith::getNeutralElement(findJoin(generic, index)));
  auto type = RankedTensorType::get(shape, neutral.getType());
  return linalg::FillOp::create(builder, loc, neutral,
                                buildEmpty(builder, loc, type))
      .getResult(0);
}

Value joinParts(OpBuilder &builder, linalg::GenericOp generic, unsigned index,
                Value parts) {
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPoint(generic);
  Operation *join = findJoin(generic, index);
  unsigned rank = getTensorType(parts).getRank();
  auto joined = buildGeneric(
      builder, generic.getLoc(), {parts}, {generic.getDpsInits()[index]},
      {getIdentity(builder, rank), getProjection(builder, rank, {})},
      llvm::to_vector(llvm::seq(rank)),
      [&](OpBuilder &builder, Location loc, ValueRange elements) {
        OperationState state(loc, join->getName(), {elements[1], elements[0]},
                             elements[0].getType(), join->getAttrs());
        Operation *joined = builder.create(state);
        joined->removeAttr(narrowAttr);
        return SmallVector<Value>{joined->getResult(0)};
      });
  return joined.getResult(0);
}

} // namespace gradc

//===- BuildGeneric.cpp - Short forms of linalg.generic -------------------===//

#include "BuildGeneric.h"
#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;

namespace gradc {

Value buildEmpty(OpBuilder &builder, Location loc, Type type) {
  auto tensor = cast<RankedTensorType>(type);
  return tensor::EmptyOp::create(builder, loc, tensor.getShape(),
                                 tensor.getElementType());
}

Value buildConstant(OpBuilder &builder, Location loc, Type type,
                    double number) {
  return arith::ConstantOp::create(builder, loc, FloatAttr::get(type, number));
}

Value buildFilled(OpBuilder &builder, Location loc, Type type, double number) {
  Value value = buildConstant(builder, loc, getElementTypeOrSelf(type), number);
  return linalg::FillOp::create(builder, loc, value,
                                buildEmpty(builder, loc, type))
      .getResult(0);
}

AffineMap getIdentity(OpBuilder &builder, unsigned rank) {
  return builder.getMultiDimIdentityMap(rank);
}

AffineMap getProjection(OpBuilder &builder, unsigned rank,
                        ArrayRef<unsigned> dimensions) {
  SmallVector<AffineExpr> results;
  for (unsigned dimension : dimensions)
    results.push_back(builder.getAffineDimExpr(dimension));
  return AffineMap::get(rank, 0, results, builder.getContext());
}

linalg::GenericOp buildGeneric(OpBuilder &builder, Location loc,
                               ValueRange inputs, ValueRange outputs,
                               ArrayRef<AffineMap> maps,
                               ArrayRef<unsigned> reductions,
                               BodyBuilder body) {
  SmallVector<utils::IteratorType> iterators(maps[0].getNumDims(),
                                             utils::IteratorType::parallel);
  for (unsigned reduction : reductions)
    iterators[reduction] = utils::IteratorType::reduction;
  return linalg::GenericOp::create(
      builder, loc, outputs.getTypes(), inputs, outputs, maps, iterators,
      [&](OpBuilder &builder, Location loc, ValueRange elements) {
        linalg::YieldOp::create(builder, loc, body(builder, loc, elements));
      });
}

Value buildTotal(OpBuilder &builder, Location loc, Value input,
                 llvm::function_ref<Scalar(Scalar)> f, bool isNarrow) {
  unsigned rank = getTensorType(input).getRank();
  Type f64 = builder.getF64Type();
  Value zero = buildFilled(builder, loc, RankedTensorType::get({}, f64), 0);
  SmallVector<unsigned> reductions = llvm::to_vector(llvm::seq(rank));
  auto generic = buildGeneric(
      builder, loc, {input}, {zero},
      {getIdentity(builder, rank), getProjection(builder, rank, {})},
      reductions, [&](OpBuilder &builder, Location loc, ValueRange elements) {
        Scalar term = f(Scalar(builder, loc, elements[0]));
        Scalar sum(builder, loc, elements[1]);
        Value next = sum + term.convertTo(f64);
        if (isNarrow)
          next.getDefiningOp()->setAttr(narrowAttr, builder.getUnitAttr());
        return SmallVector<Value>{next};
      });
  return tensor::ExtractOp::create(builder, loc, generic.getResult(0),
                                   ValueRange{});
}

} // namespace gradc

//===- MatrixTransposes.cpp - Generics that transpose a matrix ------------===//

#include "MatrixTransposes.h"

using namespace mlir;

namespace gradc {

Value getTransposed(linalg::GenericOp generic) {
  if (generic.getNumLoops() != 2 || generic.getNumReductionLoops() != 0 ||
      generic.getNumDpsInputs() != 1 || generic.getNumDpsInits() != 1 ||
      !generic.hasPureTensorSemantics())
    return {};
  Builder builder(generic.getContext());
  AffineMap across = AffineMap::getPermutationMap(ArrayRef<unsigned>{1, 0},
                                                  generic.getContext());
  SmallVector<AffineMap> maps = generic.getIndexingMapsArray();
  Operation *yield = generic.getBody()->getTerminator();
  bool copies = yield->getOperand(0) == generic.getBody()->getArgument(0);
  return copies && maps[0] == across && maps[1].isIdentity()
             ? generic.getDpsInputOperand(0)->get()
             : Value();
}

Value buildPermuted(OpBuilder &builder, Location loc, Value from, Value to,
                    ArrayRef<unsigned> permutation) {
  unsigned rank = permutation.size();
  // Loops run over `to`; a dimension of `from` is found by the inverse.
  SmallVector<AffineExpr> places(rank);
  for (auto [index, dimension] : llvm::enumerate(permutation))
    places[dimension] = builder.getAffineDimExpr(index);
  AffineMap maps[] = {AffineMap::get(rank, 0, places, builder.getContext()),
                      builder.getMultiDimIdentityMap(rank)};
  SmallVector<utils::IteratorType> loops(rank, utils::IteratorType::parallel);
  return linalg::GenericOp::create(
             builder, loc, to.getType(), from, to, maps, loops,
             [](OpBuilder &builder, Location loc, ValueRange elements) {
               linalg::YieldOp::create(builder, loc, elements[0]);
             })
      .getResult(0);
}

Value buildTransposed(OpBuilder &builder, Location loc, Value matrix,
                      Value to) {
  return buildPermuted(builder, loc, matrix, to, {1, 0});
}

} // namespace gradc

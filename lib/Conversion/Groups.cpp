//===- Groups.cpp - Sums and formulas over groups of elements -------------===//

#include "Groups.h"

using namespace mlir;

namespace gradc {

Groups::Groups(OpBuilder &builder, Location loc, RankedTensorType type,
               ArrayRef<unsigned> kept)
    : builder(builder), loc(loc), type(type) {
  SmallVector<int64_t> sizes;
  for (unsigned dimension : kept)
    sizes.push_back(type.getDimSize(dimension));
  groupType = RankedTensorType::get(sizes, type.getElementType());
  for (unsigned d = 0; d < type.getRank(); ++d)
    if (!llvm::is_contained(kept, d))
      summed.push_back(d);
  all = getIdentity(builder, type.getRank());
  group = getProjection(builder, type.getRank(), kept);
  count = double(type.getNumElements()) / double(groupType.getNumElements());
}

SmallVector<AffineMap> Groups::getMaps(ValueRange inputs) const {
  SmallVector<AffineMap> maps;
  for (Value input : inputs)
    maps.push_back(input.getType() == type ? all : group);
  return maps;
}

SmallVector<Value> Groups::buildOutputs(RankedTensorType type,
                                        unsigned number) {
  SmallVector<Value> outputs;
  for (unsigned i = 0; i < number; ++i)
    outputs.push_back(buildEmpty(builder, loc, type));
  return outputs;
}

static SmallVector<Scalar> read(OpBuilder &builder, Location loc,
                                ValueRange elements, unsigned number) {
  SmallVector<Scalar> scalars;
  for (Value element : elements.take_front(number))
    scalars.emplace_back(builder, loc, element);
  return scalars;
}

SmallVector<Value> Groups::sum(ValueRange inputs, unsigned numSums,
                               Type sumType, Formula terms) {
  auto results = RankedTensorType::get(groupType.getShape(), sumType);
  SmallVector<Value> zeros;
  for (unsigned i = 0; i < numSums; ++i)
    zeros.push_back(buildFilled(builder, loc, results, 0));
  SmallVector<AffineMap> maps = getMaps(inputs);
  maps.append(numSums, group);
  auto generic = buildGeneric(
      builder, loc, inputs, zeros, maps, summed,
      [&](OpBuilder &b, Location loc, ValueRange elements) {
        SmallVector<Value> sums;
        for (auto [index, term] :
             llvm::enumerate(terms(read(b, loc, elements, inputs.size()))))
          sums.push_back(Scalar(b, loc, elements[inputs.size() + index]) +
                         term.convertTo(sumType));
        return sums;
      });
  return llvm::to_vector_of<Value>(generic.getResults());
}

SmallVector<Value> Groups::sum(ValueRange inputs, unsigned numSums,
                               Formula terms) {
  return sum(inputs, numSums, type.getElementType(), terms);
}

SmallVector<Value> Groups::combine(ValueRange inputs, unsigned numResults,
                                   Formula formula) {
  AffineMap identity = getIdentity(builder, groupType.getRank());
  SmallVector<AffineMap> maps(inputs.size() + numResults, identity);
  auto generic = buildGeneric(
      builder, loc, inputs, buildOutputs(groupType, numResults), maps, {},
      [&](OpBuilder &b, Location loc, ValueRange elements) {
        SmallVector<Scalar> wide;
        for (Scalar element : read(b, loc, elements, inputs.size()))
          wide.push_back(element.widen());
        SmallVector<Value> results;
        for (Scalar result : formula(wide))
          results.push_back(result.convertTo(type.getElementType()));
        return results;
      });
  return llvm::to_vector_of<Value>(generic.getResults());
}

Value Groups::apply(ValueRange inputs,
                    llvm::function_ref<Scalar(ArrayRef<Scalar>)> formula) {
  SmallVector<AffineMap> maps = getMaps(inputs);
  maps.push_back(all);
  return buildGeneric(builder, loc, inputs, buildOutputs(type, 1), maps, {},
                      [&](OpBuilder &b, Location loc, ValueRange elements) {
                        return SmallVector<Value>{
                            formula(read(b, loc, elements, inputs.size()))};
                      })
      .getResult(0);
}

std::pair<Value, Value> Groups::buildStatistics(Value input) {
  Value total = sum({input}, 1, builder.getF64Type(),
                    [](ArrayRef<Scalar> e) { return SmallVector{e[0]}; })[0];
  Value mean = combine({total}, 1, [&](ArrayRef<Scalar> e) {
    return SmallVector{e[0] / count};
  })[0];
  Value squares = sum({input, mean}, 1, [](ArrayRef<Scalar> e) {
    Scalar distance = e[0] - e[1];
    return SmallVector{distance * distance};
  })[0];
  Value variance = combine({squares}, 1, [&](ArrayRef<Scalar> e) {
    return SmallVector{e[0] / count};
  })[0];
  return {mean, variance};
}

} // namespace gradc

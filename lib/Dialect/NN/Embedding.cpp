//===- Embedding.cpp - Rows of a table ------------------------------------===//

#include "gradc/Dialect/NN/NN.h"

using namespace mlir;
using namespace gradc;
using namespace gradc::nn;

static RankedTensorType getTensorType(Value value) {
  return cast<RankedTensorType>(value.getType());
}

/// Whole numbers above this have no float of their own.
static constexpr int64_t mostClasses = int64_t(1) << 24;

/// What reading rows of `features` numbers gives.
static RankedTensorType getReadType(RankedTensorType numbers,
                                    int64_t features) {
  SmallVector<int64_t> shape(numbers.getShape());
  shape.push_back(features);
  return RankedTensorType::get(shape, numbers.getElementType());
}

//===----------------------------------------------------------------------===//
// The layer
//===----------------------------------------------------------------------===//

StringRef EmbeddingOp::getSourcePlace() { return "layer"; }
StringRef EmbeddingOp::getSourceWord() { return "embedding"; }

FailureOr<Operation *> EmbeddingOp::fromSource(OpBuilder &builder, Location loc,
                                               ValueRange inputs,
                                               SourceArguments &arguments) {
  FailureOr<int64_t> classes = arguments.takeInteger("classes", 1, mostClasses);
  FailureOr<int64_t> features = arguments.takeInteger("features", 1);
  FailureOr<InitializerAttr> weightInit = InitializerAttr::fromSource(
      builder.getContext(), arguments, "init", InitializerKind::lecun);
  if (failed(classes) || failed(features) || failed(weightInit))
    return failure();
  RankedTensorType numbers = getTensorType(inputs[0]);
  if (inputs[0].getDefiningOp() || numbers.getRank() != 2)
    return mlir::emitError(loc)
           << "'embedding' reads class numbers: it must be the first layer, "
              "after an input such as 'input x[20]'";
  return EmbeddingOp::create(builder, loc, getReadType(numbers, *features),
                             arguments.getName(), inputs[0], *classes,
                             *weightInit)
      .getOperation();
}

LogicalResult EmbeddingOp::verify() {
  auto numbers = getTensorType(getInput()), result = getTensorType(getResult());
  if (numbers.getRank() != 2 || result.getRank() != 3 ||
      result != getReadType(numbers, result.getDimSize(2)))
    return emitOpError("gives features for each step of each sample");
  if (int64_t(getClasses()) > mostClasses)
    return emitOpError("has more classes than floats can count");
  return success();
}

int64_t EmbeddingOp::getInputClasses() { return getClasses(); }

FailureOr<SmallVector<Value>> EmbeddingOp::expand(OpBuilder &builder,
                                                  LayerMode mode) {
  auto result = getTensorType(getResult());
  int64_t classes = getClasses(), features = result.getDimSize(2);
  Value table = ParameterOp::create(
      builder, getLoc(),
      RankedTensorType::get({classes, features}, result.getElementType()),
      (getName() + ".weight").str(), getWeightInit(),
      builder.getDenseI64ArrayAttr({1, features}), /*decays=*/true);
  Value read = LookupOp::create(builder, getLoc(), result, getInput(), table);
  return SmallVector<Value>{TapOp::create(builder, getLoc(), getName(), read)};
}

//===----------------------------------------------------------------------===//
// Its mathematics
//===----------------------------------------------------------------------===//

/// `read`: a row of `table` for each of `numbers`.
static LogicalResult verifyLookup(Operation *op, Value numbers, Value table,
                                  Value read) {
  auto rows = getTensorType(table);
  if (rows.getRank() != 2)
    return op->emitOpError("needs a table of rows");
  if (rows.getElementType() != getTensorType(numbers).getElementType() ||
      read.getType() != getReadType(getTensorType(numbers), rows.getDimSize(1)))
    return op->emitOpError("has a row of the table for each number");
  return success();
}

LogicalResult LookupOp::verify() {
  return verifyLookup(*this, getNumbers(), getTable(), getResult());
}

LogicalResult LookupGradOp::verify() {
  return verifyLookup(*this, getNumbers(), getResult(), getGradient());
}

FailureOr<SmallVector<Value>> LookupOp::buildGradients(OpBuilder &builder,
                                                       ValueRange gradients) {
  Value table = LookupGradOp::create(builder, getLoc(), getTable().getType(),
                                     gradients[0], getNumbers());
  return SmallVector<Value>{{}, table};
}

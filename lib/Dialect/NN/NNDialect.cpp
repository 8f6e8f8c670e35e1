//===- NNDialect.cpp - Networks and their mathematics ---------------------===//

#include "gradc/Dialect/NN/NN.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace gradc;
using namespace gradc::nn;

/// Reads `, 0.0, 1.0` in an initializer.
static ParseResult parseNumbers(AsmParser &parser, DenseF64ArrayAttr &numbers) {
  SmallVector<double> values;
  while (succeeded(parser.parseOptionalComma()))
    if (parser.parseFloat(values.emplace_back()))
      return failure();
  numbers = DenseF64ArrayAttr::get(parser.getContext(), values);
  return success();
}

static void printNumbers(AsmPrinter &printer, DenseF64ArrayAttr numbers) {
  for (double number : numbers.asArrayRef()) {
    printer << ", ";
    printer.printFloat(APFloat(number));
  }
}

#include "gradc/Dialect/NN/NNDialect.cpp.inc"
#include "gradc/Dialect/NN/NNEnums.cpp.inc"
#define GET_ATTRDEF_CLASSES
#include "gradc/Dialect/NN/NNAttributes.cpp.inc"
#define GET_OP_CLASSES
#include "gradc/Dialect/NN/NNOps.cpp.inc"

void NNDialect::initialize() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "gradc/Dialect/NN/NNAttributes.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "gradc/Dialect/NN/NNOps.cpp.inc"
      >();
}

Value nn::buildOnes(OpBuilder &builder, Value like) {
  auto type = cast<RankedTensorType>(like.getType());
  auto one = builder.getFloatAttr(type.getElementType(), 1);
  return arith::ConstantOp::create(builder, like.getLoc(),
                                   DenseElementsAttr::get(type, one));
}

Type nn::getSampleType(Value batched) {
  auto type = cast<RankedTensorType>(batched.getType());
  return RankedTensorType::get({type.getDimSize(0)}, type.getElementType());
}

int64_t nn::getUnitAxis(RankedTensorType type) {
  return type.getRank() == 3 ? 2 : 1;
}

Value nn::buildUnitParameter(OpBuilder &builder, Location loc, Value like,
                             StringRef layer, StringRef name, double initial) {
  auto type = cast<RankedTensorType>(like.getType());
  auto units = RankedTensorType::get({type.getDimSize(getUnitAxis(type))},
                                     type.getElementType());
  auto begin =
      InitializerAttr::get(builder.getContext(), InitializerKind::constant,
                           builder.getDenseF64ArrayAttr({initial}));
  // One number acts on one unit: its fans are 1.
  return ParameterOp::create(builder, loc, units, (layer + "." + name).str(),
                             begin, builder.getDenseI64ArrayAttr({1, 1}),
                             /*decays=*/false);
}

//===- TrainDialect.cpp - What surrounds a network ------------------------===//

#include "gradc/Dialect/Train/Train.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace gradc;
using namespace gradc::train;

#include "gradc/Dialect/Train/TrainDialect.cpp.inc"
#include "gradc/Dialect/Train/TrainEnums.cpp.inc"
#define GET_TYPEDEF_CLASSES
#include "gradc/Dialect/Train/TrainTypes.cpp.inc"
#define GET_OP_CLASSES
#include "gradc/Dialect/Train/TrainOps.cpp.inc"

void TrainDialect::initialize() {
  addTypes<
#define GET_TYPEDEF_LIST
#include "gradc/Dialect/Train/TrainTypes.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "gradc/Dialect/Train/TrainOps.cpp.inc"
      >();
}

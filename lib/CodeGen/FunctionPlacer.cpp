//===- FunctionPlacer.cpp - One function on blocks of memory --------------===//

#include "FunctionPlacer.h"
#include "gradc/Interfaces/StepRoles.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;

namespace gradc {

/// The order of the common arguments.
enum : unsigned {
  StateArgument,
  ArenaArgument,
  InputsArgument,
  TargetsArgument,
  NumberArgument,
  RateArgument,
  SeedArgument,
  ReportsArgument,
  OutputsArgument,
  NumArguments
};

/// A tensor inside a block.
Value FunctionPlacer::viewBlock(unsigned argument, int64_t offset,
                                RankedTensorType type) {
  auto memory = MemRefType::get(type.getShape(), type.getElementType());
  Value byte = arith::ConstantIndexOp::create(builder, loc, offset);
  return memref::ViewOp::create(builder, loc, memory, arguments[argument], byte,
                                ValueRange{});
}

Value FunctionPlacer::readMemory(Value memory, Type type) {
  return bufferization::ToTensorOp::create(builder, loc, type, memory,
                                           /*restrict=*/true,
                                           /*writable=*/true);
}

void FunctionPlacer::store(Value tensor, Value memory) {
  bufferization::MaterializeInDestinationOp::create(
      builder, loc, Type(), tensor, memory, /*restrict=*/true,
      /*writable=*/true);
}

/// The variable whose old value `value` is, as it stands or in another shape.
Value FunctionPlacer::findOldValue(Value value) {
  while (auto *op = value.getDefiningOp()) {
    if (!isa<tensor::CollapseShapeOp, tensor::ExpandShapeOp, tensor::CastOp>(
            op))
      break;
    value = op->getOperand(0);
  }
  for (auto &entry : oldValues)
    if (entry.second == value)
      return value;
  return {};
}

/// A variable that takes over another one's old value takes a copy made before
/// anything is written: the other may have its next value by then.
Value FunctionPlacer::copyOldValue(Value value) {
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointAfterValue(value);
  return bufferization::AllocTensorOp::create(
      builder, loc, cast<RankedTensorType>(value.getType()), ValueRange{},
      /*copy=*/value);
}

void FunctionPlacer::addArguments(int64_t numReports) {
  Block &body = function.front();
  auto findType = [&](StringRef role) -> Type {
    for (unsigned i = 0; i < function.getNumArguments(); ++i)
      if (getText(function.getArgAttrDict(i), step::roleAttr) == role) {
        auto type = cast<RankedTensorType>(function.getArgumentTypes()[i]);
        return MemRefType::get(type.getShape(), type.getElementType());
      }
    return getBlockType(0);
  };
  Type i64 = builder.getI64Type(), f64 = builder.getF64Type();
  SmallVector<Type> types(NumArguments);
  types[StateArgument] = getBlockType(state.bytes);
  types[ArenaArgument] = getBlockType(0);
  types[InputsArgument] = findType(step::inputsRole);
  types[TargetsArgument] = findType(step::targetsRole);
  types[NumberArgument] = i64;
  types[RateArgument] = f64;
  types[SeedArgument] = i64;
  types[ReportsArgument] = MemRefType::get({numReports}, f64);
  types[OutputsArgument] = getBlockType(outputs.bytes);
  for (Type type : types)
    arguments.push_back(body.addArgument(type, loc));
}

LogicalResult FunctionPlacer::replaceArgument(BlockArgument argument) {
  unsigned index = argument.getArgNumber();
  DictionaryAttr attrs = function.getArgAttrDict(index);
  StringRef role = getText(attrs, step::roleAttr);
  Value value;
  if (role == step::variableRole) {
    auto type = cast<RankedTensorType>(argument.getType());
    auto offset = state.offsets.find(getText(attrs, step::nameAttr));
    if (offset == state.offsets.end())
      return function.emitOpError("argument ")
             << index << " names no variable of '@initialize'";
    if (argument.use_empty())
      return success();
    value = readMemory(viewBlock(StateArgument, offset->second, type), type);
    oldValues[getText(attrs, step::nameAttr)] = value;
  } else if (role == step::naturalRole) {
    auto type = cast<RankedTensorType>(argument.getType());
    int64_t offset = state.offsets.lookup(getText(attrs, step::nameAttr));
    value = readMemory(viewBlock(OutputsArgument, offset, type), type);
  } else if (role == step::inputsRole) {
    value = readMemory(arguments[InputsArgument], argument.getType());
  } else if (role == step::targetsRole) {
    value = readMemory(arguments[TargetsArgument], argument.getType());
  } else if (role == step::stepRole || role == step::countRole) {
    value = arguments[NumberArgument];
  } else if (role == step::rateRole) {
    value = arguments[RateArgument];
  } else if (role == step::seedRole) {
    value = arguments[SeedArgument];
  } else {
    return function.emitOpError("argument ") << index << " has no role";
  }
  argument.replaceAllUsesWith(value);
  return success();
}

/// How many numbers a result is for the host.
static int64_t countReports(Value value) {
  auto type = dyn_cast<RankedTensorType>(value.getType());
  return type ? type.getNumElements() : 1;
}

/// Several numbers side by side: `name/0`, `name/1`, ...
LogicalResult FunctionPlacer::placeReports(Value values, unsigned index,
                                           StringRef name) {
  auto type = cast<RankedTensorType>(values.getType());
  if (type.getRank() != 1 || !type.hasStaticShape())
    return function.emitOpError("result ") << index << " is no list of reports";
  OpFoldResult begin = builder.getIndexAttr(reportNames.size());
  OpFoldResult size = builder.getIndexAttr(type.getNumElements());
  Value place =
      memref::SubViewOp::create(builder, loc, arguments[ReportsArgument], begin,
                                size, OpFoldResult(builder.getIndexAttr(1)));
  store(values, place);
  for (int64_t i = 0; i < type.getNumElements(); ++i)
    reportNames.push_back(
        builder.getStringAttr(name + "/" + std::to_string(i)));
  return success();
}

/// `original` is the value returned before the arguments were replaced: a
/// variable that is returned as it came needs no store.
LogicalResult FunctionPlacer::placeResult(Value value, unsigned index,
                                          Value original) {
  DictionaryAttr attrs = function.getResultAttrDict(index);
  StringRef role = getText(attrs, step::roleAttr);
  StringRef name = getText(attrs, step::nameAttr);
  if (role == step::reportRole) {
    if (isa<RankedTensorType>(value.getType()))
      return placeReports(value, index, name);
    // As soon as it is known: nothing keeps hundreds of numbers to the end.
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointAfterValue(value);
    Value position =
        arith::ConstantIndexOp::create(builder, loc, reportNames.size());
    memref::StoreOp::create(builder, loc, value, arguments[ReportsArgument],
                            ValueRange{position});
    reportNames.push_back(builder.getStringAttr(name));
    return success();
  }
  auto type = dyn_cast<RankedTensorType>(value.getType());
  if (!type)
    return function.emitOpError("result ") << index << " has no role";
  if (role == step::outputRole) {
    store(value,
          viewBlock(OutputsArgument, outputOffsets[numPlacedOutputs++], type));
    return success();
  }
  if (role == step::naturalRole) {
    outputs.places.push_back(BlockLayout::describe(builder, name, "", type,
                                                   state.offsets.lookup(name)));
    store(value, viewBlock(OutputsArgument, state.offsets.lookup(name), type));
    return success();
  }
  if (role != step::variableRole)
    return function.emitOpError("result ") << index << " has no role";
  auto argument = dyn_cast<BlockArgument>(original);
  DictionaryAttr origin =
      argument ? argumentAttrs[argument.getArgNumber()] : DictionaryAttr();
  if (getText(origin, step::roleAttr) != step::variableRole ||
      getText(origin, step::nameAttr) != name)
    placeVariable(value, name);
  return success();
}

/// The next value passes through the tensor of the old one, so that
/// bufferization sees that they share memory.
void FunctionPlacer::placeVariable(Value value, StringRef name) {
  auto type = cast<RankedTensorType>(value.getType());
  if (Value oldValue = findOldValue(value))
    value = copyOldValue(value);
  Value place, old = oldValues.lookup(name);
  if (old)
    place = old.getDefiningOp<bufferization::ToTensorOp>().getBuffer();
  else
    place = viewBlock(StateArgument, state.offsets.lookup(name), type);
  if (old)
    value = bufferization::MaterializeInDestinationOp::create(builder, loc,
                                                              type, value, old)
                .getResult();
  stores.push_back({value, place});
}

LogicalResult FunctionPlacer::place() {
  Block &body = function.front();
  auto terminator = cast<func::ReturnOp>(body.getTerminator());
  unsigned numOld = function.getNumArguments();
  int64_t numReports = 0;
  for (unsigned i = 0; i < terminator.getNumOperands(); ++i) {
    DictionaryAttr attrs = function.getResultAttrDict(i);
    StringRef role = getText(attrs, step::roleAttr);
    if (role == step::reportRole)
      numReports += countReports(terminator.getOperand(i));
    if (role == step::naturalRole)
      outputs.bytes = state.bytes;
    if (role == step::outputRole)
      outputOffsets.push_back(outputs.add(
          builder, getText(attrs, step::nameAttr), "",
          cast<RankedTensorType>(terminator.getOperand(i).getType())));
  }
  for (unsigned i = 0; i < numOld; ++i) {
    argumentAttrs.push_back(function.getArgAttrDict(i));
    if (getText(argumentAttrs[i], step::roleAttr) == step::naturalRole)
      outputs.bytes = state.bytes;
  }
  addArguments(numReports);
  SmallVector<Value> originals(terminator.getOperands());
  builder.setInsertionPointToStart(&body);
  for (unsigned i = 0; i < numOld; ++i)
    if (failed(replaceArgument(body.getArgument(i))))
      return failure();
  builder.setInsertionPoint(terminator);
  SmallVector<Value> results(terminator.getOperands());
  for (auto [index, value] : llvm::enumerate(results))
    if (failed(placeResult(value, index, originals[index])))
      return failure();
  for (auto [value, memory] : stores)
    store(value, memory);
  terminator.getOperandsMutable().clear();
  describe(numOld);
  return success();
}

/// Gives the function its new type and the attributes that the host reads.
void FunctionPlacer::describe(int64_t oldArguments) {
  Block &body = function.front();
  function.setResAttrsAttr(nullptr);
  function.setArgAttrsAttr(nullptr);
  body.eraseArguments(0, oldArguments);
  function.setType(builder.getFunctionType(body.getArgumentTypes(), {}));
  function->setAttr(step::reportsAttr, builder.getArrayAttr(reportNames));
  function->setAttr(step::outputsAttr, builder.getArrayAttr(outputs.places));
  function->setAttr(step::outputBytesAttr,
                    builder.getI64IntegerAttr(outputs.bytes));
}

} // namespace gradc

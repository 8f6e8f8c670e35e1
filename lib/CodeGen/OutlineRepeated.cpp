//===- OutlineRepeated.cpp - One function for equal generics --------------===//

#include "OutlineRepeated.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/Transforms/RegionUtils.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;

namespace gradc {
namespace {
/// A function that does what one or more generics do.
struct Outlined {
  func::FuncOp function;
  linalg::GenericOp generic; ///< inside of it
};

/// A generic, and what it passes to the function that does the same.
struct Use {
  linalg::GenericOp generic;
  SmallVector<Value> arguments;
};
using Repeated = SmallVector<Use, 1>;
} // namespace

/// What a generic takes from outside: its operands, and values its body uses.
/// Constants are left out: they are made again inside.
static SmallVector<Value> collectArguments(linalg::GenericOp generic,
                                           SmallVectorImpl<Value> &constants) {
  llvm::SetVector<Value> arguments(generic->operand_begin(),
                                   generic->operand_end());
  llvm::SetVector<Value> captured;
  getUsedValuesDefinedAbove(generic.getRegion(), captured);
  arguments.insert(captured.begin(), captured.end());
  SmallVector<Value> result;
  for (Value value : arguments)
    (value.getDefiningOp<arith::ConstantOp>() ? constants : result)
        .push_back(value);
  return result;
}

/// Builds the function, after all others.
static Outlined outline(ModuleOp module, linalg::GenericOp generic,
                        unsigned number) {
  SmallVector<Value> constants;
  SmallVector<Value> arguments = collectArguments(generic, constants);
  OpBuilder builder = OpBuilder::atBlockEnd(module.getBody());
  SmallVector<Type> types(ValueRange(arguments).getTypes());
  auto function = func::FuncOp::create(builder, generic.getLoc(),
                                       "loops_" + std::to_string(number),
                                       builder.getFunctionType(types, {}));
  function.setPrivate();
  function.setNoInline(true);
  Block *body = function.addEntryBlock();
  builder.setInsertionPointToStart(body);
  IRMapping mapping;
  mapping.map(arguments, body->getArguments());
  for (Value constant : constants)
    builder.clone(*constant.getDefiningOp(), mapping);
  auto inner =
      cast<linalg::GenericOp>(builder.clone(*generic.getOperation(), mapping));
  func::ReturnOp::create(builder, generic.getLoc());
  return {function, inner};
}

namespace {
/// Writes down what a generic does: equal for generics that do the same to
/// memory of the same types. Types and attributes are unique in their context,
/// so their addresses stand for them.
class KeyWriter {
public:
  std::string write(linalg::GenericOp generic, ArrayRef<Value> arguments);

private:
  std::string key;
  llvm::DenseMap<Value, size_t> numbers;

  void add(const void *address) { add(reinterpret_cast<size_t>(address)); }
  void add(size_t number) {
    key.append(reinterpret_cast<const char *>(&number), sizeof(number));
  }
  void add(Value value);
  void define(Value value) { numbers.try_emplace(value, numbers.size()); }
};
} // namespace

/// A number for a value that was met before, the value itself for a constant.
void KeyWriter::add(Value value) {
  auto number = numbers.find(value);
  if (number != numbers.end())
    return add(number->second);
  add(~size_t(0));
  auto constant = value.getDefiningOp<arith::ConstantOp>();
  add(constant.getValueAttr().getAsOpaquePointer());
}

std::string KeyWriter::write(linalg::GenericOp generic,
                             ArrayRef<Value> arguments) {
  for (Value argument : arguments) {
    define(argument);
    add(argument.getType().getAsOpaquePointer());
  }
  for (Value operand : generic->getOperands())
    add(operand);
  add(generic.getIndexingMaps().getAsOpaquePointer());
  add(generic.getIteratorTypes().getAsOpaquePointer());
  add(generic.getNumDpsInputs());
  Block &body = *generic.getBody();
  for (BlockArgument argument : body.getArguments())
    define(argument);
  for (Operation &op : body) {
    add(op.getName().getAsOpaquePointer());
    add(op.getAttrDictionary().getAsOpaquePointer());
    for (Value operand : op.getOperands())
      add(operand);
    for (Value result : op.getResults()) {
      add(result.getType().getAsOpaquePointer());
      define(result);
    }
  }
  return std::move(key);
}

/// Whether the generic takes a part whose place is known when it runs: a
/// function's argument is an address, which has no room for that.
static bool hasMovingPart(linalg::GenericOp generic) {
  return llvm::any_of(generic->getOperandTypes(), [](Type operand) {
    auto type = dyn_cast<MemRefType>(operand);
    return type && ShapedType::isDynamic(type.getStridesAndOffset().second);
  });
}

/// In a function with more, every one becomes a function: what is left are
/// calls, which take no time to compile.
static constexpr unsigned manyGenerics = 64;

SmallVector<linalg::GenericOp>
outlineRepeated(ModuleOp module, RewriterBase &rewriter,
                ArrayRef<linalg::GenericOp> generics) {
  llvm::DenseMap<Operation *, unsigned> counts;
  for (linalg::GenericOp generic : generics)
    ++counts[generic->getParentOp()];
  llvm::MapVector<StringRef, Repeated> repeated;
  llvm::StringMap<char> keys;
  for (linalg::GenericOp generic : generics) {
    SmallVector<Value> constants;
    SmallVector<Value> arguments = collectArguments(generic, constants);
    std::string text = KeyWriter().write(generic, arguments);
    StringRef key = keys.try_emplace(text).first->first();
    repeated[key].push_back({generic, std::move(arguments)});
  }

  SmallVector<linalg::GenericOp> remaining;
  unsigned number = 0;
  for (auto &[key, uses] : repeated) {
    linalg::GenericOp first = uses.front().generic;
    bool isLarge = counts[first->getParentOp()] > manyGenerics;
    if ((uses.size() == 1 && !isLarge) || hasMovingPart(first)) {
      for (Use &use : uses)
        remaining.push_back(use.generic);
      continue;
    }
    Outlined outlined = outline(module, first, number++);
    for (auto &[generic, arguments] : uses) {
      rewriter.setInsertionPoint(generic);
      func::CallOp::create(rewriter, generic.getLoc(), outlined.function,
                           arguments);
      rewriter.eraseOp(generic);
    }
    remaining.push_back(outlined.generic);
  }
  return remaining;
}

} // namespace gradc

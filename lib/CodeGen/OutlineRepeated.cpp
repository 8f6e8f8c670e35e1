//===- OutlineRepeated.cpp - One function for equal generics --------------===//

#include "OutlineRepeated.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/Transforms/RegionUtils.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"
#include <limits>

using namespace mlir;

namespace gradc {
namespace {
/// A function that does what one or more generics do.
struct Outlined {
  func::FuncOp function;
  linalg::GenericOp generic; ///< inside of it
  /// The generics it stands for, and what each passes to it.
  SmallVector<std::pair<linalg::GenericOp, SmallVector<Value>>> uses;
};
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
static Outlined outline(ModuleOp module, linalg::GenericOp generic) {
  SmallVector<Value> constants;
  SmallVector<Value> arguments = collectArguments(generic, constants);
  OpBuilder builder = OpBuilder::atBlockEnd(module.getBody());
  SmallVector<Type> types(ValueRange(arguments).getTypes());
  auto function = func::FuncOp::create(builder, generic.getLoc(), "loops",
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
  Outlined result{function, inner, {}};
  result.uses.emplace_back(generic, std::move(arguments));
  return result;
}

/// The same text whatever the command line says about printing.
static OpPrintingFlags getKeyFlags() {
  OpPrintingFlags flags;
  return flags.useLocalScope().enableDebugInfo(false).elideLargeElementsAttrs(
      std::numeric_limits<int64_t>::max());
}

/// The text of a function's body: equal for functions that do the same.
static std::string getKey(func::FuncOp function) {
  std::string key;
  llvm::raw_string_ostream os(key);
  function.getFunctionType().print(os);
  for (Operation &op : function.front())
    op.print(os, getKeyFlags());
  return key;
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
  llvm::MapVector<StringRef, Outlined> functions;
  llvm::StringMap<char> keys;
  for (linalg::GenericOp generic : generics) {
    Outlined outlined = outline(module, generic);
    StringRef key = keys.try_emplace(getKey(outlined.function)).first->first();
    auto [place, isNew] = functions.try_emplace(key, outlined);
    if (isNew)
      continue;
    place->second.uses.push_back(outlined.uses.front());
    outlined.function.erase();
  }

  SmallVector<linalg::GenericOp> remaining;
  unsigned number = 0;
  for (auto &[key, outlined] : functions) {
    linalg::GenericOp first = outlined.uses.front().first;
    bool isLarge = counts[first->getParentOp()] > manyGenerics;
    if (outlined.uses.size() == 1 && !isLarge) {
      outlined.function.erase();
      remaining.push_back(first);
      continue;
    }
    outlined.function.setSymName("loops_" + std::to_string(number++));
    for (auto &[generic, arguments] : outlined.uses) {
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

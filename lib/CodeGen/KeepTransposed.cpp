//===- KeepTransposed.cpp - Weights kept in both directions ---------------===//

#include "MatrixTransposes.h"
#include "PanelValues.h"
#include "gradc/CodeGen/Passes.h"
#include "gradc/Interfaces/StepRoles.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "llvm/ADT/MapVector.h"

using namespace mlir;

namespace gradc {
#define GEN_PASS_DEF_KEEPTRANSPOSED
#include "gradc/CodeGen/Passes.h.inc"

/// Whether products read `value` as their right factor, and nothing else reads
/// it.
static bool feedsProducts(Value value) {
  return !value.use_empty() &&
         llvm::all_of(value.getUses(), [](OpOperand &use) {
           auto product = dyn_cast<kernel::ProductOp>(use.getOwner());
           return product && &product.getRhsMutable() == &use;
         });
}

namespace {
struct KeepTransposedPass : impl::KeepTransposedBase<KeepTransposedPass> {
  /// Variables with a transposed copy, and its type.
  llvm::MapVector<StringAttr, RankedTensorType> copies;

  void runOnOperation() override {
    copies.clear();
    SmallVector<func::FuncOp> functions;
    for (auto function : getOperation().getOps<func::FuncOp>())
      if (!function.isDeclaration())
        functions.push_back(function);
    for (func::FuncOp function : functions)
      findCopies(function);
    for (func::FuncOp function : functions) {
      // Of the function as it is before it gets arguments and results.
      llvm::StringMap<Value> arguments;
      llvm::StringMap<unsigned> results;
      for (BlockArgument argument : function.getArguments())
        arguments[getVariable(function, argument)] = argument;
      for (unsigned i = 0; i < function.getNumResults(); ++i)
        results[getVariable(function.getResultAttrDict(i))] = i;
      for (auto [name, type] : copies) {
        auto written = results.find(name);
        keep(function, name, type, arguments.lookup(name),
             written == results.end() ? std::optional<unsigned>()
                                      : written->second);
      }
    }
  }

  void findCopies(func::FuncOp function) {
    for (auto generic : function.front().getOps<linalg::GenericOp>()) {
      Value matrix = getTransposed(generic);
      StringRef name = matrix ? getVariable(function, matrix) : StringRef();
      // Whatever the size of the batch: programs for others share the state.
      if (!name.empty() && getPanelType(generic.getResult(0).getType()) &&
          feedsProducts(generic.getResult(0)))
        copies[StringAttr::get(&getContext(), name)] =
            cast<RankedTensorType>(generic.getResult(0).getType());
    }
  }

  DictionaryAttr describe(StringAttr name) {
    Builder builder(&getContext());
    auto text = [&](StringRef key, const Twine &value) {
      return builder.getNamedAttr(key, builder.getStringAttr(value));
    };
    return builder.getDictionaryAttr(
        {text(step::roleAttr, step::variableRole),
         text(step::nameAttr, name.getValue() + ".transposed"),
         text(step::kindAttr, step::copyKind),
         text(step::originalAttr, name.getValue())});
  }

  /// Lets a function read the copy of a variable, and write it where it writes
  /// the variable: `old` is the argument, `written` the number of the result.
  void keep(func::FuncOp function, StringAttr name, RankedTensorType type,
            Value old, std::optional<unsigned> written) {
    SmallVector<linalg::GenericOp> readers;
    if (old)
      for (Operation *user : old.getUsers())
        if (auto generic = dyn_cast<linalg::GenericOp>(user))
          if (generic->getBlock() == &function.front() &&
              getTransposed(generic) == old &&
              feedsProducts(generic.getResult(0)))
            readers.push_back(generic);
    if (readers.empty() && !written)
      return;
    Value copy;
    if (old) {
      unsigned index = function.getNumArguments();
      if (failed(function.insertArgument(index, type, describe(name),
                                         old.getLoc())))
        return signalPassFailure();
      copy = function.getArgument(index);
    }
    for (linalg::GenericOp reader : readers) {
      reader.getResult(0).replaceAllUsesWith(copy);
      reader.erase();
    }
    if (written)
      returnCopy(function, *written, copy, type, name);
  }

  /// `copy` is the old one, null where there is none yet.
  void returnCopy(func::FuncOp function, unsigned result, Value copy,
                  RankedTensorType type, StringAttr name) {
    Operation *terminator = function.front().getTerminator();
    Value matrix = terminator->getOperand(result);
    if (getVariable(function, matrix) != name) {
      OpBuilder builder(terminator);
      Location loc = matrix.getLoc();
      Value place = copy
                        ? copy
                        : tensor::EmptyOp::create(builder, loc, type.getShape(),
                                                  type.getElementType())
                              .getResult();
      copy = buildTransposed(builder, loc, matrix, place);
    }
    terminator->insertOperands(terminator->getNumOperands(), copy);
    if (failed(function.insertResult(function.getNumResults(), type,
                                     describe(name))))
      signalPassFailure();
  }
};
} // namespace
} // namespace gradc

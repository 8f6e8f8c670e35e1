//===- AssignLayouts.cpp - Weights in the form that products read ---------===//

#include "PanelValues.h"
#include "StepRoles.h"
#include "gradc/CodeGen/Passes.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "llvm/ADT/StringSet.h"

using namespace mlir;

namespace gradc {
#define GEN_PASS_DEF_ASSIGNLAYOUTS
#include "gradc/CodeGen/Passes.h.inc"

/// The name of the variable that an argument or result with these attributes
/// is; empty for another one.
static StringRef getVariable(DictionaryAttr attrs) {
  return getText(attrs, step::roleAttr) == step::variableRole
             ? getText(attrs, step::nameAttr)
             : StringRef();
}

static StringRef getVariable(func::FuncOp function, Value value) {
  auto argument = dyn_cast<BlockArgument>(value);
  if (!argument || argument.getOwner() != &function.front())
    return {};
  return getVariable(function.getArgAttrDict(argument.getArgNumber()));
}

static SmallVector<func::FuncOp> getDefinitions(ModuleOp module) {
  SmallVector<func::FuncOp> functions;
  for (auto function : module.getOps<func::FuncOp>())
    if (!function.isDeclaration())
      functions.push_back(function);
  return functions;
}

namespace {
struct AssignLayoutsPass : impl::AssignLayoutsBase<AssignLayoutsPass> {
  /// The variables that are kept in panels.
  llvm::StringSet<> inPanels;

  void runOnOperation() override {
    inPanels.clear();
    SmallVector<func::FuncOp> functions = getDefinitions(getOperation());
    for (func::FuncOp function : functions)
      findWeights(function);
    for (func::FuncOp function : functions)
      findCompanions(function);
    if (inPanels.empty())
      return;
    for (func::FuncOp function : functions)
      rewrite(function);
    if (auto initialize =
            getOperation().lookupSymbol<func::FuncOp>("initialize"))
      buildConversions(initialize);
  }

  /// Variables that are the right factor of a product.
  void findWeights(func::FuncOp function) {
    function.walk([&](kernel::ProductOp product) {
      StringRef name = getVariable(function, product.getRhs());
      if (!name.empty() && getPanelType(product.getRhs().getType()))
        inPanels.insert(name);
    });
  }

  /// Variables that are updated together with one in panels: what an optimizer
  /// keeps for each element of a weight.
  void findCompanions(func::FuncOp function) {
    Operation *terminator = function.front().getTerminator();
    for (auto [index, value] : llvm::enumerate(terminator->getOperands())) {
      StringRef name = getVariable(function.getResultAttrDict(index));
      auto update = value.getDefiningOp<linalg::GenericOp>();
      if (name.empty() || !inPanels.contains(name) || !update)
        continue;
      for (Value operand : update->getOperands()) {
        StringRef companion = getVariable(function, operand);
        if (!companion.empty() && operand.getType() == value.getType())
          inPanels.insert(companion);
      }
    }
  }

  void rewrite(func::FuncOp function) {
    PanelValues values;
    Block &body = function.front();
    OpBuilder builder = OpBuilder::atBlockBegin(&body);
    for (BlockArgument argument : body.getArguments()) {
      StringRef name = getVariable(function, argument);
      if (name.empty() || !inPanels.contains(name))
        continue;
      argument.setType(getPanelType(argument.getType()));
      SmallVector<OpOperand *> uses;
      for (OpOperand &use : argument.getUses())
        uses.push_back(&use);
      Value matrix = values.fromPanels(builder, argument);
      for (OpOperand *use : uses)
        use->set(matrix);
    }
    Operation *terminator = body.getTerminator();
    for (unsigned i = 0; i < terminator->getNumOperands(); ++i) {
      StringRef name = getVariable(function.getResultAttrDict(i));
      if (!name.empty() && inPanels.contains(name)) {
        Value result = values.toPanels(terminator->getOperand(i));
        terminator->setOperand(i, result);
      }
    }
    values.readPanels(body);
    for (Operation &loop : body)
      for (Region &region : loop.getRegions())
        for (Block &inside : region)
          if (isa<scf::ForOp>(loop))
            values.readPanels(inside);
    for (Operation &op : llvm::make_early_inc_range(llvm::reverse(body)))
      if (isOpTriviallyDead(&op))
        op.erase();
    function.setType(builder.getFunctionType(body.getArgumentTypes(),
                                             terminator->getOperandTypes()));
  }

  /// `@unpack_state` gives the variables in panels as they are in files,
  /// `@pack_state` takes them so. The others need no conversion.
  void buildConversions(func::FuncOp initialize) {
    SmallVector<DictionaryAttr> variables;
    SmallVector<Type> stored, natural;
    for (unsigned i = 0; i < initialize.getNumResults(); ++i) {
      DictionaryAttr variable = initialize.getResultAttrDict(i);
      if (!inPanels.contains(getVariable(variable)))
        continue;
      auto type = cast<RankedTensorType>(initialize.getResultTypes()[i]);
      ArrayRef<int64_t> shape = type.getShape();
      variables.push_back(variable);
      stored.push_back(type);
      natural.push_back(RankedTensorType::get({shape[1], shape[0] * shape[2]},
                                              type.getElementType()));
    }
    buildConversion(initialize, variables, natural, stored, /*packs=*/true);
    buildConversion(initialize, variables, stored, natural, /*packs=*/false);
  }

  void buildConversion(func::FuncOp initialize,
                       ArrayRef<DictionaryAttr> variables, ArrayRef<Type> from,
                       ArrayRef<Type> to, bool packs) {
    OpBuilder builder(initialize);
    auto function =
        func::FuncOp::create(builder, initialize.getLoc(),
                             packs ? step::packFunction : step::unpackFunction,
                             builder.getFunctionType(from, to));
    builder.setInsertionPointToStart(function.addEntryBlock());
    PanelValues values;
    SmallVector<Value> results;
    for (auto [index, variable] : llvm::enumerate(variables)) {
      NamedAttrList attrs(variable);
      attrs.set(step::roleAttr, builder.getStringAttr(step::naturalRole));
      DictionaryAttr natural = attrs.getDictionary(&getContext());
      function.setArgAttrs(index, packs ? natural : variable);
      function.setResultAttrs(index, packs ? variable : natural);
      Value argument = function.getArgument(index);
      results.push_back(packs ? values.toPanels(argument)
                              : values.fromPanels(builder, argument));
    }
    func::ReturnOp::create(builder, function.getLoc(), results);
  }
};
} // namespace
} // namespace gradc

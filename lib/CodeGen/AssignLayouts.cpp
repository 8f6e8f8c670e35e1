//===- AssignLayouts.cpp - Weights in the form that products read ---------===//

#include "MatrixTransposes.h"
#include "PanelValues.h"
#include "gradc/CodeGen/Passes.h"
#include "gradc/Interfaces/StepRoles.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "llvm/ADT/StringSet.h"

using namespace mlir;

namespace gradc {
#define GEN_PASS_DEF_ASSIGNLAYOUTS
#include "gradc/CodeGen/Passes.h.inc"

static SmallVector<func::FuncOp> getDefinitions(ModuleOp module) {
  SmallVector<func::FuncOp> functions;
  for (auto function : module.getOps<func::FuncOp>())
    if (!function.isDeclaration())
      functions.push_back(function);
  return functions;
}

/// The matrix whose columns lie in panels of `type`.
static RankedTensorType getMatrixType(RankedTensorType type) {
  ArrayRef<int64_t> shape = type.getShape();
  return RankedTensorType::get({shape[1], shape[0] * shape[2]},
                               type.getElementType());
}

/// Erases the matrices that nobody asked for.
static void eraseDead(Block &block) {
  for (Operation &op : llvm::make_early_inc_range(llvm::reverse(block)))
    if (isOpTriviallyDead(&op))
      op.erase();
}

namespace {
/// A variable of the state: as it is stored, and as files have it.
struct Variable {
  DictionaryAttr attrs;
  RankedTensorType stored, natural;
};

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
    eraseDead(body);
    function.setType(builder.getFunctionType(body.getArgumentTypes(),
                                             terminator->getOperandTypes()));
  }

  /// `@unpack_state` gives the variables in panels as they are in files,
  /// `@pack_state` takes them so, and makes transposed copies anew. The others
  /// need no conversion.
  void buildConversions(func::FuncOp initialize) {
    llvm::StringSet<> originals;
    for (unsigned i = 0; i < initialize.getNumResults(); ++i)
      originals.insert(
          getText(initialize.getResultAttrDict(i), step::originalAttr));
    SmallVector<Variable> variables, copies;
    for (unsigned i = 0; i < initialize.getNumResults(); ++i) {
      DictionaryAttr attrs = initialize.getResultAttrDict(i);
      auto type = cast<RankedTensorType>(initialize.getResultTypes()[i]);
      StringRef name = getVariable(attrs);
      if (getText(attrs, step::kindAttr) == step::copyKind)
        copies.push_back({attrs, type, type});
      else if (inPanels.contains(name))
        variables.push_back({attrs, type, getMatrixType(type)});
      else if (originals.contains(name))
        variables.push_back({attrs, type, type});
    }
    buildPack(initialize, variables, copies);
    llvm::erase_if(variables, [](const Variable &variable) {
      return variable.stored == variable.natural;
    });
    buildUnpack(initialize, variables);
  }

  /// A function between variables, some of them as files have them.
  func::FuncOp buildFunction(func::FuncOp initialize, StringRef name,
                             ArrayRef<Variable> from, bool fromNatural,
                             ArrayRef<Variable> to, bool toNatural) {
    OpBuilder builder(initialize);
    auto collect = [&](ArrayRef<Variable> variables, bool natural,
                       SmallVector<Type> &types,
                       SmallVector<DictionaryAttr> &attrs) {
      for (const Variable &variable : variables) {
        NamedAttrList list(variable.attrs);
        if (natural)
          list.set(step::roleAttr, builder.getStringAttr(step::naturalRole));
        attrs.push_back(list.getDictionary(&getContext()));
        types.push_back(natural ? variable.natural : variable.stored);
      }
    };
    SmallVector<Type> arguments, results;
    SmallVector<DictionaryAttr> argumentAttrs, resultAttrs;
    collect(from, fromNatural, arguments, argumentAttrs);
    collect(to, toNatural, results, resultAttrs);
    auto function =
        func::FuncOp::create(builder, initialize.getLoc(), name,
                             builder.getFunctionType(arguments, results));
    function.setAllArgAttrs(argumentAttrs);
    function.setAllResultAttrs(resultAttrs);
    function.addEntryBlock();
    return function;
  }

  void buildPack(func::FuncOp initialize, ArrayRef<Variable> variables,
                 ArrayRef<Variable> copies) {
    SmallVector<Variable> results(variables);
    llvm::append_range(results, copies);
    func::FuncOp function =
        buildFunction(initialize, step::packFunction, variables,
                      /*fromNatural=*/true, results, /*toNatural=*/false);
    OpBuilder builder = OpBuilder::atBlockEnd(&function.front());
    PanelValues values;
    llvm::StringMap<Value> matrices;
    SmallVector<Value> packed;
    for (auto [variable, argument] :
         llvm::zip(variables, function.getArguments())) {
      matrices[getVariable(variable.attrs)] = argument;
      packed.push_back(variable.stored == variable.natural
                           ? Value(argument)
                           : values.toPanels(argument));
    }
    for (const Variable &copy : copies) {
      RankedTensorType type = getMatrixType(copy.stored);
      Value place = tensor::EmptyOp::create(
          builder, function.getLoc(), type.getShape(), type.getElementType());
      Value original = matrices[getText(copy.attrs, step::originalAttr)];
      packed.push_back(values.toPanels(
          buildTransposed(builder, function.getLoc(), original, place)));
    }
    func::ReturnOp::create(builder, function.getLoc(), packed);
    eraseDead(function.front());
  }

  void buildUnpack(func::FuncOp initialize, ArrayRef<Variable> variables) {
    func::FuncOp function =
        buildFunction(initialize, step::unpackFunction, variables,
                      /*fromNatural=*/false, variables, /*toNatural=*/true);
    OpBuilder builder = OpBuilder::atBlockEnd(&function.front());
    PanelValues values;
    SmallVector<Value> matrices;
    for (Value argument : function.getArguments())
      matrices.push_back(values.fromPanels(builder, argument));
    func::ReturnOp::create(builder, function.getLoc(), matrices);
  }
};
} // namespace
} // namespace gradc

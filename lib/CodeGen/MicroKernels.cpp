//===- MicroKernels.cpp - Functions shared by all products ----------------===//

#include "MicroKernels.h"
#include "ProductBuilder.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;

namespace gradc {

/// Larger than any buffer: the size of a flat buffer means nothing.
static constexpr int64_t anySize = int64_t(1) << 40;

MemRefType MicroKernels::getMemoryType(Type element) {
  return MemRefType::get({anySize}, element);
}

std::string MicroKernels::getTypeName(Type element) {
  return "f" + std::to_string(element.getIntOrFloatBitWidth());
}

func::FuncOp MicroKernels::create(StringRef name, ArrayRef<Type> types) {
  OpBuilder builder = OpBuilder::atBlockEnd(module.getBody());
  auto function = func::FuncOp::create(builder, module.getLoc(), name,
                                       builder.getFunctionType(types, {}));
  function.setPrivate();
  function.setNoInline(true);
  function.addEntryBlock();
  return function;
}

/// A text that is the same for bodies that do the same: values are numbered in
/// the order in which they appear.
static std::string describeBody(Block &body) {
  std::string text;
  llvm::raw_string_ostream os(text);
  llvm::DenseMap<Value, unsigned> numbers;
  for (BlockArgument argument : body.getArguments()) {
    numbers.try_emplace(argument, numbers.size());
    os << argument.getType() << ' ';
  }
  for (Operation &op : body) {
    os << '\n' << op.getName() << op.getAttrDictionary();
    for (Value operand : op.getOperands())
      os << ' ' << numbers.lookup(operand);
    for (Value result : op.getResults()) {
      numbers.try_emplace(result, numbers.size());
      os << ' ' << result.getType();
    }
  }
  return text;
}

bool MicroKernels::isPlain(kernel::ProductOp product) {
  return product.getInputs().empty() && product.getOutputs().size() == 1 &&
         product.getYielded()[0] == product.getBlock().getArgument(0);
}

/// A number for each combination of lists.
static std::string nameLists(llvm::StringMap<unsigned> &names,
                             ArrayRef<ArrayRef<int64_t>> lists) {
  std::string key;
  for (ArrayRef<int64_t> list : lists) {
    for (int64_t number : list)
      key += std::to_string(number) + " ";
    key += ";";
  }
  unsigned number = names.try_emplace(key, names.size()).first->second;
  return "_windows" + std::to_string(number);
}

std::string MicroKernels::getWindowsName(kernel::WindowsAttr windows) {
  return nameLists(windowBlocks, {{windows.getStart()},
                                  windows.getRows(),
                                  windows.getRowStrides(),
                                  windows.getDepth(),
                                  windows.getDepthStrides()});
}

std::string MicroKernels::getWindowsName(const WindowBlock &windows) {
  return nameLists(windowBlocks,
                   {windows.rows, windows.depth, windows.depthStrides});
}

std::string MicroKernels::getFormulaName(kernel::ProductOp product) {
  if (isPlain(product))
    return "";
  std::string key = describeBody(product.getBlock());
  for (Value input : product.getInputs())
    key += std::to_string(cast<ShapedType>(input.getType()).getRank());
  key += " " + std::to_string(product.getRead().size());
  unsigned number = formulas.try_emplace(key, formulas.size()).first->second;
  return "_formula" + std::to_string(number);
}

func::FuncOp MicroKernels::getProduct(kernel::ProductOp product,
                                      RegisterBlock block, bool masked,
                                      const WindowBlock *windows, bool adds) {
  Type element = product.getBlock().getArgument(0).getType();
  std::string name = "product_" + std::to_string(block.rows) + "x" +
                     std::to_string(block.vectors * getLanes(element)) +
                     (product.isLeftInPanels() ? "_left_panels" : "") +
                     (windows ? getWindowsName(*windows) : "") +
                     (adds ? "_adds" : "") + getFormulaName(product) +
                     (masked ? "_masked_" : "_") + getTypeName(element);
  if (auto function = module.lookupSymbol<func::FuncOp>(name))
    return function;
  Type index = IndexType::get(module.getContext());
  Type memory = getMemoryType(element);
  SmallVector<Type> types{memory, index, index, index, memory,
                          index,  index, index, index, index};
  for (Value operand : product->getOperands().drop_front(2)) {
    types.push_back(getMemoryType(getElementTypeOrSelf(operand.getType())));
    types.append(3, index);
  }
  func::FuncOp function = create(name, types);
  ProductBuilder(product, block, masked, windows, adds, function).build();
  return function;
}

func::FuncOp MicroKernels::getPacking(Type element) {
  std::string name = "pack_" + getTypeName(element);
  if (auto function = module.lookupSymbol<func::FuncOp>(name))
    return function;
  Type index = IndexType::get(module.getContext());
  MemRefType memory = getMemoryType(element);
  func::FuncOp function =
      create(name, {memory, index, index, memory, index, index});
  OpBuilder builder = OpBuilder::atBlockBegin(&function.front());
  Location loc = module.getLoc();
  auto arguments = function.getArguments();
  int64_t lanes = getLanes(element);
  auto vectorType = VectorType::get({lanes}, element);
  auto constant = [&](int64_t value) -> Value {
    return arith::ConstantIndexOp::create(builder, loc, value);
  };
  Value first = constant(0), step = constant(1), width = constant(lanes);
  auto forOp = scf::ForOp::create(builder, loc, first, arguments[5], step);
  builder.setInsertionPointToStart(forOp.getBody());
  auto place = [&](Value offset, Value distance) -> Value {
    Value moved =
        arith::MulIOp::create(builder, loc, forOp.getInductionVar(), distance);
    return arith::AddIOp::create(builder, loc, offset, moved);
  };
  Value row =
      vector::LoadOp::create(builder, loc, vectorType, arguments[0],
                             ValueRange{place(arguments[1], arguments[2])});
  vector::StoreOp::create(builder, loc, row, arguments[3],
                          ValueRange{place(arguments[4], width)});
  builder.setInsertionPointAfter(forOp);
  func::ReturnOp::create(builder, loc);
  return function;
}

} // namespace gradc

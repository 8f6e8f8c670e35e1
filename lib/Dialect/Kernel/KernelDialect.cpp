//===- KernelDialect.cpp - Products as code generation sees them ----------===//

#include "gradc/Dialect/Kernel/Kernel.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"
#include <functional>
#include <numeric>

using namespace mlir;
using namespace gradc;
using namespace gradc::kernel;

#include "gradc/Dialect/Kernel/KernelDialect.cpp.inc"
#define GET_ATTRDEF_CLASSES
#include "gradc/Dialect/Kernel/KernelAttributes.cpp.inc"
#define GET_OP_CLASSES
#include "gradc/Dialect/Kernel/KernelOps.cpp.inc"

void KernelDialect::initialize() {
  addOperations<
#define GET_OP_LIST
#include "gradc/Dialect/Kernel/KernelOps.cpp.inc"
      >();
  addAttributes<
#define GET_ATTRDEF_LIST
#include "gradc/Dialect/Kernel/KernelAttributes.cpp.inc"
      >();
}

static int64_t multiplyAll(ArrayRef<int64_t> sizes) {
  return std::accumulate(sizes.begin(), sizes.end(), int64_t(1),
                         std::multiplies<int64_t>());
}

int64_t WindowsAttr::countRows() const { return multiplyAll(getRows()); }
int64_t WindowsAttr::countDepth() const { return multiplyAll(getDepth()); }

int64_t WindowsAttr::getLast() const {
  int64_t last = getStart();
  for (auto [size, stride] : llvm::zip_equal(getRows(), getRowStrides()))
    last += (size - 1) * stride;
  for (auto [size, stride] : llvm::zip_equal(getDepth(), getDepthStrides()))
    last += (size - 1) * stride;
  return last;
}

LogicalResult
WindowsAttr::verify(llvm::function_ref<InFlightDiagnostic()> emitError,
                    int64_t start, ArrayRef<int64_t> rows,
                    ArrayRef<int64_t> rowStrides, ArrayRef<int64_t> depth,
                    ArrayRef<int64_t> depthStrides) {
  auto isNegative = [](int64_t number) { return number < 0; };
  if (rows.empty() || depth.empty() || rows.size() != rowStrides.size() ||
      depth.size() != depthStrides.size())
    return emitError() << "windows need loops for rows and depth, each with a "
                          "stride";
  if (start < 0 || llvm::any_of(rowStrides, isNegative) ||
      llvm::any_of(depthStrides, isNegative) || llvm::is_contained(rows, 0) ||
      llvm::is_contained(depth, 0) || llvm::any_of(rows, isNegative) ||
      llvm::any_of(depth, isNegative))
    return emitError() << "windows need a start and strides that are not "
                          "negative, and loops of at least one turn";
  return success();
}

/// The rows and columns of a matrix, in panels or not.
static std::pair<int64_t, int64_t> getSizes(Value matrix) {
  ArrayRef<int64_t> shape = cast<ShapedType>(matrix.getType()).getShape();
  if (shape.size() == 3)
    return {shape[1], shape[0] * shape[2]};
  return {shape[0], shape[1]};
}

int64_t ProductOp::getRows() { return getSizes(getOutputs()[0]).first; }
int64_t ProductOp::getColumns() { return getSizes(getOutputs()[0]).second; }
int64_t ProductOp::getDepth() { return getSizes(getRhs()).first; }

bool ProductOp::isLeftInPanels() {
  return !getWindows() && isInPanels(getLhs().getType());
}

OperandRange ProductOp::getYielded() {
  return getBlock().getTerminator()->getOperands();
}

static bool isVector(Value value) {
  return cast<ShapedType>(value.getType()).getRank() == 1;
}

OperandRange ProductOp::getMatrices() {
  return getOutputs().take_front(llvm::find_if(getOutputs(), isVector) -
                                 getOutputs().begin());
}

OperandRange ProductOp::getJoined() {
  return getOutputs().drop_front(getMatrices().size());
}

void ProductOp::build(OpBuilder &builder, OperationState &state, Value lhs,
                      Value rhs, ValueRange inputs, ValueRange outputs,
                      bool transposed, WindowsAttr windows, bool updates) {
  state.addOperands({lhs, rhs});
  state.addOperands(inputs);
  state.addOperands(outputs);
  Properties &properties = state.getOrAddProperties<Properties>();
  properties.operandSegmentSizes = {1, 1, int32_t(inputs.size()),
                                    int32_t(outputs.size())};
  if (transposed)
    properties.transposed = builder.getUnitAttr();
  if (updates)
    properties.updates = builder.getUnitAttr();
  properties.windows = windows;
  for (Type type : outputs.getTypes())
    if (isa<RankedTensorType>(type))
      state.addTypes(type);
  state.addRegion();
}

/// A matrix of static sizes, as it stands or in panels.
static LogicalResult checkMatrix(ProductOp op, Value value, StringRef name) {
  auto type = cast<ShapedType>(value.getType());
  bool isMatrix =
      type.hasStaticShape() && type.getNumElements() > 0 &&
      (type.getRank() == 2 ||
       (type.getRank() == 3 && type.getDimSize(2) == ProductOp::panelWidth)) &&
      isa<FloatType>(type.getElementType());
  if (isMatrix)
    return success();
  return op.emitOpError(name) << " must be a matrix of static sizes, or one in "
                                 "panels of "
                              << ProductOp::panelWidth << " columns";
}

/// The inputs and the block's arguments stand for one another.
static LogicalResult checkBody(ProductOp op) {
  Block &block = op.getBlock();
  if (block.getNumArguments() !=
      1 + op.getInputs().size() + op.getRead().size())
    return op.emitOpError("needs an argument of its body for the sum, each "
                          "input and each output that is updated or joins "
                          "columns");
  Type element = getElementTypeOrSelf(op.getRhs().getType());
  if (block.getArgument(0).getType() != element)
    return op.emitOpError("needs a sum of type ") << element;
  std::pair<int64_t, int64_t> sizes = getSizes(op.getOutputs()[0]);
  for (auto [input, argument] :
       llvm::zip(op.getInputs(), block.getArguments().drop_front())) {
    auto type = cast<ShapedType>(input.getType());
    ArrayRef<int64_t> shape = type.getShape();
    SmallVector<int64_t> whole{sizes.first, sizes.second};
    bool fits = shape.size() == 3
                    ? succeeded(checkMatrix(op, input, "input")) &&
                          getSizes(input) == sizes
                    : shape.size() <= 2 &&
                          shape == ArrayRef(whole).take_back(shape.size());
    if (argument.getType() != type.getElementType() || !fits)
      return op.emitOpError("has an input of ")
             << type << " that has no element for each of its results";
  }
  for (auto [output, argument] : llvm::zip(
           op.getRead(), block.getArguments().take_back(op.getRead().size())))
    if (getElementTypeOrSelf(output.getType()) != argument.getType())
      return op.emitOpError("has a body that takes ")
             << argument.getType() << " for an element of " << output.getType();
  for (auto [joined, argument] :
       llvm::zip(op.getJoined(),
                 block.getArguments().take_back(op.getJoined().size()))) {
    auto type = cast<ShapedType>(joined.getType());
    if (type.getRank() != 1 || type.getDimSize(0) != sizes.second ||
        type.getElementType() != argument.getType())
      return op.emitOpError("has an output of ")
             << type << " that cannot join its columns";
  }
  return success();
}

/// The rows and columns of the left factor, which must lie inside its tensor.
static FailureOr<std::pair<int64_t, int64_t>> checkLeft(ProductOp op) {
  std::optional<WindowsAttr> windows = op.getWindows();
  if (!windows) {
    if (failed(checkMatrix(op, op.getLhs(), "lhs")))
      return failure();
    std::pair<int64_t, int64_t> sizes = getSizes(op.getLhs());
    if (!op.getTransposed())
      return sizes;
    if (isInPanels(op.getLhs().getType()))
      return op.emitOpError("cannot take lhs in panels and transposed");
    return std::pair(sizes.second, sizes.first);
  }
  auto type = cast<ShapedType>(op.getLhs().getType());
  if (op.getTransposed())
    return op.emitOpError("cannot take windows transposed");
  if (op.getUpdates())
    return op.emitOpError("cannot update by a product of windows");
  if (!type.hasStaticShape() || windows->getLast() >= type.getNumElements())
    return op.emitOpError("has windows that reach beyond lhs");
  return std::pair(windows->countRows(), windows->countDepth());
}

LogicalResult ProductOp::verify() {
  if (getMatrices().empty())
    return emitOpError("needs an output that is a matrix");
  FailureOr<std::pair<int64_t, int64_t>> left = checkLeft(*this);
  if (failed(left) || failed(checkMatrix(*this, getRhs(), "rhs")))
    return failure();
  for (Value output : getMatrices())
    if (failed(checkMatrix(*this, output, "output")))
      return failure();
  if (getElementTypeOrSelf(getLhs().getType()) !=
      getElementTypeOrSelf(getRhs().getType()))
    return emitOpError("has factors of different element types");
  std::pair<int64_t, int64_t> lhs = *left, rhs = getSizes(getRhs()),
                              out = getSizes(getOutputs()[0]);
  if (lhs.second != rhs.first || out.first != lhs.first ||
      out.second != rhs.second)
    return emitOpError("has sizes that do not fit: ")
           << lhs.first << "x" << lhs.second << " times " << rhs.first << "x"
           << rhs.second << " is no " << out.first << "x" << out.second;
  for (Value output : getMatrices())
    if (getSizes(output) != out)
      return emitOpError("has outputs of different sizes");
  if (!getBlock().mightHaveTerminator() || !isa<YieldOp>(getBlock().back()))
    return emitOpError("needs a body that ends with 'kernel.yield'");
  if (getYielded().size() != getOutputs().size())
    return emitOpError("needs a yielded value for each output");
  for (auto [value, output] : llvm::zip(getYielded(), getOutputs()))
    if (value.getType() != getElementTypeOrSelf(output.getType()))
      return emitOpError("yields a ")
             << value.getType() << " for an output of " << output.getType();
  return checkBody(*this);
}

void ProductOp::getEffects(
    SmallVectorImpl<SideEffects::EffectInstance<MemoryEffects::Effect>>
        &effects) {
  for (OpOperand &operand : (*this)->getOpOperands()) {
    if (!isa<MemRefType>(operand.get().getType()))
      continue;
    bool isOutput = isDpsInit(&operand);
    if (isOutput)
      effects.emplace_back(MemoryEffects::Write::get(), &operand,
                           SideEffects::DefaultResource::get());
    if (!isOutput || getUpdates() || isVector(operand.get()))
      effects.emplace_back(MemoryEffects::Read::get(), &operand,
                           SideEffects::DefaultResource::get());
  }
}

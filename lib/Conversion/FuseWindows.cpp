//===- FuseWindows.cpp - Windows read where they lie ----------------------===//

#include "BuildGeneric.h"
#include "gradc/Conversion/Passes.h"
#include "gradc/Dialect/Kernel/Kernel.h"
#include "mlir/Analysis/FlatLinearValueConstraints.h"

using namespace mlir;

namespace gradc {
#define GEN_PASS_DEF_FUSEWINDOWS
#include "gradc/Conversion/Passes.h.inc"

namespace {
/// Where the elements come from that a generic copies: a place in its input,
/// and a stride for each loop.
struct Gather {
  linalg::GenericOp op;
  int64_t start = 0;
  SmallVector<int64_t> strides = {};
};
} // namespace

/// Whether each element of the result, in its order, is one of the input.
static bool isCopy(linalg::GenericOp op) {
  Block &body = *op.getBody();
  return op.getNumDpsInputs() == 1 && op->getNumResults() == 1 &&
         op.getNumReductionLoops() == 0 &&
         op.getIndexingMapsArray()[1].isIdentity() &&
         body.getTerminator()->getOperand(0) == body.getArgument(0);
}

static FailureOr<Gather> findGather(Value tensor) {
  auto op = tensor.getDefiningOp<linalg::GenericOp>();
  if (!op || !isCopy(op))
    return failure();
  Gather gather{op};
  unsigned numLoops = op.getNumLoops();
  gather.strides.assign(numLoops, 0);
  auto type = getTensorType(op.getInputs()[0]);
  int64_t distance = type.getNumElements();
  for (auto [expr, size] : llvm::zip_equal(
           op.getIndexingMapsArray()[0].getResults(), type.getShape())) {
    distance /= size;
    SmallVector<int64_t> linear;
    if (failed(getFlattenedAffineExpr(expr, numLoops, 0, &linear)) ||
        linear.size() != numLoops + 1)
      return failure();
    for (unsigned loop = 0; loop < numLoops; ++loop)
      gather.strides[loop] += distance * linear[loop];
    gather.start += distance * linear.back();
  }
  auto isNegative = [](int64_t stride) { return stride < 0; };
  if (gather.start < 0 || llvm::any_of(gather.strides, isNegative))
    return failure();
  return gather;
}

/// Reads the left factor's elements where they were copied from.
static void fuseWindows(kernel::ProductOp product) {
  auto matrix = product.getLhs().getDefiningOp<tensor::CollapseShapeOp>();
  if (!matrix || product.getWindows())
    return;
  auto groups = matrix.getReassociationIndices();
  FailureOr<Gather> gather = findGather(matrix.getSrc());
  if (failed(gather) || groups.size() != 2)
    return;
  ArrayRef<int64_t> shape = matrix.getSrcType().getShape();
  ArrayRef<int64_t> strides = gather->strides;
  unsigned split = groups[0].size();
  auto sizes = std::pair(shape.take_front(split), shape.drop_front(split));
  auto steps = std::pair(strides.take_front(split), strides.drop_front(split));
  if (product.getTransposed()) {
    std::swap(sizes.first, sizes.second);
    std::swap(steps.first, steps.second);
  }
  product.setWindowsAttr(
      kernel::WindowsAttr::get(product.getContext(), gather->start, sizes.first,
                               steps.first, sizes.second, steps.second));
  product.setTransposed(false);
  product.getLhsMutable().assign(gather->op.getInputs()[0]);
  if (matrix->use_empty())
    matrix->erase();
  if (gather->op->use_empty())
    gather->op->erase();
}

namespace {
struct FuseWindowsPass : impl::FuseWindowsBase<FuseWindowsPass> {
  void runOnOperation() override {
    SmallVector<kernel::ProductOp> products;
    getOperation()->walk([&](kernel::ProductOp op) { products.push_back(op); });
    llvm::for_each(products, fuseWindows);
  }
};
} // namespace
} // namespace gradc

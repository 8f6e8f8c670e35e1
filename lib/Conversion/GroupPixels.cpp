//===- GroupPixels.cpp - Neighbouring pixels share a vector ---------------===//
//
// Where a convolution has few output channels, the columns of its product leave
// most lanes of a vector empty. Several neighbouring pixels of a row are
// computed by one row of a wider product then: its windows reach over those of
// all these pixels, and its filters, a copy for each pixel, are 0 where a
// pixel's window is not.
//
//===----------------------------------------------------------------------===//

#include "BuildGeneric.h"
#include "gradc/Conversion/Passes.h"
#include "gradc/Dialect/Kernel/Kernel.h"

using namespace mlir;

namespace gradc {
#define GEN_PASS_DEF_GROUPPIXELS
#include "gradc/Conversion/Passes.h.inc"

namespace {
/// How pixels are grouped: `count` of them, each `step` places of the window's
/// loop `loop` behind the one before it.
struct Grouping {
  int64_t count = 1;
  unsigned loop = 0;
  int64_t step = 0;

  /// How many places of its loop the windows of a group have.
  int64_t getReach(ArrayRef<int64_t> window) const {
    return window[loop] + (count - 1) * step;
  }
};
} // namespace

/// The grouping of the last loop of `pixels` that computes least, for windows
/// of the loops `window`; none where it does not pay.
static std::optional<Grouping> chooseGrouping(ArrayRef<int64_t> pixels,
                                              ArrayRef<int64_t> pixelStrides,
                                              ArrayRef<int64_t> window,
                                              ArrayRef<int64_t> windowStrides,
                                              int64_t columns, int64_t lanes) {
  auto countVectors = [&](int64_t columns) {
    return (columns + lanes - 1) / lanes;
  };
  std::optional<Grouping> best;
  // The wider filters must be made, so a tenth less would not pay.
  double least = 0.85 * countVectors(columns);
  for (unsigned loop = 0; loop < window.size(); ++loop) {
    if (window[loop] == 1 || windowStrides[loop] == 0 ||
        pixelStrides.back() % windowStrides[loop] != 0)
      continue;
    int64_t step = pixelStrides.back() / windowStrides[loop];
    for (int64_t count = 2; count * columns <= 2 * lanes; ++count) {
      if (step == 0 || pixels.back() % count != 0)
        continue;
      Grouping grouping{count, loop, step};
      double cost = double(countVectors(count * columns)) *
                    grouping.getReach(window) / (count * window[loop]);
      if (cost < least) {
        least = cost;
        best = grouping;
      }
    }
  }
  return best;
}

static bool isMatrix(Value value) {
  auto type = dyn_cast<RankedTensorType>(value.getType());
  return type && type.getRank() == 2;
}

static int64_t multiply(ArrayRef<int64_t> sizes) {
  int64_t all = 1;
  for (int64_t size : sizes)
    all *= size;
  return all;
}

static SmallVector<OpFoldResult> getAttributes(OpBuilder &builder,
                                               ArrayRef<int64_t> numbers) {
  return getAsIndexOpFoldResult(builder.getContext(), numbers);
}

/// The same elements, in their order, as a matrix of `columns` columns.
static Value reshapeMatrix(OpBuilder &builder, Location loc, Value matrix,
                           int64_t columns) {
  auto type = getTensorType(matrix);
  int64_t rows = type.getDimSize(0), old = type.getDimSize(1);
  int64_t wide = std::max(old, columns), narrow = std::min(old, columns);
  int64_t groups = rows * old / wide;
  SmallVector<ReassociationIndices> byGroup{{0}, {1, 2}}, byRow{{0, 1}, {2}};
  auto apart = RankedTensorType::get({groups, wide / narrow, narrow},
                                     type.getElementType());
  bool isWidened = columns > old;
  Value expanded = tensor::ExpandShapeOp::create(builder, loc, apart, matrix,
                                                 isWidened ? byRow : byGroup);
  return tensor::CollapseShapeOp::create(builder, loc, expanded,
                                         isWidened ? byGroup : byRow);
}

/// A vector of columns, once for each pixel of a group.
static Value repeatColumns(OpBuilder &builder, Location loc, Value vector,
                           int64_t count) {
  auto type = getTensorType(vector);
  auto repeated =
      RankedTensorType::get({count, type.getDimSize(0)}, type.getElementType());
  Value all = buildGeneric(
                  builder, loc, {vector}, {buildEmpty(builder, loc, repeated)},
                  {getProjection(builder, 2, {1}), getIdentity(builder, 2)}, {},
                  [](OpBuilder &, Location, ValueRange elements) {
                    return SmallVector<Value>{elements[0]};
                  })
                  .getResult(0);
  SmallVector<ReassociationIndices> together{{0, 1}};
  return tensor::CollapseShapeOp::create(builder, loc, all, together);
}

/// The filters of a group: those of pixel p begin `p * step` places later, and
/// are 0 elsewhere.
static Value widenFilters(OpBuilder &builder, Location loc, Value filters,
                          ArrayRef<int64_t> window, const Grouping &grouping) {
  auto type = getTensorType(filters);
  int64_t before = multiply(window.take_front(grouping.loop));
  int64_t size = window[grouping.loop];
  int64_t after = multiply(window.drop_front(grouping.loop + 1));
  int64_t reach = grouping.getReach(window), columns = type.getDimSize(1);
  Type element = type.getElementType();
  SmallVector<ReassociationIndices> rows{{0, 1, 2}, {3}};
  Value apart = tensor::ExpandShapeOp::create(
      builder, loc,
      RankedTensorType::get({before, size, after, columns}, element), filters,
      rows);
  Value wide =
      buildFilled(builder, loc,
                  RankedTensorType::get(
                      {before, reach, after, grouping.count, columns}, element),
                  0);
  for (int64_t pixel = 0; pixel < grouping.count; ++pixel)
    wide = tensor::InsertSliceOp::create(
        builder, loc, apart, wide,
        getAttributes(builder, {0, pixel * grouping.step, 0, pixel, 0}),
        getAttributes(builder, {before, size, after, 1, columns}),
        getAttributes(builder, {1, 1, 1, 1, 1}));
  SmallVector<ReassociationIndices> matrix{{0, 1, 2}, {3, 4}};
  return tensor::CollapseShapeOp::create(builder, loc, wide, matrix);
}

/// Divides the last loop by the group.
static void groupLoop(SmallVectorImpl<int64_t> &sizes,
                      SmallVectorImpl<int64_t> &strides, int64_t count) {
  sizes.back() /= count;
  strides.back() *= count;
}

/// The rows are pixels: the convolution and the gradient of its input.
static void groupRows(kernel::ProductOp op, const Grouping &grouping) {
  OpBuilder builder(op);
  Location loc = op.getLoc();
  kernel::WindowsAttr windows = *op.getWindows();
  SmallVector<int64_t> rows(windows.getRows()), depth(windows.getDepth());
  SmallVector<int64_t> rowStrides(windows.getRowStrides());
  Value filters =
      widenFilters(builder, loc, op.getRhs(), windows.getDepth(), grouping);
  depth[grouping.loop] = grouping.getReach(windows.getDepth());
  groupLoop(rows, rowStrides, grouping.count);
  int64_t columns = op.getColumns() * grouping.count;
  SmallVector<Value> inputs, outputs;
  for (Value input : op.getInputs()) {
    unsigned rank = getTensorType(input).getRank();
    inputs.push_back(rank == 0 ? input
                     : rank == 1
                         ? repeatColumns(builder, loc, input, grouping.count)
                         : reshapeMatrix(builder, loc, input, columns));
  }
  for (Value output : op.getOutputs())
    outputs.push_back(buildEmpty(
        builder, loc,
        RankedTensorType::get({op.getRows() / grouping.count, columns},
                              getTensorType(output).getElementType())));
  auto grouped = kernel::ProductOp::create(
      builder, loc, op.getLhs(), filters, inputs, outputs, false,
      kernel::WindowsAttr::get(builder.getContext(), windows.getStart(), rows,
                               rowStrides, depth, windows.getDepthStrides()));
  grouped.getBody().takeBody(op.getBody());
  for (auto [old, result] : llvm::zip(op.getResults(), grouped.getResults()))
    old.replaceAllUsesWith(
        reshapeMatrix(builder, loc, result, getTensorType(old).getDimSize(1)));
  op.erase();
}

/// The sum is over pixels: the gradient of the filters. Each pixel of a group
/// gives filters of its own, which are added up.
static void groupDepth(kernel::ProductOp op, const Grouping &grouping) {
  OpBuilder builder(op);
  Location loc = op.getLoc();
  kernel::WindowsAttr windows = *op.getWindows();
  ArrayRef<int64_t> window = windows.getRows();
  SmallVector<int64_t> rows(window), depth(windows.getDepth());
  SmallVector<int64_t> depthStrides(windows.getDepthStrides());
  int64_t columns = op.getColumns(), reach = grouping.getReach(window);
  int64_t before = multiply(window.take_front(grouping.loop));
  int64_t after = multiply(window.drop_front(grouping.loop + 1));
  rows[grouping.loop] = reach;
  groupLoop(depth, depthStrides, grouping.count);
  Type element = getElementTypeOrSelf(op.getRhs().getType());
  int64_t wide = columns * grouping.count;
  Value empty = buildEmpty(
      builder, loc,
      RankedTensorType::get({before * reach * after, wide}, element));
  auto grouped = kernel::ProductOp::create(
      builder, loc, op.getLhs(), reshapeMatrix(builder, loc, op.getRhs(), wide),
      ValueRange(), {empty}, false,
      kernel::WindowsAttr::get(builder.getContext(), windows.getStart(), rows,
                               windows.getRowStrides(), depth, depthStrides));
  grouped.getBody().takeBody(op.getBody());
  SmallVector<ReassociationIndices> matrix{{0, 1, 2}, {3, 4}};
  Value apart = tensor::ExpandShapeOp::create(
      builder, loc,
      RankedTensorType::get({before, reach, after, grouping.count, columns},
                            element),
      grouped.getResult(0), matrix);
  auto type = RankedTensorType::get(
      {before, window[grouping.loop], after, columns}, element);
  SmallVector<Value> parts;
  for (int64_t pixel = 0; pixel < grouping.count; ++pixel)
    parts.push_back(tensor::ExtractSliceOp::create(
        builder, loc, type, apart,
        getAttributes(builder, {0, pixel * grouping.step, 0, pixel, 0}),
        getAttributes(builder,
                      {before, window[grouping.loop], after, 1, columns}),
        getAttributes(builder, {1, 1, 1, 1, 1})));
  SmallVector<AffineMap> maps(parts.size() + 1, getIdentity(builder, 4));
  Value sums =
      buildGeneric(builder, loc, parts, {buildEmpty(builder, loc, type)}, maps,
                   {},
                   [&](OpBuilder &builder, Location loc, ValueRange parts) {
                     Scalar sum(builder, loc, parts[0]);
                     for (Value part : parts.drop_front().drop_back())
                       sum = sum + Scalar(builder, loc, part);
                     return SmallVector<Value>{sum};
                   })
          .getResult(0);
  SmallVector<ReassociationIndices> filters{{0, 1, 2}, {3}};
  op.getResult(0).replaceAllUsesWith(
      tensor::CollapseShapeOp::create(builder, loc, sums, filters));
  op.erase();
}

static void groupPixels(kernel::ProductOp op) {
  auto isPlain = [&] {
    return op.getInputs().empty() && op.getOutputs().size() == 1 &&
           op.getYielded()[0] == op.getBlock().getArgument(0);
  };
  std::optional<kernel::WindowsAttr> windows = op.getWindows();
  if (!windows || !isMatrix(op.getRhs()) || !op.getJoined().empty() ||
      !llvm::all_of(op.getOutputs(), isMatrix) ||
      llvm::any_of(op.getInputs(), [](Value input) {
        return getTensorType(input).getRank() > 2;
      }))
    return;
  int64_t lanes =
      512 / getElementTypeOrSelf(op.getRhs().getType()).getIntOrFloatBitWidth();
  if (auto grouping = chooseGrouping(
          windows->getRows(), windows->getRowStrides(), windows->getDepth(),
          windows->getDepthStrides(), op.getColumns(), lanes))
    groupRows(op, *grouping);
  else if (auto grouping =
               chooseGrouping(windows->getDepth(), windows->getDepthStrides(),
                              windows->getRows(), windows->getRowStrides(),
                              op.getColumns(), lanes);
           grouping && isPlain())
    groupDepth(op, *grouping);
}

namespace {
struct GroupPixelsPass : impl::GroupPixelsBase<GroupPixelsPass> {
  void runOnOperation() override {
    SmallVector<kernel::ProductOp> products;
    getOperation()->walk([&](kernel::ProductOp op) { products.push_back(op); });
    for (kernel::ProductOp product : products)
      groupPixels(product);
  }
};
} // namespace
} // namespace gradc

//===- ProductWindows.cpp - Products whose rows are windows ---------------===//
//
// A convolution is a product of the windows of an image, which overlap and are
// never written down, and its filters. Kernels walk through windows where they
// lie (Georganas et al., Anatomy of High-Performance Deep Learning Convolutions
// on SIMD Architectures, 2018).
//
//===----------------------------------------------------------------------===//

#include "ProductLoops.h"
#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;

namespace gradc {

WindowLoops WindowLoops::join(ArrayRef<int64_t> sizes,
                              ArrayRef<int64_t> strides) {
  WindowLoops loops;
  for (auto [size, stride] : llvm::zip_equal(sizes, strides)) {
    if (size == 1)
      continue;
    if (!loops.sizes.empty() && loops.strides.back() == size * stride) {
      loops.sizes.back() *= size;
      loops.strides.back() = stride;
      continue;
    }
    loops.sizes.push_back(size);
    loops.strides.push_back(stride);
  }
  if (loops.sizes.empty())
    return {{1}, {0}};
  return loops;
}

/// A block takes a part of one run of neighbouring rows, or several whole runs
/// where they are short: either way its rows lie at known distances.
void ProductLoops::chooseWindowBlock(const Registers &registers) {
  kernel::WindowsAttr windows = *op.getWindows();
  rowLoops = WindowLoops::join(windows.getRows(), windows.getRowStrides());
  depthLoops = WindowLoops::join(windows.getDepth(), windows.getDepthStrides());
  int64_t run = rowLoops.sizes.back();
  block = chooseLargestBlock(rows, countVectors(), registers);
  if (run >= block.rows) {
    block = chooseRegisterBlock(run, countVectors(), registers);
    return;
  }
  int64_t runs = 1;
  if (rowLoops.sizes.size() > 1)
    runs = std::min(block.rows / run, rowLoops.sizes.end()[-2]);
  block.rows = runs * run;
}

/// How many turns of the outermost loop of the sum are added at a time: so many
/// that what they read stays in the second cache while all blocks go through
/// it, and that no chain of f32 sums grows long.
int64_t ProductLoops::choosePartTurns() {
  int64_t turns = depthLoops.sizes[0], steps = depth / turns;
  int64_t bytes = element.getIntOrFloatBitWidth() / 8;
  int64_t perTurn = (steps * columns + depthLoops.strides[0]) * bytes;
  constexpr int64_t cache = 512 * 1024, longChain = 4096;
  bool isMatrix = cast<ShapedType>(op.getOutputs()[0].getType()).getRank() == 2;
  if (!MicroKernels::isPlain(op) || !isMatrix || depth <= longChain)
    return turns;
  int64_t most =
      std::max<int64_t>(1, std::min(cache / perTurn, longChain / steps));
  return std::min(turns, most);
}

/// Adds `turns` turns of the sum's outermost loop, from `turn` on.
void ProductLoops::emitWindowPart(Value turn, int64_t turns, bool adds) {
  part.window = add(index(op.getWindows()->getStart()),
                    multiply(turn, depthLoops.strides[0]));
  part.right = multiply(turn, depth / depthLoops.sizes[0]);
  part.adds = adds;
  part.loops.depth = depthLoops.sizes;
  part.loops.depth[0] = turns;
  emitBlocks();
}

void ProductLoops::emitWindowParts() {
  int64_t run = rowLoops.sizes.back();
  part.loops.depthStrides = depthLoops.strides;
  part.loops.rows.clear();
  for (int64_t i = 0; i < block.rows; ++i) {
    int64_t place = i % run * rowLoops.strides.back();
    if (i >= run)
      place += i / run * rowLoops.strides.end()[-2];
    part.loops.rows.push_back(place);
  }
  int64_t turns = depthLoops.sizes[0], step = choosePartTurns();
  part.overlaps = step == turns && op.getJoined().empty();
  emitWindowPart(index(0), step, /*adds=*/false);
  int64_t others = turns / step - 1;
  if (others > 0)
    emitLoop(others, 1, /*isShared=*/false, [&](Value number) {
      emitWindowPart(add(multiply(number, step), index(step)), step,
                     /*adds=*/true);
    });
  if (int64_t left = turns % step)
    emitWindowPart(index(turns - left), left, /*adds=*/true);
}

/// Goes through the windows block by block, from the loop `level` on; `rows`
/// are where the loops around it stand. Where blocks do not divide a loop, the
/// last one overlaps the one before it: it writes the same values again. What
/// is added or joined must not be so twice: then the last one is smaller.
void ProductLoops::forEachWindow(unsigned level, Rows rows, bool isShared,
                                 llvm::function_ref<void(Rows)> body) {
  unsigned last = rowLoops.sizes.size() - 1;
  int64_t run = rowLoops.sizes[last];
  bool takesRuns = block.rows % run == 0 && last > 0;
  int64_t inside = 1;
  for (int64_t size : ArrayRef(rowLoops.sizes).drop_front(level + 1))
    inside *= size;
  bool isBlocked = level == (takesRuns ? last - 1 : last);
  int64_t step = !isBlocked ? 1 : takesRuns ? block.rows / run : block.rows;
  // A few turns would not go evenly on threads.
  constexpr int64_t fewTurns = 8;
  bool sharesHere =
      isShared && (isBlocked || rowLoops.sizes[level] >= fewTurns);
  auto visit = [&](Value turn) {
    Rows next{add(rows.first, multiply(turn, inside)),
              add(rows.window, multiply(turn, rowLoops.strides[level]))};
    if (isBlocked)
      body(next);
    else
      forEachWindow(level + 1, next, isShared && !sharesHere, body);
  };
  int64_t size = rowLoops.sizes[level], whole = size - size % step;
  emitLoop(whole, step, sharesHere, visit);
  if (whole == size)
    return;
  if (part.overlaps) {
    visit(index(size - step));
    return;
  }
  WindowBlock wholeBlock = part.loops;
  part.loops.rows.resize(block.rows / step * (size - whole));
  visit(index(whole));
  part.loops = wholeBlock;
}

} // namespace gradc

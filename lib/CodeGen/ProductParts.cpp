//===- ProductParts.cpp - Long sums in parts, and packed factors ----------===//
//
// A factor whose rows lie too far apart for the first cache is copied into
// strips; or a long sum is taken in parts, so short that what their kernels
// read stays in the second cache. A kernel begins with what the part before it
// gave: each sum is the same chain.
//
//===----------------------------------------------------------------------===//

#include "ProductLoops.h"

using namespace mlir;

namespace gradc {

/// Instead of packing a right factor, a long sum is taken in parts. Blocks of
/// rows that overlap would add twice, and a formula needs the whole sum.
void ProductLoops::choosePartDepth() {
  partDepth = depth;
  if (!packsRight || hasWindows() || op.isLeftInPanels() ||
      !MicroKernels::isPlain(op) || rows % block.rows != 0)
    return;
  int64_t bytes = element.getIntOrFloatBitWidth() / 8;
  int64_t chosen = choosePart(depth, (rows + block.vectors * lanes) * bytes);
  if (chosen == depth)
    return;
  partDepth = chosen;
  packsLeft = packsRight = false;
}

/// A place of the first step's, moved to where the part of the sum begins.
Value ProductLoops::advance(Value place, int64_t perStep) {
  if (!part.right)
    return place;
  Value distance = perStep == 1 ? part.right : multiply(part.right, perStep);
  return add(place, distance);
}

/// Copies strips of one vector's columns, one behind the other. Rows that lie
/// so that copying pays consist of whole vectors.
void ProductLoops::packStrips(Value from, int64_t numColumns, Value to) {
  emitLoop(numColumns, lanes, sharesWork, [&](Value first) {
    Values arguments{
        from,        first, index(numColumns), to, multiply(first, depth),
        index(depth)};
    func::CallOp::create(builder, loc, kernels.getPacking(element), arguments);
  });
}

void ProductLoops::packFactors() {
  unsigned scratch = op->getNumOperands();
  if (packsLeft)
    packStrips(function.getArgument(0), rows, function.getArgument(scratch++));
  if (packsRight)
    packStrips(function.getArgument(1), columns, function.getArgument(scratch));
}

/// Adds `size` steps of the sum, from `first` on.
void ProductLoops::emitPart(Value first, int64_t size, bool adds) {
  part.right = first;
  part.depth = size;
  part.adds = adds;
  emitBlocks();
}

void ProductLoops::emitParts() {
  emitPart(Value(), partDepth, /*adds=*/false);
  int64_t others = depth / partDepth - 1;
  if (others > 0)
    emitLoop(others, 1, /*isShared=*/false, [&](Value number) {
      Value first = add(multiply(number, partDepth), index(partDepth));
      emitPart(first, partDepth, /*adds=*/true);
    });
  if (int64_t left = depth % partDepth)
    emitPart(index(depth - left), left, /*adds=*/true);
}

} // namespace gradc

//===- CostModel.cpp - Sizes and orders of products -----------------------===//

#include "CostModel.h"
#include <algorithm>
#include <numeric>

namespace gradc {

RegisterBlock chooseLargestBlock(int64_t rows, int64_t vectors,
                                 const Registers &registers) {
  // A vector of 64 bytes takes several registers where they are narrower. The
  // left factor's element takes one more.
  int64_t perVector = std::max<int64_t>(1, 64 / registers.bytes);
  int64_t budget = (int64_t(registers.count) - 1) / perVector;
  // Few rows: wider blocks instead, for enough sums under way.
  int64_t width = rows <= 4 ? 4 : 2;
  while (width > 1 &&
         (width > vectors || (std::min<int64_t>(rows, 4) + 1) * width > budget))
    width /= 2;
  int64_t most = std::max<int64_t>(1, budget / width - 1);
  // Fourteen rows of two vectors leave registers for the loads ahead; one
  // vector a row wants no more than that either.
  return {std::min<int64_t>(most, 14), width};
}

RegisterBlock chooseRegisterBlock(int64_t rows, int64_t vectors,
                                  const Registers &registers) {
  auto [most, width] = chooseLargestBlock(rows, vectors, registers);
  // One vector a row: sixteen sums hide what eight, which divide as well, wait
  // for where a row of the right factor lies across two lines (10 columns: 46 %
  // of the peak instead of 40).
  if (width == 1 && most == 14)
    most = 16;
  if (rows <= most)
    return {rows, width};
  // The last block of rows overlaps the one before it: choose the height that
  // computes least twice, the larger of equal ones.
  int64_t best = most, least = (rows + most - 1) / most * most;
  for (int64_t height = most; 2 * height > most; --height) {
    int64_t computed = (rows + height - 1) / height * height;
    if (computed < least) {
      least = computed;
      best = height;
    }
  }
  return {best, width};
}

RegisterBlock chooseInPanels(RegisterBlock block) {
  while (16 % block.rows != 0)
    --block.rows;
  return block;
}

bool staysInCache(int64_t lines, int64_t stride) {
  // 64 sets of lines of 64 bytes, eight ways at least, in every processor with
  // these instructions.
  constexpr int64_t line = 64, sets = 64, ways = 8;
  if (stride % line != 0)
    return true;
  int64_t usedSets = sets / std::gcd(stride / line, sets);
  return lines <= usedSets * ways;
}

int64_t choosePart(int64_t depth, int64_t bytesPerStep) {
  constexpr int64_t cache = 256 * 1024, longest = 256, shortest = 128;
  for (int64_t part = longest; part >= shortest; part /= 2)
    if (part * bytesPerStep <= cache)
      return std::min(depth, part);
  return depth;
}

bool paysToShare(int64_t multiplyAdds, int64_t elements) {
  return multiplyAdds >= 1500000 || elements >= 100000;
}

/// The part of the second cache that loops which follow one another may count
/// on.
static constexpr int64_t secondCache = 256 * 1024;

bool staysInSecondCache(int64_t bytes) { return bytes <= secondCache; }

int64_t chooseRows(int64_t rows, int64_t bytes, int64_t again) {
  constexpr int64_t firstCache = 24 * 1024, fewest = 4, most = 16;
  if (staysInSecondCache(rows * bytes) || 2 * again < bytes)
    return 0;
  int64_t least = std::clamp<int64_t>(2 * secondCache / bytes, 1, fewest);
  int64_t block = std::clamp<int64_t>(firstCache / bytes, least, most);
  while (rows % block != 0)
    --block;
  return block == rows || (block == 1 && bytes < firstCache) ? 0 : block;
}

int64_t chooseShare(int64_t count) {
  for (int64_t share = 8192; share >= 1024; share -= 16)
    if (count % share == 0)
      return share;
  return 0;
}

bool runsRowsInside(int64_t leftElements, int64_t rightElements) {
  return leftElements <= rightElements;
}

} // namespace gradc

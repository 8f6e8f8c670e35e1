//===- CostModel.cpp - Sizes of register blocks ---------------------------===//

#include "CostModel.h"
#include <algorithm>

namespace gradc {

RegisterBlock chooseRegisterBlock(int64_t rows, const Registers &registers) {
  // A vector of 64 bytes takes several registers where they are narrower. The
  // left factor's element takes one more.
  int64_t perVector = std::max<int64_t>(1, 64 / registers.bytes);
  int64_t budget = (int64_t(registers.count) - 1) / perVector;
  // Few rows: wider blocks instead, for enough sums under way.
  int64_t vectors = rows <= 4 ? 4 : 2;
  while (vectors > 1 && (std::min<int64_t>(rows, 4) + 1) * vectors > budget)
    vectors /= 2;
  int64_t most = std::max<int64_t>(1, budget / vectors - 1);
  if (rows <= most)
    return {rows, vectors};
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
  return {best, vectors};
}

} // namespace gradc

//===- CostModel.h - Sizes and orders of products ---------------*- C++ -*-===//
//
// All that code generation chooses about products, with the reasons. It sees
// shapes, element types and the registers of the target, nothing else: so the
// same source gives the same sums on any number of threads.
//
//===----------------------------------------------------------------------===//

#ifndef GRADC_LIB_CODEGEN_COSTMODEL_H
#define GRADC_LIB_CODEGEN_COSTMODEL_H

#include <cstdint>

namespace gradc {

/// The vector registers of a target.
struct Registers {
  unsigned count = 32;
  unsigned bytes = 64;
};

/// The block of the result that a micro-kernel keeps in registers.
struct RegisterBlock {
  int64_t rows;    ///< elements
  int64_t vectors; ///< vectors of 64 bytes side by side
};

/// The block for a result of `rows` rows, each of `vectors` vectors.
///
/// Each step of the sum loads a vector of the right factor for each vector of
/// the block and one element a row of the left one, for rows x vectors
/// multiply-adds. Two units that add with a latency of four need at least eight
/// results under way; more rows and vectors mean fewer loads for each
/// multiply-add, until the registers are used up. Measured on a machine with 32
/// registers of 64 bytes: 8x2 and 14x2 reach 97 % of the peak, 4x4 91 %.
RegisterBlock chooseRegisterBlock(int64_t rows, int64_t vectors,
                                  const Registers &registers);

/// The same where the rows need not divide: the block that fills the registers.
RegisterBlock chooseLargestBlock(int64_t rows, int64_t vectors,
                                 const Registers &registers);

/// The highest block not above `block` whose rows divide a panel of 16: for a
/// left factor that is packed into panels.
RegisterBlock chooseInPanels(RegisterBlock block);

/// Whether `lines` cache lines, `stride` bytes apart, fit into the first cache
/// side by side. A stride of 2 KiB, as 512 columns of f32 have, uses two sets
/// of 64 only: read in place, such a matrix runs at half the speed (measured:
/// 58 % of the peak instead of 91 % for 1024 columns).
bool staysInCache(int64_t lines, int64_t stride);

/// How many of the `depth` steps of a sum are taken at a time, so that what the
/// kernels of one stretch of columns read, `bytesPerStep`, stays in the second
/// cache, where it need not be packed: all of them where that is too few for a
/// kernel, which reads and writes its block of the result for each part.
/// Measured for 128x512x1792: parts of 256 take 0.25 ms less than packing,
/// which goes through 4.5 MB of the third cache; of 64 and of 896 0.1 ms less.
int64_t choosePart(int64_t depth, int64_t bytesPerStep);

/// Whether work is worth sharing out: a fork and a join take about 2 us, in
/// which one thread does a quarter of a million multiply-adds or goes through
/// 30,000 elements of the third cache.
bool paysToShare(int64_t multiplyAdds, int64_t elements);

/// Whether so much memory surely stays in the second cache from loop to loop.
bool staysInSecondCache(int64_t bytes);

/// The most matrices that loops go through together a few rows at a time.
/// Measured for two layer normalizations and a softmax of 512 rows of 1000, one
/// behind the other: with up to four 3 % faster than each loop by itself, with
/// six 3 % slower, with all ten 15 %.
inline constexpr unsigned mostMatrices = 4;

/// How many of `rows` rows loops that follow one another take at a time, where
/// a row is `bytes` of memory in all and the loops go through `again` bytes of
/// it another time: a divisor of `rows`; 0 where all rows at once are as fast.
/// As many as leave room in the first cache, but four where they fit into the
/// second one: of few rows the processor waits for the end of each row's sum
/// (measured: four rows of 10,000 take 10 % less time than one at a time, eight
/// rows of a layer normalization of 512 take 5 % less). Softmax, its loss and
/// its gradient, 128 rows, two matrices, with a second cache of 1 MB: rows of
/// 10 to 300 (10 to 300 KB in all) gain nothing, 500 1 %, 1000 5 %, 4000 12 %.
int64_t chooseRows(int64_t rows, int64_t bytes, int64_t again);

/// How many of `count` elements one turn of a shared loop takes: a divisor of
/// `count`, a multiple of 16; 0 where there is none of a useful size.
int64_t chooseShare(int64_t count);

/// The loop of a product that runs inside: over the smaller factor, which then
/// stays in the second cache while the larger one is read once.
bool runsRowsInside(int64_t leftElements, int64_t rightElements);

} // namespace gradc

#endif // GRADC_LIB_CODEGEN_COSTMODEL_H

//===- Philox.h - Random numbers by counting --------------------*- C++ -*-===//
//
// Philox 4x32-10 (Salmon, Moraes, Dror, Shaw: Parallel random numbers: as easy
// as 1, 2, 3, SC 2011). A block is a function of a counter and a key, so what
// is drawn depends on no order, thread or platform.
//
//===----------------------------------------------------------------------===//

#ifndef GRADC_DATA_PHILOX_H
#define GRADC_DATA_PHILOX_H

#include "llvm/ADT/StringRef.h"
#include <array>
#include <cstdint>

namespace gradc::data {

/// One block of Philox 4x32-10: four random words.
inline std::array<uint32_t, 4> philox(std::array<uint32_t, 4> counter,
                                      std::array<uint32_t, 2> key) {
  for (int round = 0; round < 10; ++round) {
    uint64_t a = uint64_t(0xD2511F53) * counter[0];
    uint64_t b = uint64_t(0xCD9E8D57) * counter[2];
    counter = {uint32_t(b >> 32) ^ counter[1] ^ key[0], uint32_t(b),
               uint32_t(a >> 32) ^ counter[3] ^ key[1], uint32_t(a)};
    key[0] += 0x9E3779B9;
    key[1] += 0xBB67AE85;
  }
  return counter;
}

/// The random numbers of one purpose and item. The key is `seed` exclusive-or
/// the FNV-1a hash of `purpose`, lower word first; the counter is the number of
/// the block in its lower half and `item` in its upper half.
class Random {
public:
  Random(uint64_t seed, llvm::StringRef purpose, uint64_t item = 0)
      : item(item) {
    uint64_t hash = 0xcbf29ce484222325;
    for (unsigned char c : purpose)
      hash = (hash ^ c) * 0x100000001b3;
    hash ^= seed;
    key = {uint32_t(hash), uint32_t(hash >> 32)};
  }

  /// 32 random bits.
  uint32_t word() {
    if (used == 4) {
      words = philox({uint32_t(block), uint32_t(block >> 32), uint32_t(item),
                      uint32_t(item >> 32)},
                     key);
      ++block;
      used = 0;
    }
    return words[used++];
  }

  /// A multiple of 2^-24 in [0, 1): as good in float as in double.
  double uniform() { return (word() >> 8) * 0x1p-24; }
  /// Evenly spread in [low, high).
  double uniform(double low, double high) {
    return low + (high - low) * uniform();
  }

  /// A whole number below `bound`, each equally likely: 64 bits, the lower word
  /// first, modulo `bound`. The first 2^64 mod `bound` values are drawn again.
  uint64_t below(uint64_t bound) {
    uint64_t rejected = (0 - bound) % bound;
    while (true) {
      uint64_t low = word();
      uint64_t value = uint64_t(word()) << 32 | low;
      if (value >= rejected)
        return value % bound;
    }
  }

  /// Nearly normal, mean 0 and deviation 1: twelve uniform numbers less 6. It
  /// needs no logarithm, whose last bit differs between platforms.
  double normal() {
    double sum = -6;
    for (int i = 0; i < 12; ++i)
      sum += uniform();
    return sum;
  }

private:
  uint64_t item, block = 0;
  std::array<uint32_t, 2> key;
  std::array<uint32_t, 4> words = {};
  unsigned used = 4;
};

} // namespace gradc::data

#endif // GRADC_DATA_PHILOX_H

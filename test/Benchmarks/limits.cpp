//===- limits.cpp - What one core of the machine can do -------------------===//
//
// Usage: limits [NAME BYTES]...
//
// Prints one JSON line: GFLOP/s of multiply-adds, and for each size of memory
// GB/s of reading (a sum) and of updating (w -= r * g: two reads, one write),
// each the best of some tries.
//
//===----------------------------------------------------------------------===//

#include "timing.h"
#include <cstdio>
#include <cstdlib>

/// Reads with eight sums, so that no sum waits for the one before it.
static Vector read(const Vector *data, int64_t count) {
  Vector sums[8] = {};
  for (int64_t i = 0; i < count; i += 8)
    for (int j = 0; j < 8; ++j)
      sums[j] += data[i + j];
  for (int j = 1; j < 8; ++j)
    sums[0] += sums[j];
  return sums[0];
}

static void update(Vector *w, const Vector *g, int64_t count, float rate) {
  for (int64_t i = 0; i < count; ++i)
    w[i] -= g[i] * rate;
}

/// The best GB/s of some tries of 2 ms. Small memory is gone through several
/// times between two looks at the clock.
template <typename Run> static double measure(int64_t bytes, Run run) {
  double best = 0;
  int64_t repeat = std::max<int64_t>(1, (8 << 20) / bytes);
  for (int attempt = 0; attempt < 150; ++attempt) {
    int64_t calls = 0;
    double start = getSeconds(), time = 0;
    do {
      for (int64_t i = 0; i < repeat; ++i)
        run();
      calls += repeat;
      time = getSeconds() - start;
    } while (time < 2e-3);
    best = std::max(best, calls * bytes / time * 1e-9);
  }
  return best;
}

static void printLevel(const char *name, int64_t bytes) {
  bytes = bytes / 4096 * 4096;
  auto *data = static_cast<Vector *>(aligned_alloc(4096, bytes));
  int64_t count = bytes / vectorBytes, half = count / 2;
  std::fill(data, data + count, Vector{});
  double reading = measure(bytes, [&] {
    Vector sum = read(data, count);
    asm volatile("" : : "m"(sum) : "memory");
  });
  double updating = measure(bytes / 2 * 3, [&] {
    update(data, data + half, half, 0.01f);
    asm volatile("" : : : "memory");
  });
  free(data);
  printf(", \"%s\": {\"bytes\": %lld, \"read\": %.1f, \"update\": %.1f}", name,
         static_cast<long long>(bytes), reading, updating);
}

int main(int argc, char **argv) {
  double peak = 0;
  for (int attempt = 0; attempt < 300; ++attempt)
    peak = std::max(peak, measurePeak(1e-3));
  printf("{\"peak\": %.1f, \"vector_bytes\": %d", peak, vectorBytes);
  for (int i = 1; i + 1 < argc; i += 2)
    printLevel(argv[i], atoll(argv[i + 1]));
  printf("}\n");
}

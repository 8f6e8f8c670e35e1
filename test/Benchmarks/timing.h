//===- timing.h - Clock, peak loop and statistics ---------------*- C++ -*-===//

#ifndef GRADC_BENCHMARKS_TIMING_H
#define GRADC_BENCHMARKS_TIMING_H

#include <algorithm>
#include <cstdint>
#include <ctime>
#include <vector>

/// The widest vector that the compiler was told of.
#ifdef __AVX512F__
constexpr int vectorBytes = 64;
#elif defined(__AVX__)
constexpr int vectorBytes = 32;
#else
constexpr int vectorBytes = 16;
#endif
constexpr int lanes = vectorBytes / sizeof(float);
typedef float Vector __attribute__((vector_size(vectorBytes)));

/// Of this thread on its core: what another process does there is not counted.
inline double getSeconds() {
  timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec + now.tv_nsec * 1e-9;
}

inline double getMedian(std::vector<double> values) {
  if (values.empty())
    return 0;
  auto middle = values.begin() + values.size() / 2;
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

/// GFLOP/s of multiply-adds on registers alone: 12 independent chains, enough
/// for two units of four or five cycles, and 16 registers hold them.
inline double measurePeak(double seconds) {
  Vector sums[12], factor = {}, term = {};
  for (Vector &sum : sums)
    sum = Vector{} + 1.0f;
  factor += 0.999f, term += 0.001f;
  asm volatile("" : "+m"(sums), "+m"(factor), "+m"(term));
  int64_t steps = 0;
  double start = getSeconds(), time = 0;
  do {
    for (int step = 0; step < 20000; ++step)
      for (Vector &sum : sums)
        sum = sum * factor + term;
    steps += 20000;
    time = getSeconds() - start;
  } while (time < seconds);
  asm volatile("" : "+m"(sums));
  return steps * 12.0 * lanes * 2 / time * 1e-9;
}

#endif // GRADC_BENCHMARKS_TIMING_H

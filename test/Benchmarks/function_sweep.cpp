//===- function_sweep.cpp - Compiled functions on every float -------------===//
//
// Usage: function_sweep NAME FIRST LAST STEP
//
// Linked with the functions that function_sweep.py compiles. Calls the one of
// this name for the floats whose bits are FIRST, FIRST + STEP, ... below LAST,
// compares with the C library in f64, and prints the largest error in units of
// the last place of an f32, its argument, what came out, what should have, and
// the nanoseconds of an element.
//
//===----------------------------------------------------------------------===//

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <limits>

static constexpr int kBlock = 2048;
static constexpr double kRootOfHalf = 0.70710678118654752440;
static constexpr double kSeluAlpha = 1.6732632423543772;
static constexpr double kSeluScale = 1.0507009873554805;

static double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

static double slopeOfSigmoid(double x) {
  double e = std::exp(-std::fabs(x));
  return e / ((1 + e) * (1 + e));
}

static double share(double x) { return 0.5 * std::erfc(-x * kRootOfHalf); }

static double slopeOfGelu(double x) {
  return share(x) + x * 0.39894228040143267794 * std::exp(-0.5 * x * x);
}

static double softplus(double x) {
  return std::fmax(x, 0) + std::log1p(std::exp(-std::fabs(x)));
}

static double elu(double x) { return x > 0 ? x : 0.75 * std::expm1(x); }
static double slopeOfElu(double x) { return x > 0 ? 1 : 0.75 * std::exp(x); }

static double selu(double x) {
  return kSeluScale * (x > 0 ? x : kSeluAlpha * std::expm1(x));
}

static double slopeOfSelu(double x) {
  return kSeluScale * (x > 0 ? 1 : kSeluAlpha * std::exp(x));
}

// Each: argument, gradient of the result (1 here), result.
using Compiled = void(const float *, const float *, float *);
#define FUNCTIONS(DO)                                                          \
  DO(exp, std::exp(x))                                                         \
  DO(expm1, std::expm1(x))                                                     \
  DO(log, std::log(x))                                                         \
  DO(log1p, std::log1p(x))                                                     \
  DO(tanh, std::tanh(x))                                                       \
  DO(erf, std::erf(x))                                                         \
  DO(erfc, std::erfc(x))                                                       \
  DO(sigmoid, sigmoid(x))                                                      \
  DO(silu, x *sigmoid(x))                                                      \
  DO(gelu, x *share(x))                                                        \
  DO(softplus, softplus(x))                                                    \
  DO(elu, elu(x))                                                              \
  DO(selu, selu(x))                                                            \
  DO(sigmoid_grad, slopeOfSigmoid(x))                                          \
  DO(tanh_grad, 4 * slopeOfSigmoid(2 * x))                                     \
  DO(silu_grad, sigmoid(x) + x * slopeOfSigmoid(x))                            \
  DO(gelu_grad, slopeOfGelu(x))                                                \
  DO(softplus_grad, sigmoid(x))                                                \
  DO(elu_grad, slopeOfElu(x))                                                  \
  DO(selu_grad, slopeOfSelu(x))

#define DECLARE(name, formula)                                                 \
  extern "C" Compiled f_##name;                                                \
  static void reference_##name(const float *inputs, double *results) {         \
    for (int i = 0; i < kBlock; ++i) {                                         \
      double x = inputs[i];                                                    \
      results[i] = formula;                                                    \
    }                                                                          \
  }
FUNCTIONS(DECLARE)

namespace {
struct Function {
  const char *name;
  Compiled *compiled;
  void (*reference)(const float *, double *);
};

struct Worst {
  double error = 0;
  float argument = 0, result = 0;
  double right = 0;
};
} // namespace

static const Function functions[] = {
#define LIST(name, formula) {#name, f_##name, reference_##name},
    FUNCTIONS(LIST)};

/// |result - right| in units of the last place that `right` has as an f32.
static double measureError(float argument, float result, double right) {
  float rounded = static_cast<float>(right);
  if (std::isnan(right))
    return std::isnan(result) ? 0 : INFINITY;
  // Of what is rounded to 0 the C library does not always know the sign.
  if (argument == 0 && right == 0)
    return result == 0 && std::signbit(result) == std::signbit(right)
               ? 0
               : INFINITY;
  // Beyond the largest f32 the next number would be 2^128.
  if (std::isinf(rounded) || std::isinf(result))
    return rounded == result ? 0 : INFINITY;
  uint64_t bits;
  std::memcpy(&bits, &right, sizeof(bits));
  bits = std::max(bits & 0x7ff0000000000000, uint64_t(1023 - 126) << 52);
  double power;
  std::memcpy(&power, &bits, sizeof(bits));
  return std::fabs(result - right) / power * 0x1p23;
}

static Worst sweep(const Function &function, uint64_t first, uint64_t last,
                   uint64_t step) {
  alignas(64) static float inputs[kBlock], ones[kBlock], results[kBlock];
  static double rights[kBlock];
  std::fill_n(ones, kBlock, 1.0f);
  Worst worst;
  for (uint64_t start = first; start < last; start += step * kBlock) {
    for (int i = 0; i < kBlock; ++i) {
      uint32_t bits = std::min(start + i * step, last - 1);
      std::memcpy(&inputs[i], &bits, sizeof(bits));
    }
    function.compiled(inputs, ones, results);
    function.reference(inputs, rights);
    for (int i = 0; i < kBlock; ++i) {
      double error = measureError(inputs[i], results[i], rights[i]);
      if (error > worst.error)
        worst = {error, inputs[i], results[i], rights[i]};
    }
  }
  return worst;
}

/// Nanoseconds of an element, the best of many: arguments between -8 and 8,
/// positive ones for logarithms, all in the first cache.
static double measureTime(const Function &function) {
  alignas(64) static float inputs[kBlock], ones[kBlock], results[kBlock];
  bool isLog = !std::strncmp(function.name, "log", 3);
  for (int i = 0; i < kBlock; ++i) {
    float x = (i * 1237 % kBlock + 0.5f) / kBlock * 16 - 8;
    inputs[i] = isLog ? std::fabs(x) : x;
    ones[i] = 1;
  }
  double best = INFINITY;
  for (int round = 0; round < 200; ++round) {
    auto start = std::chrono::steady_clock::now();
    for (int call = 0; call < 20; ++call)
      function.compiled(inputs, ones, results);
    std::chrono::duration<double, std::nano> time =
        std::chrono::steady_clock::now() - start;
    best = std::min(best, time.count() / (20 * kBlock));
  }
  return best;
}

int main(int argc, char **argv) {
  if (argc != 5)
    return 2;
  uint64_t first = std::strtoull(argv[2], nullptr, 0);
  uint64_t last = std::strtoull(argv[3], nullptr, 0);
  uint64_t step = std::strtoull(argv[4], nullptr, 0);
  for (const Function &function : functions) {
    if (std::strcmp(function.name, argv[1]))
      continue;
    Worst worst = sweep(function, first, last, step);
    std::printf("%.4f %.9g %.9g %.17g %.3f\n", worst.error, worst.argument,
                worst.result, worst.right, measureTime(function));
    return 0;
  }
  return 2;
}

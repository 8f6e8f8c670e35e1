//===- products.cpp - Time products of matrices by turns ------------------===//
//
// Usage: products ROUNDS OPENBLAS [NAME=LIBRARY]...
//
// Reads lines `B K N`: the batch, the inputs and the outputs of a layer. Three
// products belong to it: forward, input_gradient and weight_gradient. A library
// of gradc has for each a function, such as forward_32_784_512,
//
//   void f(void *state, void *arena, const float *left, const float *right,
//          float *result);
//
// and maybe prepare_forward_32_784_512, called once before, and finish_...,
// which is called after the first call and brings the result into its place. In
// every round each candidate works for about 2 ms between two peak loops.
// Prints a JSON line for each product and candidate: GFLOP/s of the best slice,
// of the median one, and of the median one among those whose peak loops came
// near the peak.
//
//===----------------------------------------------------------------------===//

#include "products.h"
#include "timing.h"
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <dlfcn.h>
#include <iostream>
#include <map>
#include <memory>
#include <random>

using GradcFunction = void (*)(void *, void *, const float *, const float *,
                               float *);
using Sgemm = void (*)(int order, int left, int right, int m, int n, int k,
                       float alpha, const float *a, int lda, const float *b,
                       int ldb, float beta, float *c, int ldc);

namespace {
/// Row-major, as it stands, transposed: the constants of cblas.h.
enum { RowMajor = 101, AsItStands = 111, Transposed = 112 };

struct Slice {
  double speed;         ///< GFLOP/s
  double before, after; ///< of the peak loops around it
};

/// A candidate for a product, and what was measured of it.
struct Entry {
  const Product *product;
  Candidate candidate;
  int64_t calls; ///< in a slice
  double error;  ///< see findError
  std::vector<Slice> slices;
};
} // namespace

static float *allocate(int64_t count) {
  int64_t bytes = (count * sizeof(float) + 4095) / 4096 * 4096;
  return static_cast<float *>(aligned_alloc(4096, bytes));
}

static float *makeRandom(int64_t count) {
  static std::mt19937 generator(1);
  std::uniform_real_distribution<float> uniform(-1, 1);
  float *data = allocate(count);
  for (int64_t i = 0; i < count; ++i)
    data[i] = uniform(generator);
  return data;
}

static void addProducts(std::vector<Product> &products, int64_t b, int64_t k,
                        int64_t n) {
  std::string shape = "_" + std::to_string(b) + "_" + std::to_string(k) + "_" +
                      std::to_string(n);
  Product all[] = {{"forward" + shape, b, n, k, false, false, true},
                   {"input_gradient" + shape, b, k, n, false, true, true},
                   {"weight_gradient" + shape, k, n, b, true, false, false}};
  for (Product &product : all) {
    product.left = makeRandom(product.rows * product.depth);
    product.right = makeRandom(product.depth * product.columns);
    product.result = allocate(product.rows * product.columns);
    products.push_back(product);
  }
}

//===----------------------------------------------------------------------===//
// The candidates
//===----------------------------------------------------------------------===//

static void addGradc(std::vector<Candidate> &candidates, const Product &product,
                     const std::string &name, void *library) {
  auto function =
      reinterpret_cast<GradcFunction>(dlsym(library, product.name.c_str()));
  auto prepare = reinterpret_cast<GradcFunction>(
      dlsym(library, ("prepare_" + product.name).c_str()));
  if (!function)
    return;
  // As large as any layout of the right factor, and as any scratch memory.
  void *state = allocate((product.depth + product.rows) * product.columns +
                         product.depth * product.rows + (1 << 16));
  static void *arena = allocate(32 << 20);
  auto call = [=](GradcFunction f) {
    f(state, arena, product.left, product.right, product.result);
  };
  if (prepare)
    call(prepare);
  auto finish = reinterpret_cast<GradcFunction>(
      dlsym(library, ("finish_" + product.name).c_str()));
  candidates.push_back({name, [=] { call(function); },
                        [=] {
                          if (finish)
                            call(finish);
                        }});
}

static void addOpenBlas(std::vector<Candidate> &candidates, const Product &p,
                        void *library) {
  auto sgemm = library ? reinterpret_cast<Sgemm>(dlsym(library, "cblas_sgemm"))
                       : nullptr;
  if (!sgemm)
    return;
  candidates.push_back(
      {"OpenBLAS", [=] {
         sgemm(RowMajor, p.isLeftTransposed ? Transposed : AsItStands,
               p.isRightTransposed ? Transposed : AsItStands, p.rows, p.columns,
               p.depth, 1, p.left, p.isLeftTransposed ? p.rows : p.depth,
               p.right, p.isRightTransposed ? p.depth : p.columns, 0, p.result,
               p.columns);
       }});
}

/// All candidates for all products, from the libraries on the command line.
static std::vector<Entry> makeEntries(const std::vector<Product> &products,
                                      int argc, char **argv) {
  void *openBlas = dlopen(argv[2], RTLD_NOW | RTLD_LOCAL);
  std::vector<std::pair<std::string, void *>> gradc;
  for (int i = 3; i < argc; ++i) {
    std::string word = argv[i];
    size_t end = word.find('=');
    void *library = dlopen(word.substr(end + 1).c_str(), RTLD_NOW);
    if (!library)
      std::cerr << dlerror() << "\n", exit(1);
    gradc.emplace_back(word.substr(0, end), library);
  }
  std::vector<Entry> entries;
  for (const Product &product : products) {
    std::vector<Candidate> candidates;
    for (auto &[name, library] : gradc)
      addGradc(candidates, product, name, library);
    addOpenBlas(candidates, product, openBlas);
    for (Candidate &candidate : makeOneDnn(product))
      candidates.push_back(candidate);
    for (Candidate &candidate : candidates)
      entries.push_back({&product, candidate, 1, 0, {}});
  }
  return entries;
}

//===----------------------------------------------------------------------===//
// Checking and timing
//===----------------------------------------------------------------------===//

/// The largest error of some elements, in units of the sum's usual size.
static double findError(const Product &p) {
  std::mt19937 generator(2);
  double worst = 0;
  for (int sample = 0; sample < 100; ++sample) {
    int64_t i = generator() % p.rows, j = generator() % p.columns;
    double sum = 0;
    for (int64_t k = 0; k < p.depth; ++k)
      sum +=
          double(
              p.left[p.isLeftTransposed ? k * p.rows + i : i * p.depth + k]) *
          p.right[p.isRightTransposed ? j * p.depth + k : k * p.columns + j];
    worst = std::fmax(worst, std::fabs(p.result[i * p.columns + j] - sum));
  }
  return worst / std::sqrt(double(p.depth));
}

/// Runs, checks the result, and finds out how many calls take about 2 ms.
static void prepare(Entry &entry) {
  const Product &p = *entry.product;
  std::fill(p.result, p.result + p.rows * p.columns, NAN);
  entry.candidate.run();
  if (entry.candidate.finish)
    entry.candidate.finish();
  entry.error = findError(p);
  double time = 0;
  for (entry.calls = 1; time < 1e-3; entry.calls *= 2) {
    double start = getSeconds();
    for (int64_t call = 0; call < entry.calls; ++call)
      entry.candidate.run();
    time = getSeconds() - start;
  }
}

static double runSlice(const Entry &entry) {
  const Product &p = *entry.product;
  entry.candidate.run(); // its code and data return to the caches
  double start = getSeconds();
  for (int64_t call = 0; call < entry.calls; ++call)
    entry.candidate.run();
  double time = getSeconds() - start;
  return 2e-9 * p.rows * p.columns * p.depth * entry.calls / time;
}

/// Rounds over the entries of each product; returns the highest peak.
static double measure(std::vector<Entry> &entries, int rounds) {
  std::map<const Product *, std::vector<Entry *>> groups;
  for (Entry &entry : entries)
    groups[entry.product].push_back(&entry);
  double highest = 0;
  for (int pass = 0; pass < 4; ++pass)
    for (auto &[product, group] : groups)
      for (int round = 0; round * 4 < rounds; ++round)
        for (Entry *entry : group) {
          double before = measurePeak(3e-4), speed = runSlice(*entry);
          double after = measurePeak(3e-4);
          highest = std::max({highest, before, after});
          entry->slices.push_back({speed, before, after});
        }
  return highest;
}

static void print(const Entry &entry, double peak) {
  std::vector<double> speeds, shares, quiet;
  for (const Slice &slice : entry.slices) {
    double high = std::max(slice.before, slice.after);
    speeds.push_back(slice.speed);
    shares.push_back(slice.speed / high);
    if (std::min(slice.before, slice.after) >= 0.96 * high)
      quiet.push_back(slice.speed / high);
  }
  printf("{\"product\": \"%s\", \"candidate\": \"%s\", \"peak\": %.1f, "
         "\"best\": %.2f, \"median\": %.2f, \"share\": %.3f, "
         "\"slices\": %zu, \"quiet\": %zu, \"error\": %.2g}\n",
         entry.product->name.c_str(), entry.candidate.name.c_str(), peak,
         *std::max_element(speeds.begin(), speeds.end()), getMedian(speeds),
         getMedian(quiet.empty() ? shares : quiet), speeds.size(), quiet.size(),
         std::isfinite(entry.error) ? entry.error : 1e30);
}

int main(int argc, char **argv) {
  if (argc < 3)
    return 2;
  std::vector<Product> products;
  int64_t b, k, n;
  while (std::cin >> b >> k >> n)
    addProducts(products, b, k, n);
  std::vector<Entry> entries = makeEntries(products, argc, argv);
  for (Entry &entry : entries)
    prepare(entry);
  double peak = measure(entries, atoi(argv[1]));
  for (const Entry &entry : entries)
    print(entry, peak);
}

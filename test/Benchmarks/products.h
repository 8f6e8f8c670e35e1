//===- products.h - A product of matrices and who computes it ---*- C++ -*-===//

#ifndef GRADC_BENCHMARKS_PRODUCTS_H
#define GRADC_BENCHMARKS_PRODUCTS_H

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

/// result[rows, columns] = left[rows, depth] * right[depth, columns]. A factor
/// that is transposed lies in memory the other way round; all are row-major.
struct Product {
  std::string name; ///< the symbol of gradc's function
  int64_t rows, columns, depth;
  bool isLeftTransposed, isRightTransposed;
  bool isRightWeight; ///< the right factor is kept from step to step
  const float *left = nullptr, *right = nullptr;
  float *result = nullptr;
};

struct Candidate {
  std::string name;
  std::function<void()> run;
  /// Brings the result into its place, after the first run; may be empty.
  std::function<void()> finish;
};

/// oneDNN's candidates; none where the program was built without it.
std::vector<Candidate> makeOneDnn(const Product &product);

#endif // GRADC_BENCHMARKS_PRODUCTS_H

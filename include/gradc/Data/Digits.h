//===- Digits.h - Handwritten digits, drawn by gradc ------------*- C++ -*-===//
//
// Data for a first run without a network, of about MNIST's difficulty in kind:
// never to be called MNIST.
//
//===----------------------------------------------------------------------===//

#ifndef GRADC_DATA_DIGITS_H
#define GRADC_DATA_DIGITS_H

#include "gradc/Data/DataSet.h"

namespace gradc::data {

/// Pixels of a side of an image.
inline constexpr int kDigitSize = 28;

/// Draws digit number `index` of `seed` into 28 x 28 pixels, 0 (paper) to 255
/// (ink), row by row, and returns its label. A function of (seed, index) alone:
/// it uses only arithmetic that is the same on every platform.
int drawDigit(uint64_t seed, uint64_t index,
              llvm::MutableArrayRef<uint8_t> pixels);

/// The digits `first` ... `first + count - 1` of `seed`: inputs u8
/// [count, 28, 28], targets u8 [count].
DataSet drawDigits(uint64_t first, int64_t count, uint64_t seed);

/// Writes drawn digits as four plain IDX files under the names of MNIST's
/// (`train-images-idx3-ubyte`, ...) and a README that says what they are. The
/// images of t10k are the digits after those of train. The folder is made where
/// it is missing; files that exist are replaced only with `overwrite`. Errors:
/// FileError, `Resource`.
llvm::Error writeDigits(llvm::StringRef folder, int64_t trainCount,
                        int64_t testCount, uint64_t seed, bool overwrite);

} // namespace gradc::data

#endif // GRADC_DATA_DIGITS_H

//===- DataSet.h - Samples with their targets -------------------*- C++ -*-===//

#ifndef GRADC_DATA_DATASET_H
#define GRADC_DATA_DATASET_H

#include "gradc/Data/Array.h"
#include "llvm/Support/Error.h"
#include <string>

namespace gradc::data {

/// The form in which a loss wants its targets.
enum class TargetForm {
  ClassIndex, ///< int32 [samples]
  OneHot,     ///< element type [samples, classes]
  Real,       ///< element type [samples, width]
};

/// Samples in memory, in the type they were stored in.
struct DataSet {
  Array inputs;  ///< [count, ...]
  Array targets; ///< classes: integers [count]; else floats [count(, width)]
  int64_t count = 0;
  bool targetsAreClasses = false;
  /// The largest label plus one, or what the source draws; 0 without classes.
  int64_t classes = 0;
  /// What a run says it trains on: `digits, drawn by gradc, seed 1: not MNIST`.
  std::string description;
  /// The files, or the word of the source; errors about the data name them.
  std::string inputsFile, targetsFile;
  /// The factor for inputs where the `.net` gives no `scale`: 1, or 1/255 for
  /// the drawn digits, which are 8-bit pixels.
  double defaultScale = 1;

  /// Numbers of one sample, and of one target.
  int64_t getInputWidth() const { return inputs.getRowWidth(); }
  int64_t getTargetWidth() const { return targets.getRowWidth(); }
};

/// Joins inputs and targets to a data set. Integer targets of rank 1 are
/// classes; float targets of rank 1 or 2 are numbers. Refused: other targets,
/// no samples, unequal counts (both named), negative or absurd labels (with
/// the item), NaN, Inf and numbers beyond float32 (with row and column).
/// Errors: FileError, `Data`.
llvm::Expected<DataSet> makeDataSet(Array inputs, llvm::StringRef inputsFile,
                                    Array targets, llvm::StringRef targetsFile,
                                    llvm::StringRef description);

/// Whether targets of this form and width can be made; call it before the first
/// `gather`. `width` is the number of classes, or of values of a target; class
/// labels also serve as one real value. Errors name the item whose label is out
/// of range, or the widths that differ: FileError, `Data`.
llvm::Error checkTargets(const DataSet &data, TargetForm form, int64_t width);

} // namespace gradc::data

#endif // GRADC_DATA_DATASET_H

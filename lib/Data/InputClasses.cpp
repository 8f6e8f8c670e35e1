//===- InputClasses.cpp - Inputs that say rows of a table -----------------===//

#include "gradc/Data/Batches.h"
#include "gradc/Data/FileError.h"
#include <cmath>
#include <fmt/format.h>

using namespace llvm;

namespace gradc::data {

static Error refuse(const BatchReader &reader, int64_t classes,
                    int64_t position, size_t place, double value) {
  const DataSet &data = reader.getData();
  int64_t index = reader.getIndex(position);
  double stored = data.inputs.getElement(index * data.getInputWidth() + place);
  std::string text = fmt::format("the number {:.9g} is no class: the net takes "
                                 "whole numbers from 0 to {}",
                                 value, classes - 1);
  if (std::fabs(stored - value) > 1e-6 * std::fabs(stored)) // not rounding
    text += fmt::format("; 'scale' or 'normalize' made it of {:.9g}", stored);
  return makeError(FileError::Kind::Data, data.inputsFile, text,
                   fmt::format("sample {}, position {}", index, place));
}

template <typename T>
static Error checkAs(const BatchReader &reader, int64_t classes) {
  std::vector<T> row(reader.getInputWidth());
  for (int64_t position = 0; position < reader.size(); ++position) {
    reader.gather(position, row.data(), std::is_same_v<T, double>,
                  /*targets=*/nullptr, TargetForm::Real, 0);
    for (size_t place = 0; place < row.size(); ++place)
      if (T value = row[place];
          !(value >= 0 && value < T(classes) && value == std::floor(value)))
        return refuse(reader, classes, position, place, value);
  }
  return Error::success();
}

Error checkInputClasses(const BatchReader &reader, int64_t classes, bool f64) {
  return f64 ? checkAs<double>(reader, classes)
             : checkAs<float>(reader, classes);
}

} // namespace gradc::data

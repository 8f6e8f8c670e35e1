//===- DataSet.cpp - Samples with their targets ---------------------------===//

#include "gradc/Data/DataSet.h"
#include "gradc/Data/FileError.h"
#include <cfloat>
#include <cmath>

using namespace llvm;

namespace gradc::data {

// More classes than any label file means; a larger label is damage.
static constexpr int64_t kMostClasses = 1'000'000;

template <typename... Texts>
static Error dataError(StringRef file, Texts &&...texts) {
  return makeError(FileError::Kind::Data, file, std::forward<Texts>(texts)...);
}

/// The first element that no float32 can hold, or -1.
template <typename T> static int64_t findUnusable(ArrayRef<T> values) {
  const size_t chunk = 4096;
  for (size_t begin = 0; begin < values.size(); begin += chunk) {
    ArrayRef<T> part = values.slice(begin).take_front(chunk);
    // Without a way out the loop becomes vector code. NaN compares false.
    unsigned bad = 0;
    for (T value : part)
      bad += !(std::fabs(value) <= T(FLT_MAX));
    if (!bad)
      continue;
    for (size_t i = 0;; ++i)
      if (!(std::fabs(part[i]) <= T(FLT_MAX)))
        return begin + i;
  }
  return -1;
}

static Error checkFinite(const Array &array, StringRef file) {
  int64_t index =
      array.type == ElementType::F32   ? findUnusable(array.as<float>())
      : array.type == ElementType::F64 ? findUnusable(array.as<double>())
                                       : -1;
  if (index < 0)
    return Error::success();
  double value = array.getElement(index);
  int64_t width = array.getRowWidth();
  std::string text = std::isnan(value)   ? "NaN"
                     : std::isinf(value) ? (value < 0 ? "-Inf" : "Inf")
                                         : "a number beyond float32";
  return dataError(file, text,
                   "row " + Twine(index / width) + ", column " +
                       Twine(index % width));
}

static int64_t getLabel(const Array &labels, int64_t item) {
  if (labels.type == ElementType::I64)
    return labels.as<int64_t>()[item];
  return static_cast<int64_t>(labels.getElement(item));
}

/// Checks the labels and counts the classes.
static Error readLabels(DataSet &data) {
  for (int64_t item = 0; item < data.count; ++item) {
    int64_t label = getLabel(data.targets, item);
    std::string place = ("item " + Twine(item)).str();
    if (label < 0)
      return dataError(data.targetsFile, "negative label " + Twine(label),
                       place);
    if (label >= kMostClasses)
      return dataError(data.targetsFile,
                       "label " + Twine(label) + " is beyond " +
                           Twine(kMostClasses) + " classes",
                       place);
    data.classes = std::max(data.classes, label + 1);
  }
  return Error::success();
}

static Error checkShapes(const DataSet &data) {
  const Array &inputs = data.inputs, &targets = data.targets;
  if (inputs.shape.empty() || inputs.getNumElements() == 0)
    return dataError(data.inputsFile, "has no samples: its shape is " +
                                          formatShape(inputs.shape));
  bool isFloatTarget = isFloat(targets.type);
  size_t rank = targets.shape.size();
  if (rank != 1 && !(isFloatTarget && rank == 2))
    return dataError(data.targetsFile,
                     Twine("targets of type ") + getElementName(targets.type) +
                         " and shape " + formatShape(targets.shape) +
                         "; one integer label a sample or real numbers [count" +
                         ", width] are wanted" +
                         (inputs.shape.size() == 1 && rank > 1
                              ? "; are inputs and targets exchanged?"
                              : ""));
  if (inputs.getNumRows() != targets.getNumRows())
    return dataError(data.inputsFile,
                     "has " + Twine(inputs.getNumRows()) + " samples, but " +
                         data.targetsFile + " has " +
                         Twine(targets.getNumRows()) + " targets");
  if (targets.getNumElements() == 0)
    return dataError(data.targetsFile, "has no targets: its shape is " +
                                           formatShape(targets.shape));
  return Error::success();
}

Expected<DataSet> makeDataSet(Array inputs, StringRef inputsFile, Array targets,
                              StringRef targetsFile, StringRef description) {
  DataSet data;
  data.inputs = std::move(inputs);
  data.targets = std::move(targets);
  data.inputsFile = inputsFile.str();
  data.targetsFile = targetsFile.str();
  data.description = description.str();
  if (Error error = checkShapes(data))
    return error;
  data.count = data.inputs.getNumRows();
  if (Error error = checkFinite(data.inputs, inputsFile))
    return error;
  data.targetsAreClasses = !isFloat(data.targets.type);
  if (Error error = data.targetsAreClasses
                        ? readLabels(data)
                        : checkFinite(data.targets, targetsFile))
    return error;
  return data;
}

Error checkTargets(const DataSet &data, TargetForm form, int64_t width) {
  if (!data.targetsAreClasses) {
    if (form != TargetForm::Real)
      return dataError(data.targetsFile,
                       "holds real targets where class labels are wanted");
    if (data.getTargetWidth() != width)
      return dataError(data.targetsFile,
                       "a target has " + Twine(data.getTargetWidth()) +
                           " values; the net gives " + Twine(width));
    return Error::success();
  }
  if (form == TargetForm::Real) {
    if (width == 1)
      return Error::success();
    return dataError(data.targetsFile,
                     "a label is one value; the net gives " + Twine(width));
  }
  if (data.classes <= width)
    return Error::success();
  for (int64_t item = 0; item < data.count; ++item)
    if (int64_t label = getLabel(data.targets, item); label >= width)
      return dataError(data.targetsFile,
                       "label " + Twine(label) + " is out of range: the net " +
                           "tells " + Twine(width) + " classes apart",
                       "item " + Twine(item));
  return Error::success(); // a drawn source may lack some of its classes
}

} // namespace gradc::data

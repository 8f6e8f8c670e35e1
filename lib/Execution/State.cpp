//===- State.cpp - The memory of a network --------------------------------===//

#include "gradc/Execution/State.h"

#include "gradc/Data/FileError.h"
#include "llvm/ADT/StringExtras.h"
#include <cmath>
#include <cstring>
#include <sys/mman.h>

using namespace llvm;

namespace gradc {

static constexpr int64_t kAlignment = 64;
static constexpr StringLiteral kOwner = "the network";

Expected<Block> Block::allocate(int64_t bytes) {
  if (Error error = data::checkMemory(kOwner, bytes))
    return error;
  // In large pages, where they fill some: a matrix of a thousand columns has a
  // row a page, and finding small pages would take longer than reading them.
  constexpr int64_t largePage = int64_t(2) << 20;
  bool isLarge = bytes >= 2 * largePage;
  int64_t alignment = isLarge ? largePage : kAlignment;
  int64_t rounded = (bytes + kAlignment - 1) / kAlignment * kAlignment;
  Block block;
  block.memory.reset(std::aligned_alloc(alignment, (rounded + alignment - 1) /
                                                       alignment * alignment));
  if (isLarge && block.data())
    madvise(block.data(), rounded, MADV_HUGEPAGE); // a wish: small ones do too
  if (!block.data() && bytes != 0)
    return data::makeError(data::FileError::Kind::Resource, kOwner,
                           "cannot get " + Twine(bytes) + " bytes of memory");
  if (rounded != 0)
    std::memset(block.data(), 0, rounded);
  block.bytes = bytes;
  return block;
}

static bool isOptimizerState(const TensorPlace &place) {
  return place.kind == "state";
}

static char *getAddress(const TensorPlace &place, const Block &state) {
  return static_cast<char *>(state.data()) + place.offset;
}

std::vector<data::NamedTensor>
readVariables(const Program &program, const Block &state, bool withOptimizer) {
  std::vector<data::NamedTensor> tensors;
  tensors.reserve(program.variables.size());
  for (const TensorPlace &place : program.variables) {
    if (isOptimizerState(place) && !withOptimizer)
      continue;
    data::Array array(place.isF64 ? data::ElementType::F64
                                  : data::ElementType::F32,
                      place.shape);
    std::memcpy(array.bytes.data(), getAddress(place, state),
                place.getNumBytes());
    tensors.push_back({place.name, std::move(array)});
  }
  return tensors;
}

/// What is wrong with `tensor` for `place`, or an empty string.
static std::string findMismatch(const TensorPlace &place,
                                const data::Array &array) {
  if (!data::isFloat(array.type))
    return ("'" + place.name + "' holds " + data::getElementName(array.type) +
            " instead of floats")
        .str();
  if (array.shape != place.shape)
    return "'" + place.name + "' is " + data::formatShape(array.shape) +
           ", but the network's is " + data::formatShape(place.shape);
  return "";
}

template <typename T>
static void copyElements(const data::Array &array, char *address) {
  T *elements = reinterpret_cast<T *>(address);
  for (int64_t i = 0, e = array.getNumElements(); i < e; ++i)
    elements[i] = static_cast<T>(array.getElement(i));
}

Error writeVariables(const Program &program, const Block &state, StringRef file,
                     const std::vector<data::NamedTensor> &tensors) {
  StringMap<const data::Array *> byName;
  for (const data::NamedTensor &tensor : tensors)
    byName[tensor.name] = &tensor.array;
  std::vector<std::string> problems;
  for (const TensorPlace &place : program.variables) {
    const data::Array *array = byName.lookup(place.name);
    if (!array && !isOptimizerState(place))
      problems.push_back("'" + place.name + "' is missing");
    else if (array)
      if (std::string text = findMismatch(place, *array); !text.empty())
        problems.push_back(std::move(text));
  }
  StringMap<const TensorPlace *> known;
  for (const TensorPlace &place : program.variables)
    known[place.name] = &place;
  for (const data::NamedTensor &tensor : tensors)
    if (!known.contains(tensor.name))
      problems.push_back("the network has no " + data::quote(tensor.name));
  if (!problems.empty())
    return data::makeError(data::FileError::Kind::Weights, file,
                           "does not fit the network: " + join(problems, "; "));
  for (const data::NamedTensor &tensor : tensors)
    for (int64_t i = 0, e = tensor.array.getNumElements(); i < e; ++i)
      if (!std::isfinite(tensor.array.getElement(i)))
        return data::makeError(data::FileError::Kind::Weights, file,
                               data::quote(tensor.name) +
                                   " holds a number that is not finite",
                               "element " + Twine(i));
  // Nothing is written before all of it is known to fit.
  for (const data::NamedTensor &tensor : tensors) {
    const TensorPlace &place = *known[tensor.name];
    if (place.isF64)
      copyElements<double>(tensor.array, getAddress(place, state));
    else
      copyElements<float>(tensor.array, getAddress(place, state));
  }
  return Error::success();
}

template <typename T> static bool isFinite(const char *address, int64_t count) {
  const T *elements = reinterpret_cast<const T *>(address);
  // x * 0 is 0 for every finite x, else NaN. Sums of it have no way out early,
  // so that the loop becomes vector code.
  T sums[16] = {};
  int64_t i = 0;
  for (; i + 16 <= count; i += 16)
    for (int64_t lane = 0; lane < 16; ++lane)
      sums[lane] += elements[i + lane] * T(0);
  for (; i < count; ++i)
    sums[0] += elements[i] * T(0);
  for (int64_t lane = 1; lane < 16; ++lane)
    sums[0] += sums[lane];
  return sums[0] == T(0);
}

std::string findNonFinite(const Program &program, const Block &state) {
  for (const TensorPlace &place : program.variables) {
    const char *address = getAddress(place, state);
    int64_t count = place.getNumElements();
    if (!(place.isF64 ? isFinite<double>(address, count)
                      : isFinite<float>(address, count)))
      return place.name;
  }
  return "";
}

} // namespace gradc

//===- DigitsSource.cpp - Drawn digits as a source and as files -----------===//

#include "Sources.h"
#include "gradc/Data/Digits.h"
#include "gradc/Data/FileError.h"
#include "gradc/Data/Idx.h"
#include "gradc/Data/OutputFile.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <fmt/format.h>

using namespace llvm;

namespace gradc::data {

static Expected<DataSet> loadDigits(const SourceRequest &request) {
  int64_t count = request.options.lookup("count");
  if (Error error =
          checkMemory("digits", uint64_t(count) * kDigitSize * kDigitSize))
    return error;
  return drawDigits(0, count, request.options.lookup("seed"));
}

SourceKind getDigitsSource() {
  static constexpr SourceOption options[] = {makeCountOption(10000),
                                             kSeedOption};
  return {"digits",
          "handwritten digits drawn by gradc, 28 x 28 pixels; not "
          "MNIST",
          0,
          options,
          true,
          loadDigits,
          /*givesImages=*/true};
}

static std::string formatReadme(int64_t trainCount, int64_t testCount,
                                uint64_t seed) {
  return fmt::format(
      "These are not MNIST.\n\n"
      "gradc drew these digits (seed {0}): strokes as polylines, with random "
      "slant,\nrotation, size, wobble, width and noise; {1} for training and "
      "{2} for testing. The\nfiles have the names and the format (IDX) of "
      "MNIST's, so that other tools read\nthem. Results on them cannot be "
      "compared with results on MNIST.\n\n"
      "Made by: gradc data digits --count={1} --seed={0}\n",
      seed, trainCount, testCount);
}

/// The path of a file to write; an error where it must not be replaced.
static Expected<std::string> placeFile(StringRef folder, StringRef name,
                                       bool overwrite) {
  SmallString<128> path = folder;
  sys::path::append(path, name);
  if (!overwrite && sys::fs::exists(path))
    return makeError(FileError::Kind::Resource, path, "exists already");
  return path.str().str();
}

Error writeDigits(StringRef folder, int64_t trainCount, int64_t testCount,
                  uint64_t seed, bool overwrite) {
  if (std::error_code code = sys::fs::create_directories(folder))
    return makeError(FileError::Kind::Resource, folder,
                     "cannot make this folder: " + code.message());
  // All names are looked at before a file is written.
  static constexpr const char *names[] = {
      "train-images-idx3-ubyte", "train-labels-idx1-ubyte",
      "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte", "README"};
  SmallVector<std::string> paths;
  for (const char *name : names) {
    Expected<std::string> path = placeFile(folder, name, overwrite);
    if (!path)
      return path.takeError();
    paths.push_back(*path);
  }
  for (int part = 0; part < 2; ++part) {
    DataSet data = part == 0 ? drawDigits(0, trainCount, seed)
                             : drawDigits(trainCount, testCount, seed);
    if (Error error = writeIdx(paths[2 * part], data.inputs))
      return error;
    if (Error error = writeIdx(paths[2 * part + 1], data.targets))
      return error;
  }
  std::string readme = formatReadme(trainCount, testCount, seed);
  return writeFile(paths[4], {ArrayRef(readme.data(), readme.size())});
}

} // namespace gradc::data

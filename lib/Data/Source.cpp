//===- Source.cpp - The words after `source` and `test` -------------------===//

#include "gradc/Data/Source.h"
#include "Sources.h"
#include "gradc/Data/FileError.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <cmath>
#include <fmt/format.h>

using namespace llvm;

namespace gradc::data {

ArrayRef<SourceKind> sourceKinds() {
  static const SourceKind kinds[] = {
      getDigitsSource(), getSpiralsSource(), getCircleSource(),
      getBlobsSource(),  getUniformSource(), getSineSource(),
      getAddingSource(), getCopySource(),    getParitySource(),
      getIdxSource(),    getNpySource(),
  };
  return kinds;
}

const SourceKind *findSource(StringRef word) {
  const SourceKind *kind = find_if(
      sourceKinds(), [&](const SourceKind &k) { return k.word == word; });
  return kind != sourceKinds().end() ? kind : nullptr;
}

/// Refuses what the table does not allow.
static Error checkOptions(const SourceKind &kind,
                          const SourceRequest &request) {
  auto refuse = [&](const Twine &text) {
    return makeError(FileError::Kind::Data, kind.word, text);
  };
  if (request.files.size() != kind.files)
    return refuse("takes " + Twine(kind.files) + " files, not " +
                  Twine(request.files.size()));
  SmallVector<StringRef> names;
  for (const auto &given : request.options)
    names.push_back(given.getKey());
  llvm::sort(names); // the first error is then always the same
  for (StringRef name : names) {
    const SourceOption *option = find_if(
        kind.options, [&](const SourceOption &o) { return o.name == name; });
    if (option == kind.options.end())
      return refuse("has no option " + quote(name));
    double value = request.options.lookup(name);
    if (option->isInteger && value != std::floor(value))
      return refuse(
          fmt::format("{}={} is not a whole number", name.str(), value));
    if (!(value >= option->low && value <= option->high))
      return refuse(fmt::format("{}={} is not between {} and {}", name.str(),
                                value, option->low, option->high));
  }
  return Error::success();
}

Expected<DataSet> loadSource(const SourceKind &kind, SourceRequest request) {
  if (Error error = checkOptions(kind, request))
    return error;
  for (const SourceOption &option : kind.options)
    request.options.try_emplace(option.name, option.defaultValue);
  return kind.load(request);
}

Expected<std::string>
findDataFile(StringRef file, ArrayRef<std::string> directories, bool orGzip) {
  SmallVector<std::string, 2> names = {file.str()};
  if (orGzip)
    names.push_back(file.ends_with(".gz") ? file.drop_back(3).str()
                                          : file.str() + ".gz");
  SmallVector<std::string> tried;
  auto exists = [&](StringRef folder, StringRef name) {
    SmallString<128> path = folder;
    sys::path::append(path, name);
    tried.push_back(path.str().str());
    return sys::fs::exists(path);
  };
  bool isAbsolute = sys::path::is_absolute(file);
  std::vector<std::string> folders = directories.vec();
  if (isAbsolute || folders.empty())
    folders = {""};
  for (StringRef folder : folders)
    for (StringRef name : names)
      if (exists(folder, name))
        return tried.back();
  return makeError(FileError::Kind::MissingData, file,
                   "no such file; looked for " + join(tried, ", "));
}

} // namespace gradc::data

//===- RunDirectory.cpp - Where a training leaves what it made ------------===//

#include "gradc/Driver/RunDirectory.h"
#include "gradc/Data/FileError.h"
#include "gradc/Driver/DriverError.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <cerrno>
#include <sys/stat.h>
#include <unistd.h>

using namespace llvm;

namespace gradc {

static Error refuse(StringRef path, const Twine &why) {
  return data::makeError(data::FileError::Kind::Resource, path, why);
}

static Error refuse(StringRef path, std::error_code code) {
  return refuse(path, code.message());
}

static std::error_code getErrno() { return {errno, std::generic_category()}; }

/// What is there and no regular file: a device or a pipe can be written to.
static Error checkSpecial(StringRef path, const struct stat &status) {
  if (S_ISDIR(status.st_mode))
    return refuse(path, std::make_error_code(std::errc::is_a_directory));
  if (access(path.str().c_str(), W_OK) != 0)
    return refuse(path, getErrno());
  return Error::success();
}

Error checkNotSource(const Options &options, StringRef path) {
  if (options.input == "-" || !sys::fs::equivalent(options.input, path))
    return Error::success();
  return makeUsageError("'" + path.str() +
                        "' is the source: the output would overwrite it");
}

Error checkWritable(StringRef path) {
  std::string name = path.str();
  struct stat status;
  if (stat(name.c_str(), &status) == 0) {
    if (Error error = checkSpecial(path, status))
      return error;
    if (!S_ISREG(status.st_mode))
      return Error::success();
  } else if (lstat(name.c_str(), &status) == 0) {
    return refuse(path, "a link that leads nowhere");
  } else if (errno != ENOENT) {
    return refuse(path, getErrno());
  }
  // Rights alone do not tell whether the disk takes a new file.
  SmallString<128> trial(sys::path::parent_path(path));
  sys::path::append(trial, ".gradc-%%%%%%%%");
  int descriptor;
  SmallString<128> made;
  if (std::error_code code = sys::fs::createUniqueFile(trial, descriptor, made))
    return refuse(path, code);
  close(descriptor);
  unlink(made.c_str());
  return Error::success();
}

Expected<std::string> makeRunDirectory(StringRef folder, StringRef name,
                                       StringRef net) {
  if (std::error_code code = sys::fs::create_directories(folder))
    return refuse(folder, code);
  // Another run may take a number at the same time: making is asking.
  for (int64_t number = 1;; ++number) {
    SmallString<128> path(folder);
    sys::path::append(path,
                      name.empty() ? net + "-" + Twine(number) : Twine(name));
    std::error_code code =
        sys::fs::create_directory(path, /*IgnoreExisting=*/false);
    if (!code)
      return path.str().str();
    if (code != std::errc::file_exists || !name.empty())
      return refuse(path, code);
  }
}

} // namespace gradc

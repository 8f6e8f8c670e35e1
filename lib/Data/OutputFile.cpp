//===- OutputFile.cpp - Replacing a file at once or not at all ------------===//

#include "gradc/Data/OutputFile.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Errno.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace llvm;

namespace gradc::data {

static Error failure(StringRef path, const Twine &what, int number = errno) {
  return makeError(FileError::Kind::Resource, path,
                   what + ": " + sys::StrError(number));
}

static Error writePieces(int file, StringRef path,
                         ArrayRef<ArrayRef<char>> pieces) {
  for (ArrayRef<char> piece : pieces)
    while (!piece.empty()) {
      // Linux writes at most 2 GiB at once.
      size_t part = std::min<size_t>(piece.size(), 1 << 30);
      ssize_t count = ::write(file, piece.data(), part);
      if (count < 0 && errno == EINTR)
        continue;
      if (count < 0)
        return failure(path, "cannot write");
      piece = piece.drop_front(count);
    }
  return Error::success();
}

/// A device or a pipe keeps its name: it is written as it is.
static Error writeDirectly(StringRef path, ArrayRef<ArrayRef<char>> pieces) {
  int file = ::open(path.str().c_str(), O_WRONLY | O_CLOEXEC);
  if (file < 0)
    return failure(path, "cannot open for writing");
  Error error = writePieces(file, path, pieces);
  if (::close(file) != 0 && !error)
    return failure(path, "cannot close");
  return error;
}

static Error syncFolder(StringRef path, const char *folder) {
  int file = ::open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0)
    return failure(path, "written, but cannot open its folder to sync it");
  int status = ::fsync(file), number = errno;
  ::close(file);
  // Some file systems cannot sync a folder and say so; then nothing is lost.
  if (status != 0 && number != EINVAL)
    return failure(path, "written, but cannot sync its folder", number);
  return Error::success();
}

/// Fills, syncs and closes the temporary file. A failed sync stays a failure:
/// a second one would report success for pages that were dropped.
static Error fillTemporary(int file, StringRef path, unsigned mode,
                           ArrayRef<ArrayRef<char>> pieces) {
  Error error = writePieces(file, path, pieces);
  if (!error && mode && ::fchmod(file, mode) != 0)
    error = failure(path, "cannot set the permissions");
  if (!error && ::fsync(file) != 0)
    error = failure(path, "cannot sync");
  if (::close(file) != 0 && !error)
    error = failure(path, "cannot close");
  return error;
}

/// Puts a new file at `target`, which messages call `path`.
static Error replace(StringRef path, StringRef target, unsigned mode,
                     ArrayRef<ArrayRef<char>> pieces) {
  SmallString<128> folder = sys::path::parent_path(target), model = folder;
  sys::path::append(model, "." + sys::path::filename(target) + ".%%%%%%.tmp");
  SmallString<128> temporary;
  int file;
  if (std::error_code code = sys::fs::createUniqueFile(model, file, temporary))
    return makeError(FileError::Kind::Resource, path,
                     "cannot create a file in its folder: " + code.message());
  if (Error error = fillTemporary(file, path, mode, pieces)) {
    ::unlink(temporary.c_str());
    return error;
  }
  if (::rename(temporary.c_str(), target.str().c_str()) != 0) {
    Error error = failure(path, "cannot put the new file in its place");
    ::unlink(temporary.c_str());
    return error;
  }
  return syncFolder(path, folder.empty() ? "." : folder.c_str());
}

Error writeFile(StringRef path, ArrayRef<ArrayRef<char>> pieces) {
  struct stat status;
  std::string name = path.str();
  if (::stat(name.c_str(), &status) != 0) {
    if (errno != ENOENT)
      return failure(path, "cannot write");
    if (sys::fs::is_symlink_file(path))
      return failure(path, "is a link to nowhere", ENOENT);
    return replace(path, path, /*mode=*/0, pieces);
  }
  if (S_ISDIR(status.st_mode))
    return failure(path, "cannot write", EISDIR);
  if (!S_ISREG(status.st_mode))
    return writeDirectly(path, pieces);
  // A link stays a link: the file it leads to is replaced.
  SmallString<128> target;
  if (std::error_code code = sys::fs::real_path(path, target))
    return makeError(FileError::Kind::Resource, path, code.message());
  return replace(path, target, status.st_mode & 07777, pieces);
}

} // namespace gradc::data

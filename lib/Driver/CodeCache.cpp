//===- CodeCache.cpp - Programs kept from one run to the next -------------===//

#include "gradc/Driver/CodeCache.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

using namespace llvm;

namespace gradc {

static constexpr StringLiteral kSuffix = ".program", kTemporary = ".tmp";
/// Nothing that a run left half-written is still being written after that.
static constexpr time_t kStaleSeconds = 3600;
/// No program is as long as that.
static constexpr off_t kMostBytes = off_t(1) << 30;

std::string getCacheFolder(StringRef setting) {
  const char *named = std::getenv("GRADC_CACHE_DIR");
  if (setting.empty() && named)
    setting = named;
  if (!setting.empty())
    return setting == "off" ? "" : setting.str();
  SmallString<128> folder;
  const char *cache = std::getenv("XDG_CACHE_HOME");
  if (cache && sys::path::is_absolute(cache)) // as its specification has it
    folder = cache;
  else if (sys::path::home_directory(folder) && sys::path::is_absolute(folder))
    sys::path::append(folder, ".cache");
  else
    return "";
  sys::path::append(folder, "gradc");
  return folder.str().str();
}

std::string CodeCache::getPath(const ProgramKey &key) const {
  SmallString<128> path(folder);
  sys::path::append(path, toHex(key, /*LowerCase=*/true) + kSuffix);
  return path.str().str();
}

//===----------------------------------------------------------------------===//
// Finding
//===----------------------------------------------------------------------===//

namespace {
/// A descriptor that is closed at the end; negative where there is none.
struct OpenFile {
  int number;
  ~OpenFile() {
    if (number >= 0)
      ::close(number);
  }
};
} // namespace

/// What is in a file, unless somebody else could have written it: it is code.
static std::optional<std::string> readOwnFile(int file) {
  struct stat status;
  if (::fstat(file, &status) != 0 || !S_ISREG(status.st_mode) ||
      status.st_uid != ::geteuid() || (status.st_mode & (S_IWGRP | S_IWOTH)) ||
      status.st_size > kMostBytes)
    return std::nullopt;
  std::string bytes(status.st_size, '\0');
  for (size_t done = 0; done < bytes.size();) {
    ssize_t count = ::read(file, bytes.data() + done, bytes.size() - done);
    if (count <= 0 && !(count < 0 && errno == EINTR))
      return std::nullopt;
    done += std::max<ssize_t>(count, 0);
  }
  return bytes;
}

std::optional<Program> CodeCache::find(const ProgramKey &key) const {
  if (!isOn())
    return std::nullopt;
  // A pipe in its place must not make us wait.
  OpenFile file{::open(getPath(key).c_str(),
                       O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)};
  if (file.number < 0)
    return std::nullopt;
  std::optional<std::string> bytes = readOwnFile(file.number);
  std::optional<Program> program =
      bytes ? readProgram(*bytes, key) : std::nullopt;
  if (program) // used now: it leaves late
    (void)::futimens(file.number, nullptr);
  return program;
}

//===----------------------------------------------------------------------===//
// Keeping
//===----------------------------------------------------------------------===//

/// Whether all of `bytes` are in `file`.
static bool writeAll(const OpenFile &file, StringRef bytes) {
  while (!bytes.empty()) {
    ssize_t count = ::write(file.number, bytes.data(), bytes.size());
    if (count < 0 && errno != EINTR)
      return false;
    bytes = bytes.drop_front(std::max<ssize_t>(count, 0));
  }
  return true;
}

/// The file appears at `path` whole. It is not synced: what a crash of the
/// machine leaves of it has a wrong checksum.
static bool writeAtOnce(const std::string &path, StringRef bytes) {
  std::string temporary = path + (".XXXXXX" + kTemporary).str();
  // Readable by its owner alone.
  OpenFile file{
      ::mkostemps(temporary.data(), int(kTemporary.size()), O_CLOEXEC)};
  if (file.number < 0)
    return false;
  if (writeAll(file, bytes) && ::rename(temporary.c_str(), path.c_str()) == 0)
    return true;
  ::unlink(temporary.c_str());
  return false;
}

namespace {
struct KeptFile {
  std::string path;
  uint64_t bytes;
  sys::TimePoint<> lastUse;
};
} // namespace

/// The programs in `folder`; removes what was never finished.
static std::vector<KeptFile> listFiles(StringRef folder) {
  std::vector<KeptFile> files;
  std::error_code code;
  sys::TimePoint<> stale =
      std::chrono::system_clock::now() - std::chrono::seconds(kStaleSeconds);
  for (sys::fs::directory_iterator it(folder, code, false), end;
       !code && it != end; it.increment(code)) {
    StringRef path = it->path();
    bool isTemporary =
        path.ends_with(kTemporary) && path.contains((kSuffix + ".").str());
    ErrorOr<sys::fs::basic_file_status> status = it->status();
    if (!status || !(isTemporary || path.ends_with(kSuffix)))
      continue;
    if (!isTemporary)
      files.push_back(
          {path.str(), status->getSize(), status->getLastModificationTime()});
    else if (status->getLastModificationTime() < stale)
      ::unlink(it->path().c_str());
  }
  return files;
}

static void removeOldest(StringRef folder, uint64_t limit) {
  std::vector<KeptFile> files = listFiles(folder);
  uint64_t sum = 0;
  for (const KeptFile &file : files)
    sum += file.bytes;
  if (sum <= limit)
    return;
  llvm::sort(files, [](const KeptFile &a, const KeptFile &b) {
    return a.lastUse < b.lastUse;
  });
  for (const KeptFile &file : files) {
    if (sum <= limit)
      return;
    if (::unlink(file.path.c_str()) == 0)
      sum -= file.bytes;
  }
}

void CodeCache::keep(const ProgramKey &key, const Program &program,
                     uint64_t limit) const {
  if (!isOn() ||
      sys::fs::create_directories(folder, true, sys::fs::owner_all) ||
      !writeAtOnce(getPath(key), writeProgram(program, key)))
    return;
  removeOldest(folder, limit);
}

} // namespace gradc

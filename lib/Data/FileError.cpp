//===- FileError.cpp - What is wrong with a file, and where ---------------===//

#include "gradc/Data/FileError.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"
#include <algorithm>
#include <cstdlib>
#include <sys/resource.h>
#include <unistd.h>

using namespace llvm;

namespace gradc::data {

char FileError::ID = 0;

int FileError::getExitCode() const {
  switch (kind) {
  case Kind::Data:
  case Kind::MissingData:
    return 4;
  case Kind::Weights:
    return 5;
  case Kind::Resource:
    return 7;
  }
  return 70;
}

void FileError::log(raw_ostream &os) const { os << text; }

std::error_code FileError::convertToErrorCode() const {
  return inconvertibleErrorCode();
}

/// Bytes that would break the line or move the cursor, as `\0A`.
static std::string escaped(StringRef text) {
  std::string result;
  for (unsigned char c : text) {
    if (c >= 0x20 && c != 0x7f) {
      result += c;
      continue;
    }
    result += '\\';
    result += hexdigit(c >> 4);
    result += hexdigit(c & 15);
  }
  return result;
}

Error makeError(FileError::Kind kind, StringRef file, const Twine &text,
                const Twine &place) {
  std::string line = escaped(file) + ": " + text.str();
  if (std::string where = place.str(); !where.empty())
    line += " (" + where + ")";
  return make_error<FileError>(kind, std::move(line));
}

std::string quote(StringRef text) {
  const size_t limit = 60;
  // Cut, the text may end within a character: its first byte goes too.
  StringRef kept = text.take_front(limit);
  if (kept.size() < text.size())
    while (!kept.empty() && (text[kept.size()] & 0xc0) == 0x80)
      kept = kept.drop_back();
  return "'" + escaped(kept) + (kept.size() < text.size() ? "...'" : "'");
}

Error checkMemory(StringRef file, uint64_t bytes) {
  uint64_t most = UINT64_MAX;
  long pages = sysconf(_SC_PHYS_PAGES), pageSize = sysconf(_SC_PAGESIZE);
  if (pages > 0 && pageSize > 0)
    most = uint64_t(pages) * uint64_t(pageSize);
  rlimit limit;
  if (getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY)
    most = std::min<uint64_t>(most, limit.rlim_cur);
  if (bytes > most)
    return makeError(FileError::Kind::Resource, file,
                     "needs " + Twine(bytes) + " bytes of memory; there are " +
                         Twine(most));
  // Containers end the program where memory is short; asking first does not.
  void *probe = bytes > (1 << 20) ? std::malloc(bytes) : std::malloc(1);
  if (!probe)
    return makeError(FileError::Kind::Resource, file,
                     "cannot get " + Twine(bytes) + " bytes of memory");
  std::free(probe);
  return Error::success();
}

} // namespace gradc::data

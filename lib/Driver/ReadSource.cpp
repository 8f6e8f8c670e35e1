//===- ReadSource.cpp - The bytes of a .net file --------------------------===//

#include "ReadSource.h"
#include "gradc/Diagnostics/Characters.h"
#include "gradc/Driver/DriverError.h"

#include "llvm/ADT/ScopeExit.h"
#include <cerrno>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

using namespace llvm;

namespace gradc {

/// A device may never end.
static constexpr size_t maxSourceBytes = size_t(1) << 30;

Expected<std::unique_ptr<MemoryBuffer>> readSource(StringRef path) {
  auto refuse = [&](int number) {
    return makeDriverError(ExitCode::Usage,
                           "cannot read '" + showText(path) +
                               "': " + std::generic_category().message(number));
  };
  bool isStandardInput = path == "-";
  int file =
      isStandardInput ? 0 : open(path.str().c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0)
    return refuse(errno);
  llvm::scope_exit close([&] {
    if (!isStandardInput)
      ::close(file);
  });
  std::string text;
  char buffer[1 << 16];
  while (ssize_t size = read(file, buffer, sizeof(buffer))) {
    if (size < 0 && errno == EINTR)
      continue;
    if (size < 0)
      return refuse(errno);
    text.append(buffer, size);
    if (text.size() > maxSourceBytes)
      return refuse(EFBIG);
  }
  return MemoryBuffer::getMemBufferCopy(text,
                                        isStandardInput ? "<stdin>" : path);
}

} // namespace gradc

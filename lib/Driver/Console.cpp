//===- Console.cpp - What the terminal can show ---------------------------===//

#include "gradc/Driver/Console.h"
#include "gradc/Driver/DriverError.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Process.h"
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

using namespace llvm;

namespace gradc {

void Output::write(StringRef text) {
  while (!text.empty() && failure == 0) {
    ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written >= 0)
      text = text.drop_front(written);
    else if (errno != EINTR && errno != EAGAIN)
      failure = errno;
  }
}

bool Output::isBrokenPipe() const { return failure == EPIPE; }

Error Output::takeError() {
  if (failure == 0)
    return Error::success();
  if (isBrokenPipe())
    return makeReportedError(ExitCode::Resource);
  return makeDriverError(ExitCode::Resource,
                         "standard output: " +
                             std::generic_category().message(failure));
}

static StringRef getVariable(const char *name) {
  const char *value = std::getenv(name);
  return value ? value : "";
}

static bool hasColor(ColorMode mode, bool isTerminal) {
  if (mode != ColorMode::Auto)
    return mode == ColorMode::Always;
  if (!getVariable("NO_COLOR").empty())
    return false;
  StringRef force = getVariable("CLICOLOR_FORCE");
  if (!force.empty() && force != "0")
    return true;
  StringRef terminal = getVariable("TERM");
  return isTerminal && !terminal.empty() && terminal != "dumb";
}

/// Whether the first of the variables that say so names UTF-8.
static bool isUTF8Environment() {
  for (const char *name : {"LC_ALL", "LC_CTYPE", "LANG"})
    if (StringRef value = getVariable(name); !value.empty())
      return value.contains_insensitive("utf-8") ||
             value.contains_insensitive("utf8");
  return false;
}

Console Console::detect(ColorMode mode) {
  Console console;
  console.outIsTerminal = isatty(1);
  console.errorIsTerminal = isatty(2);
  console.outHasColor = hasColor(mode, console.outIsTerminal);
  console.errorHasColor = hasColor(mode, console.errorIsTerminal);
  console.isUTF8 = isUTF8Environment();
  if (unsigned columns = sys::Process::StandardErrColumns())
    console.columns = columns;
  return console;
}

std::string paint(StringRef text, Color color, bool isOn) {
  if (!isOn)
    return text.str();
  const char *codes[] = {"\x1b[32m", "\x1b[33m", "\x1b[1;31m"};
  return codes[unsigned(color)] + text.str() + "\x1b[0m";
}

void protectStreams() {
  // Opened the wrong way round: reads and writes go on failing as they should.
  for (int descriptor = 0; descriptor < 3; ++descriptor)
    if (fcntl(descriptor, F_GETFD) == -1 && errno == EBADF)
      (void)open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY);
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
}

} // namespace gradc

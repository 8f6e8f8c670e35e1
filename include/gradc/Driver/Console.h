//===- Console.h - What the terminal can show -------------------*- C++ -*-===//

#ifndef GRADC_DRIVER_CONSOLE_H
#define GRADC_DRIVER_CONSOLE_H

#include "gradc/Driver/Options.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

namespace gradc {

/// A file descriptor that results are written to. Each write goes out at once;
/// one that fails is remembered.
class Output {
public:
  explicit Output(int descriptor) : descriptor(descriptor) {}

  void write(llvm::StringRef text);
  bool hasFailed() const { return failure != 0; }
  /// Whether the reader has gone away, as `head` does.
  bool isBrokenPipe() const;
  /// What was lost, as a DriverError: `Resource`, without a message where the
  /// reader went away.
  llvm::Error takeError();

private:
  int descriptor;
  int failure = 0; ///< errno of the first write that failed
};

/// What the two streams show: results on standard output, the bar on standard
/// error.
struct Console {
  bool outIsTerminal = false, errorIsTerminal = false;
  bool outHasColor = false, errorHasColor = false;
  bool isUTF8 = false;   ///< the language of the environment
  unsigned columns = 80; ///< of standard error
  Output out{1}, error{2};

  /// Asks the environment. Colour: `mode`, then NO_COLOR, CLICOLOR_FORCE, and
  /// whether the stream is a terminal that is not dumb.
  static Console detect(ColorMode mode);
};

/// Text in a colour where `isOn`; the text alone otherwise.
enum class Color { Green, Yellow, Red };
std::string paint(llvm::StringRef text, Color color, bool isOn);

/// Opens what is missing of the three standard descriptors, so that no file of
/// ours takes their number, and leaves failing writes to those who write.
void protectStreams();

} // namespace gradc

#endif // GRADC_DRIVER_CONSOLE_H

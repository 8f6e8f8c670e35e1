//===- DriverError.h - Why gradc ends early ---------------------*- C++ -*-===//

#ifndef GRADC_DRIVER_DRIVERERROR_H
#define GRADC_DRIVER_DRIVERERROR_H

#include "llvm/ADT/Twine.h"
#include "llvm/Support/Error.h"
#include <string>
#include <vector>

namespace gradc {

/// What gradc returns to the shell. A signal gives 128 and its number.
enum class ExitCode {
  Success = 0,
  CheckFailed = 1, ///< a check that the user asked for
  Usage = 2,       ///< the command line, or the source cannot be read
  Source = 3,
  Data = 4,
  Weights = 5,
  Diverged = 6,
  Resource = 7, ///< also output that was lost
  Internal = 70,
};

/// An exit code and what to say about it. Without a message it is known
/// already: a diagnostic was shown.
class DriverError : public llvm::ErrorInfo<DriverError> {
public:
  DriverError(int exitCode, std::string message,
              std::vector<std::string> notes = {}, bool showsUsage = false)
      : exitCode(exitCode), text(std::move(message)), notes(std::move(notes)),
        showsUsage(showsUsage) {}

  int getExitCode() const { return exitCode; }
  const std::vector<std::string> &getNotes() const { return notes; }
  /// Whether a line on how to call gradc belongs to it.
  bool getShowsUsage() const { return showsUsage; }
  std::string message() const override { return text; }

  void log(llvm::raw_ostream &os) const override;
  std::error_code convertToErrorCode() const override;
  static char ID;

private:
  int exitCode;
  std::string text;
  std::vector<std::string> notes;
  bool showsUsage;
};

/// A mistake on the command line.
llvm::Error makeUsageError(const llvm::Twine &text);
llvm::Error makeDriverError(ExitCode exitCode, const llvm::Twine &text,
                            std::vector<std::string> notes = {});
/// The end after diagnostics that were shown.
llvm::Error makeReportedError(ExitCode exitCode);

} // namespace gradc

#endif // GRADC_DRIVER_DRIVERERROR_H

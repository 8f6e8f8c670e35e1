//===- Options.h - What the command line asks for ---------------*- C++ -*-===//

#ifndef GRADC_DRIVER_OPTIONS_H
#define GRADC_DRIVER_OPTIONS_H

#include "gradc/Import/Elaborate.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace llvm {
class raw_ostream;
} // namespace llvm

namespace gradc {

enum class Verb { Train, Predict, Check, Summary, Data };
enum class ColorMode { Auto, Always, Never };
enum class ProgressMode { Auto, Bar, Line, None };

/// `path=value` of `--set`, and the option that asked for it.
struct Setting {
  std::string option, path, value;
};

struct Options {
  /// `--help`, `--help-hidden` and `--version` end before anything is done.
  enum class Show { Nothing, Help, HiddenHelp, Version };
  Show show = Show::Nothing;
  Verb verb = Verb::Train;
  std::string input; ///< `-`: standard input; of `data`, the data set

  std::string stage = "run"; ///< -emit=
  std::string output;        ///< -o; empty: not given
  bool isF64 = false;
  unsigned level = 2;
  std::string cpu = "native";
  bool syntaxOnly = false;
  std::string cache; ///< a folder, or `off`; empty: as the environment has it

  std::vector<ParamSetting> params;  ///< -D
  std::vector<Setting> settings;     ///< --set, --epochs and the like
  std::vector<std::string> remedies; ///< --with, but for those among `settings`
  std::string data;

  std::optional<uint64_t> seed; ///< also among `settings`
  int64_t threads = 1;
  std::string weights, gradients;    ///< --weights=, --dump-gradients=
  std::optional<int64_t> watchEvery; ///< 0: never
  std::optional<int64_t> dryRun;     ///< batches to go over; none: train
  bool failOnNaN = false;
  std::string runFolder = "runs", runName;

  bool allElements = false; ///< of `gradc check`
  int64_t count = 60000;    ///< of `gradc data`
  bool force = false;

  ProgressMode progress = ProgressMode::Auto;
  ColorMode color = ColorMode::Auto;
  std::string log; ///< empty: none; `-`: standard output
  bool jsonDiagnostics = false;
  bool quiet = false, verbose = false, timeReport = false;
  std::vector<std::string> mlirOptions; ///< as LLVM's own parser takes them
};

/// Reads the command line, without the name of the program, into `options`. An
/// error is a DriverError with `Usage`; what was read until then is there.
llvm::Error parseOptions(llvm::ArrayRef<const char *> arguments,
                         Options &options);

void printHelp(llvm::raw_ostream &os, bool showHidden);
/// One line, for the end of a message about a mistake.
extern const char *const usageLine;

} // namespace gradc

#endif // GRADC_DRIVER_OPTIONS_H

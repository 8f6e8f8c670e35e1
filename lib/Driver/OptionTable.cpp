//===- OptionTable.cpp - The table of Options.td, and the help ------------===//

#include "OptionTable.h"

#include "gradc/Driver/Compile.h"
#include "llvm/Option/Option.h"
#include <fmt/format.h>

using namespace llvm;
using namespace llvm::opt;

namespace gradc {

#define OPTTABLE_STR_TABLE_CODE
#include "gradc/Driver/Options.inc"
#undef OPTTABLE_STR_TABLE_CODE

#define OPTTABLE_PREFIXES_TABLE_CODE
#include "gradc/Driver/Options.inc"
#undef OPTTABLE_PREFIXES_TABLE_CODE

static constexpr OptTable::Info optionInfos[] = {
#define OPTION(...) LLVM_CONSTRUCT_OPT_INFO(__VA_ARGS__),
#include "gradc/Driver/Options.inc"
#undef OPTION
};

namespace {
class GradcOptionTable : public GenericOptTable {
public:
  GradcOptionTable()
      : GenericOptTable(OptionStrTable, OptionPrefixesTable, optionInfos) {
    setDashDashParsing(true);
  }
};
} // namespace

const OptTable &getOptionTable() {
  static const GradcOptionTable table;
  return table;
}

ArrayRef<VerbInfo> getVerbs() {
  static constexpr VerbInfo verbs[] = {
      {"train", "<model.net>", "train (what plain `gradc model.net` does)",
       Verb::Train},
      {"predict", "<model.net>",
       "outputs for --data=<file> (.npy, IDX), to -o <file.npy>",
       Verb::Predict},
      {"check", "<model.net>", "every gradient against differences in f64",
       Verb::Check},
      {"summary", "<model.net>", "table of layers, shapes and parameters",
       Verb::Summary},
      {"data", "digits", "write drawn digits as IDX files to -o <dir>",
       Verb::Data},
      {"test", "", "", std::nullopt},
      {"diagnose", "", "", std::nullopt},
      {"report", "", "", std::nullopt},
      {"compare", "", "", std::nullopt},
      {"runs", "", "", std::nullopt},
      {"new", "", "", std::nullopt},
      {"explain", "", "", std::nullopt},
      {"completion", "", "", std::nullopt},
  };
  return verbs;
}

const char *const usageLine = "usage: gradc [options] <model.net | ->, or "
                              "gradc --help";

/// The commands and stages: the parts of the help that are no options.
static std::string formatHelpHead() {
  std::string text =
      "gradc - compile, train and diagnose a network described in a .net "
      "file\n\nUSAGE: gradc [options] <model.net | ->          same as "
      "-emit=run\n       gradc <command> [options] ...\n\nCOMMANDS:\n";
  for (const VerbInfo &verb : getVerbs())
    if (verb.verb)
      text += fmt::format("  {:8}{:12} {}\n", verb.name.str(),
                          verb.argument.str(), verb.summary.str());
  text += "\nSTAGES (-emit=):\n"
          "  run           compile and train (the default); also: jit\n";
  for (const StageInfo &stage : getStages())
    text += fmt::format("  {:13} {}\n", stage.name.str(), stage.summary.str());
  return text;
}

static constexpr char helpTail[] = R"(
EXIT CODES:
  0 done                        5 the weights are wrong
  1 a check failed              6 training diverged
  2 the command line is wrong   7 out of disk, memory or another resource
  3 the .net file is wrong     70 internal error
  4 the data are wrong         129, 130, 143 stopped by a signal
)";

void printHelp(raw_ostream &os, bool showHidden) {
  std::string text;
  raw_string_ostream stream(text);
  getOptionTable().printHelp(stream, "", "", showHidden);
  // The table's own head ends with the first blank line after USAGE.
  StringRef options = text;
  options = options.substr(options.find("\n\n", options.find("USAGE")) + 2);
  os << formatHelpHead() << '\n' << options << helpTail;
}

} // namespace gradc

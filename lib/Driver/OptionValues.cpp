//===- OptionValues.cpp - The values of options, checked ------------------===//

#include "OptionReader.h"
#include "OptionTable.h"
#include "gradc/Diagnostics/Characters.h"
#include "gradc/Diagnostics/FixIt.h"
#include "gradc/Driver/DriverError.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Option/Arg.h"
#include "llvm/Option/Option.h"
#include "llvm/TargetParser/X86TargetParser.h"
#include <cmath>
#include <limits>

using namespace llvm;
using namespace llvm::opt;

namespace gradc {

std::string getName(const Arg &argument) {
  return showText(argument.getSpelling().rtrim('='));
}

Error OptionReader::refuse(const Arg &argument, const Twine &why) {
  return makeUsageError("option '" + getName(argument) + "' " + why);
}

Error OptionReader::readText(OptSpecifier id, std::string &text) {
  if (const Arg *argument = arguments.getLastArg(id))
    text = argument->getValue();
  return Error::success();
}

Error OptionReader::readWord(OptSpecifier id, ArrayRef<StringRef> words,
                             unsigned &index) {
  const Arg *argument = arguments.getLastArg(id);
  if (!argument)
    return Error::success();
  StringRef text = argument->getValue();
  const StringRef *found = find(words, text);
  if (found == words.end()) {
    StringRef nearest = findNearest(text, words);
    std::string hint =
        nearest.empty() ? "" : "; did you mean '" + nearest.str() + "'?";
    return refuse(*argument, "takes " + join(words, ", ") + "; found '" +
                                 showText(text) + "'" + hint);
  }
  index = found - words.begin();
  return Error::success();
}

Error OptionReader::readInteger(OptSpecifier id, int64_t low, int64_t high,
                                int64_t &value, bool &isGiven) {
  const Arg *argument = arguments.getLastArg(id);
  isGiven = argument;
  if (!argument)
    return Error::success();
  StringRef text = argument->getValue();
  if (!text.getAsInteger(10, value) && value >= low && value <= high)
    return Error::success();
  std::string range =
      high == std::numeric_limits<int64_t>::max()
          ? "of at least " + std::to_string(low)
          : "from " + std::to_string(low) + " to " + std::to_string(high);
  return refuse(*argument, "takes a whole number " + range + "; found '" +
                               showText(text) + "'");
}

Error OptionReader::readIntegerSetting(OptSpecifier id, StringRef path,
                                       int64_t low) {
  int64_t value = 0;
  bool isGiven;
  if (Error error = readInteger(id, low, std::numeric_limits<int64_t>::max(),
                                value, isGiven))
    return error;
  if (isGiven)
    options.settings.push_back({getName(*arguments.getLastArg(id)), path.str(),
                                std::to_string(value)});
  return Error::success();
}

/// What a wrong option leaves is refused before any value is looked at.
Error OptionReader::checkKnown() {
  for (const Arg *argument : arguments) {
    if (argument->getOption().matches(OPT_UNKNOWN)) {
      std::string text = argument->getAsString(arguments), nearest;
      unsigned distance = getOptionTable().findNearest(text, nearest);
      std::string hint =
          distance <= 2 ? "; did you mean '" + nearest + "'?" : "";
      return makeUsageError("unknown option '" + showText(text) + "'" + hint);
    }
    if (argument->getOption().matches(OPT_later_Group))
      return refuse(*argument, "is not supported yet");
    bool wantsValue = argument->getOption().getKind() != Option::FlagClass &&
                      argument->getOption().getKind() != Option::InputClass;
    if (wantsValue && argument->getValues().size() == 1 &&
        StringRef(argument->getValue()).empty())
      return refuse(*argument, "needs a value");
  }
  return Error::success();
}

/// A CPU that LLVM knows by this name.
Error OptionReader::readCPU() {
  const Arg *argument = arguments.getLastArg(OPT_march_EQ);
  if (!argument || StringRef(argument->getValue()) == "native")
    return Error::success();
  options.cpu = argument->getValue();
  SmallVector<StringRef> names = {"native"};
  X86::fillValidCPUArchList(names, /*Only64Bit=*/true);
  if (is_contained(names, options.cpu))
    return Error::success();
  StringRef nearest = findNearest(options.cpu, names);
  std::string hint =
      nearest.empty() ? "" : "; did you mean '" + nearest.str() + "'?";
  return refuse(*argument,
                "knows no cpu '" + showText(options.cpu) + "'" + hint);
}

/// The number itself is checked here, its sense for the optimizer there.
Error OptionReader::readRate() {
  const Arg *argument = arguments.getLastArg(OPT_lr_EQ);
  if (!argument)
    return Error::success();
  StringRef text = argument->getValue();
  double value;
  if (text.getAsDouble(value) || !std::isfinite(value) || value <= 0)
    return refuse(*argument, "takes a number greater than 0; found '" +
                                 showText(text) + "'");
  options.settings.push_back(
      {getName(*argument), "train.optimizer.lr", toString(value)});
  return Error::success();
}

} // namespace gradc

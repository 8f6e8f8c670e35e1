//===- Options.cpp - What the command line asks for -----------------------===//

#include "gradc/Driver/Options.h"
#include "OptionReader.h"
#include "OptionTable.h"
#include "Remedies.h"
#include "gradc/Diagnostics/Characters.h"
#include "gradc/Diagnostics/FixIt.h"
#include "gradc/Driver/Compile.h"
#include "gradc/Driver/DriverError.h"

#include "llvm/Option/Arg.h"
#include "llvm/Option/Option.h"
#include "llvm/Support/FileSystem.h"
#include <limits>

using namespace llvm;
using namespace llvm::opt;

namespace gradc {

Error OptionReader::readOutput() {
  unsigned word = 0;
  if (Error error = readWord(OPT_format_EQ, {"text", "json"}, word))
    return error;
  options.jsonDiagnostics = word == 1;
  word = unsigned(options.color);
  if (Error error = readWord(OPT_color_EQ, {"auto", "always", "never"}, word))
    return error;
  options.color = ColorMode(word);
  word = unsigned(options.progress);
  if (Error error =
          readWord(OPT_progress_EQ, {"auto", "bar", "line", "none"}, word))
    return error;
  options.progress = ProgressMode(word);
  options.quiet = arguments.hasArg(OPT_q);
  options.verbose = arguments.hasArg(OPT_v);
  options.timeReport = arguments.hasArg(OPT_time_report);
  if (arguments.hasArg(OPT_help_hidden))
    options.show = Options::Show::HiddenHelp;
  else if (arguments.hasArg(OPT_help))
    options.show = Options::Show::Help;
  else if (arguments.hasArg(OPT_version))
    options.show = Options::Show::Version;
  for (const Arg *argument : arguments.filtered(OPT_mlir_Group))
    options.mlirOptions.push_back(argument->getOption().matches(OPT_mllvm)
                                      ? argument->getValue()
                                      : argument->getAsString(arguments));
  return readText(OPT_log_EQ, options.log);
}

Error OptionReader::readCompile() {
  SmallVector<StringRef> stages = {"run", "jit"};
  for (const StageInfo &stage : getStages())
    stages.push_back(stage.name);
  unsigned word = 0;
  if (Error error = readWord(OPT_emit_EQ, stages, word))
    return error;
  options.stage = word <= 1 ? "run" : stages[word].str();
  word = 0;
  if (Error error = readWord(OPT_element_type_EQ, {"f32", "f64"}, word))
    return error;
  options.isF64 = word == 1;
  word = options.level;
  if (Error error = readWord(OPT_O, {"0", "1", "2", "3"}, word))
    return error;
  options.level = word;
  options.syntaxOnly = arguments.hasArg(OPT_fsyntax_only);
  if (Error error = readCPU())
    return error;
  if (Error error = readText(OPT_cache_EQ, options.cache))
    return error;
  return readText(OPT_o, options.output);
}

Error OptionReader::readModel() {
  for (const Arg *argument : arguments.filtered(OPT_D, OPT_set_EQ)) {
    auto [name, value] = StringRef(argument->getValue()).split('=');
    if (name.empty() || value.empty())
      return refuse(*argument, "takes name=value; found '" +
                                   showText(argument->getValue()) + "'");
    if (argument->getOption().matches(OPT_D))
      options.params.push_back({name.str(), value.str()});
    else
      options.settings.push_back(
          {"--set " + name.str(), name.str(), value.str()});
  }
  for (const Arg *argument : arguments.filtered(OPT_with_EQ)) {
    std::vector<std::pair<std::string, std::string>> lines;
    splitRemedies(argument->getValue(), options.remedies, lines);
    for (auto &[path, value] : lines)
      options.settings.push_back({getName(*argument), path, value});
  }
  return readText(OPT_data_EQ, options.data);
}

Error OptionReader::readThreads() {
  bool isGiven;
  return readInteger(OPT_threads_EQ, 1, 1024, options.threads, isGiven);
}

Error OptionReader::readFailOn() {
  unsigned word = 0;
  if (const Arg *argument = arguments.getLastArg(OPT_fail_on_EQ))
    for (StringRef later : {"vanishing", "exploding"})
      if (StringRef(argument->getValue()).contains(later))
        return refuse(*argument, "with '" + later + "' is not supported yet");
  if (Error error = readWord(OPT_fail_on_EQ, {"nan"}, word))
    return error;
  options.failOnNaN = arguments.hasArg(OPT_fail_on_EQ);
  return Error::success();
}

Error OptionReader::readTraining() {
  const int64_t most = std::numeric_limits<int64_t>::max();
  for (auto [id, path, low] :
       {std::tuple<OptionID, StringRef, int64_t>(OPT_epochs_EQ, "epochs", 1),
        {OPT_steps_EQ, "steps", 1},
        {OPT_batch_EQ, "batch", 1},
        {OPT_seed_EQ, "seed", 0}})
    if (Error error = readIntegerSetting(id, ("train." + path).str(), low))
      return error;
  bool isGiven;
  int64_t value = 0;
  if (Error error = readInteger(OPT_dry_run_EQ, 0, most, value, isGiven))
    return error;
  if (isGiven)
    options.dryRun = value;
  if (Error error = readInteger(OPT_seed_EQ, 0, most, value, isGiven))
    return error;
  if (isGiven)
    options.seed = value;
  if (Error error = readInteger(OPT_watch_EQ, 0, most, value, isGiven))
    return error;
  if (isGiven)
    options.watchEvery = value;
  if (Error error =
          readInteger(OPT_count_EQ, 1, 10000000, options.count, isGiven))
    return error;
  if (Error error = readFailOn())
    return error;
  options.force = arguments.hasArg(OPT_force);
  options.allElements = arguments.hasArg(OPT_all);
  for (auto [id, text] : {std::pair(OPT_weights_EQ, &options.weights),
                          {OPT_dump_gradients_EQ, &options.gradients},
                          {OPT_run_dir_EQ, &options.runFolder},
                          {OPT_name_EQ, &options.runName}})
    if (Error error = readText(id, *text))
      return error;
  if (Error error = readRate())
    return error;
  return readThreads();
}

/// A first word that is neither a command nor a file.
Error OptionReader::readVerb(StringRef word) {
  SmallVector<StringRef> names;
  for (const VerbInfo &verb : getVerbs()) {
    if (verb.name == word && !verb.verb)
      return makeUsageError("command '" + word + "' is not supported yet");
    names.push_back(verb.name);
  }
  StringRef nearest = findNearest(word, names);
  std::string hint =
      nearest.empty() ? "" : "; did you mean '" + nearest.str() + "'?";
  return makeUsageError("'" + showText(word) +
                        "' is neither a command nor a file" + hint);
}

Error OptionReader::readPositional() {
  std::vector<std::string> words = arguments.getAllArgValues(OPT_INPUT);
  if (words.empty())
    return makeUsageError("no .net file is given");
  StringRef first = words.front();
  const VerbInfo *verb = find_if(
      getVerbs(), [&](const VerbInfo &verb) { return verb.name == first; });
  bool isVerb = verb != getVerbs().end();
  if (isVerb && verb->verb) {
    options.verb = *verb->verb;
    words.erase(words.begin());
    if (words.empty())
      return makeUsageError("command '" + verb->name + "' needs " +
                            verb->argument);
  } else if (isVerb || (first != "-" && !first.ends_with(".net") &&
                        !sys::fs::exists(first))) {
    return readVerb(first);
  }
  if (words.size() > 1)
    return makeUsageError("one input at a time; found '" + showText(words[0]) +
                          "' and '" + showText(words[1]) + "'");
  options.input = words.front();
  return Error::success();
}

Error OptionReader::checkTogether() {
  if (options.quiet && options.verbose)
    return makeUsageError("options '-q' and '-v' contradict each other");
  if (const Arg *argument = arguments.getLastArg(OPT_emit_EQ)) {
    if (options.verb != Verb::Train)
      return refuse(*argument, "goes with no command but 'train'");
    if (options.syntaxOnly)
      return refuse(*argument, "and '-fsyntax-only' contradict each other");
  }
  bool trains = options.verb == Verb::Train && options.stage == "run";
  if (const Arg *argument = arguments.getLastArg(OPT_dry_run_EQ);
      argument && !trains)
    return refuse(*argument, "goes with no command but 'train'");
  if (trains && options.output == "-")
    return makeUsageError("option '-o': the weights cannot go to standard "
                          "output, where the epochs are shown");
  if (!options.output.empty() && arguments.hasArg(OPT_run_dir_EQ, OPT_name_EQ))
    return makeUsageError("option '-o' writes the weights alone, without the "
                          "directory that '--run-dir' and '--name' are about");
  if (options.verb == Verb::Data && options.output.empty())
    return makeUsageError("command 'data' needs -o <dir>");
  if (options.runName.find('/') != std::string::npos ||
      options.runName == ".." || options.runName == ".")
    return makeUsageError("option '--name' takes a name; found '" +
                          showText(options.runName) + "'");
  return Error::success();
}

Error parseOptions(ArrayRef<const char *> words, Options &options) {
  unsigned missingIndex, missingCount;
  InputArgList arguments =
      getOptionTable().ParseArgs(words, missingIndex, missingCount);
  OptionReader reader(arguments, options);
  if (Error error = reader.readOutput())
    return error;
  if (options.show != Options::Show::Nothing)
    return Error::success();
  if (missingCount != 0)
    return makeUsageError("option '" + showText(words[missingIndex]) +
                          "' needs a value");
  for (auto read : {&OptionReader::checkKnown, &OptionReader::readPositional,
                    &OptionReader::readCompile, &OptionReader::readModel,
                    &OptionReader::readTraining, &OptionReader::checkTogether})
    if (Error error = (reader.*read)())
      return error;
  return Error::success();
}

} // namespace gradc

//===- OptionReader.h - From arguments to Options ---------------*- C++ -*-===//

#ifndef GRADC_LIB_DRIVER_OPTIONREADER_H
#define GRADC_LIB_DRIVER_OPTIONREADER_H

#include "gradc/Driver/Options.h"
#include "llvm/Option/ArgList.h"

namespace gradc {

/// Fills in `options` from the parsed arguments, one group after the other.
class OptionReader {
public:
  OptionReader(const llvm::opt::InputArgList &arguments, Options &options)
      : arguments(arguments), options(options) {}

  llvm::Error readOutput();
  llvm::Error checkKnown();
  llvm::Error readCompile();
  llvm::Error readModel();
  llvm::Error readTraining();
  llvm::Error readPositional();
  llvm::Error checkTogether();

private:
  const llvm::opt::InputArgList &arguments;
  Options &options;

  llvm::Error refuse(const llvm::opt::Arg &argument, const llvm::Twine &why);
  llvm::Error readText(llvm::opt::OptSpecifier id, std::string &text);
  /// One of `words`: its index.
  llvm::Error readWord(llvm::opt::OptSpecifier id,
                       llvm::ArrayRef<llvm::StringRef> words, unsigned &index);
  llvm::Error readInteger(llvm::opt::OptSpecifier id, int64_t low, int64_t high,
                          int64_t &value, bool &isGiven);
  /// A number that stands for a line of the file.
  llvm::Error readIntegerSetting(llvm::opt::OptSpecifier id,
                                 llvm::StringRef path, int64_t low);
  llvm::Error readFailOn();
  llvm::Error readRate();
  llvm::Error readCPU();
  llvm::Error readThreads();
  llvm::Error readVerb(llvm::StringRef word);
};

/// As it was written, without its value: `--epochs`.
std::string getName(const llvm::opt::Arg &argument);

} // namespace gradc

#endif // GRADC_LIB_DRIVER_OPTIONREADER_H

//===- OptionTable.h - The table of Options.td ------------------*- C++ -*-===//

#ifndef GRADC_LIB_DRIVER_OPTIONTABLE_H
#define GRADC_LIB_DRIVER_OPTIONTABLE_H

#include "gradc/Driver/Options.h"
#include "llvm/Option/OptTable.h"

namespace gradc {

enum OptionID {
  OPT_INVALID = 0,
#define OPTION(...) LLVM_MAKE_OPT_ID(__VA_ARGS__),
#include "gradc/Driver/Options.inc"
#undef OPTION
};

const llvm::opt::OptTable &getOptionTable();

/// A command: the first word that is no option.
struct VerbInfo {
  llvm::StringLiteral name, argument, summary;
  std::optional<Verb> verb; ///< none: not supported yet
};
llvm::ArrayRef<VerbInfo> getVerbs();

} // namespace gradc

#endif // GRADC_LIB_DRIVER_OPTIONTABLE_H

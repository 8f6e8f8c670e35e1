//===- WriteData.cpp - gradc data -----------------------------------------===//

#include "Commands.h"
#include "gradc/Data/Digits.h"
#include "gradc/Diagnostics/Characters.h"
#include "gradc/Driver/DriverError.h"
#include "gradc/Driver/Figures.h"

using namespace llvm;

namespace gradc {

Error runData(const Options &options, Console &console) {
  if (options.input != "digits")
    return makeUsageError("command 'data' writes 'digits'; found '" +
                          showText(options.input) + "'");
  // As many for tests as MNIST has: a sixth.
  int64_t tests = std::max<int64_t>(1, options.count / 6);
  uint64_t seed = options.seed.value_or(1);
  if (Error error = data::writeDigits(options.output, options.count, tests,
                                      seed, options.force))
    return error;
  if (!options.quiet)
    console.out.write("digits, drawn by gradc, seed " + std::to_string(seed) +
                      ": not MNIST   " + formatCount(options.count) +
                      " train + " + formatCount(tests) + " test   in " +
                      showText(options.output) + "\n");
  return Error::success();
}

} // namespace gradc

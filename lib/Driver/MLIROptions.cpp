//===- MLIROptions.cpp - Options handed on to MLIR and LLVM ---------------===//

#include "MLIROptions.h"
#include "gradc/Diagnostics/Characters.h"
#include "gradc/Driver/DriverError.h"
#include "gradc/InitAll.h"

#include "mlir/Dialect/Bufferization/Transforms/Passes.h"
#include "mlir/IR/AsmState.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Support/Timing.h"
#include "mlir/Transforms/Passes.h"
#include "llvm/Support/CommandLine.h"

using namespace llvm;
using namespace mlir;

namespace gradc {

Error applyMLIROptions(ArrayRef<std::string> words) {
  if (words.empty())
    return Error::success();
  // Options name passes: gradc's, and those of MLIR that its stages run.
  gradc::registerAllPasses();
  mlir::registerTransformsPasses();
  bufferization::registerBufferizationPasses();
  registerAsmPrinterCLOptions();
  registerMLIRContextCLOptions();
  registerPassManagerCLOptions();
  registerDefaultTimingManagerCLOptions();
  std::vector<const char *> arguments = {"gradc"};
  for (const std::string &word : words)
    arguments.push_back(word.c_str());
  std::string complaints;
  raw_string_ostream stream(complaints);
  if (cl::ParseCommandLineOptions(arguments.size(), arguments.data(), "",
                                  &stream))
    return Error::success();
  // The first line says what is wrong, after the name of the program.
  StringRef line = StringRef(complaints).split('\n').first;
  line = line.split(".  Try").first;
  line.consume_front("gradc: ");
  return makeUsageError(showText(line));
}

std::function<LogicalResult(PassManager &)>
getPassManagerOptions(ArrayRef<std::string> words) {
  if (words.empty())
    return {};
  return [](PassManager &manager) {
    applyDefaultTimingPassManagerCLOptions(manager);
    return applyPassManagerCLOptions(manager);
  };
}

} // namespace gradc

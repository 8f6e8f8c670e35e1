//===- CodeKey.cpp - What compiled code depends on ------------------------===//

#include "CodeKey.h"
#include "gradc/Driver/Version.h"
#include "gradc/Interfaces/Interfaces.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/SHA256.h"
#include "llvm/TargetParser/Host.h"
#include "llvm/TargetParser/SubtargetFeature.h"

using namespace llvm;
using namespace mlir;

namespace gradc {

/// The code of `native` depends on the machine; that of a named CPU on no more
/// than its name.
static void printMachine(raw_ostream &os, StringRef cpu) {
  os << sys::getDefaultTargetTriple() << '\n' << cpu << '\n';
  if (cpu != "native")
    return;
  os << sys::getHostCPUName() << '\n';
  std::vector<std::string> features;
  for (const auto &feature : sys::getHostCPUFeatures())
    features.push_back((feature.second ? "+" : "-") + feature.first().str());
  llvm::sort(features); // a map's order is no fact
  for (const std::string &feature : features)
    os << feature << ',';
  os << '\n';
}

static void printOptions(raw_ostream &os, const CompileOptions &options) {
  // All of them are named here, so that a new one cannot be forgotten. The last
  // two change no code, and the module has the remedies already.
  const auto &[batch, isF64, level, cpu, parallel, watch, throughTime,
               gradients, training, remedies, configure, onPhase] = options;
  os << batch << ' ' << isF64 << ' ' << level << ' ' << parallel << ' ' << watch
     << ' ' << throughTime << ' ' << gradients << ' ' << training << '\n';
  printMachine(os, cpu);
}

ProgramKey getCodeKey(ModuleOp module, const CompileOptions &options) {
  std::string text;
  raw_string_ostream stream(text);
  stream << "gradc " << gradcVersion << " LLVM " << LLVM_VERSION_STRING << '\n'
         << getBuildIdentity();
  printOptions(stream, options);
  // Another learning rate needs no other code.
  OwningOpRef<ModuleOp> ofAnyRate = module.clone();
  ofAnyRate->walk([](OptimizerOpInterface rule) { rule.setSourceRate(1); });
  // Locations are left out; the generic form needs no printer of any op.
  OpPrintingFlags flags;
  flags.assumeVerified().printGenericOpForm().useLocalScope();
  ofAnyRate->print(stream, flags);
  return SHA256::hash(arrayRefFromStringRef(text));
}

} // namespace gradc

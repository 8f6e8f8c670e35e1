//===- HostCPU.cpp - Whether this machine can run the code ----------------===//

#include "HostCPU.h"
#include "gradc/Driver/DriverError.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/TargetParser/Host.h"
#include "llvm/TargetParser/X86TargetParser.h"

using namespace llvm;

namespace gradc {

Error checkHost(StringRef cpu) {
  if (cpu == "native")
    return Error::success();
  StringMap<bool> host = sys::getHostCPUFeatures();
  SmallVector<StringRef> wanted, missing;
  X86::getFeaturesForCPU(cpu, wanted);
  for (StringRef feature : wanted)
    if (auto found = host.find(feature); found != host.end() && !found->second)
      missing.push_back(feature);
  if (missing.empty())
    return Error::success();
  return makeUsageError("option '-march': this machine cannot run code for '" +
                        cpu + "'; it lacks " + join(missing, ", "));
}

} // namespace gradc

//===- Threads.cpp - Threads that share a step's loops --------------------===//

#include "gradc/Execution/Threads.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/DynamicLibrary.h"
#include <sched.h>
#include <string>
#include <unistd.h>

using namespace llvm;

namespace gradc {

static unsigned numThreads = 1;

unsigned countProcessors() {
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof(set), &set) == 0)
    return CPU_COUNT(&set);
  // More than the set has room for.
  long count = sysconf(_SC_NPROCESSORS_ONLN);
  return count > 0 ? unsigned(count) : 1;
}

unsigned countThreads() { return numThreads; }

Error useThreads(unsigned count) {
  std::string problem;
  // The first is the name that programs are linked to, the second that of
  // packages for development.
  for (const char *name : {"libomp.so.5", "libomp.so"}) {
    problem.clear();
    if (!sys::DynamicLibrary::LoadLibraryPermanently(name, &problem))
      break;
  }
  if (!problem.empty())
    return createStringError("the OpenMP runtime is not there: " + problem);
  auto *setCount = reinterpret_cast<void (*)(int)>(
      sys::DynamicLibrary::SearchForAddressOfSymbol("omp_set_num_threads"));
  if (!setCount)
    return createStringError("the OpenMP runtime has no omp_set_num_threads");
  setCount(int(count));
  numThreads = count;
  return Error::success();
}

} // namespace gradc

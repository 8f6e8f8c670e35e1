//===- Threads.h - Threads that share a step's loops ------------*- C++ -*-===//

#ifndef GRADC_EXECUTION_THREADS_H
#define GRADC_EXECUTION_THREADS_H

#include "llvm/Support/Error.h"

namespace gradc {

/// How many processors this process may run on at the same time.
unsigned countProcessors();

/// How many threads a step's loops use: 1, or what `useThreads` was asked for.
unsigned countThreads();

/// Loads the OpenMP runtime, which code compiled for several threads calls, and
/// has it use `count` of them. Fails where the machine has no such library.
llvm::Error useThreads(unsigned count);

} // namespace gradc

#endif // GRADC_EXECUTION_THREADS_H

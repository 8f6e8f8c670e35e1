//===- Program.h - A compiled network and where its parts are ---*- C++ -*-===//
//
// What the host needs to know of a compiled step: no MLIR, no dialect.
//
//===----------------------------------------------------------------------===//

#ifndef GRADC_EXECUTION_PROGRAM_H
#define GRADC_EXECUTION_PROGRAM_H

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringMap.h"
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace gradc {

/// A tensor at a place in a block of memory.
struct TensorPlace {
  std::string name;
  /// `parameter`, `buffer` or `state` (of the optimizer); empty for an output.
  std::string kind;
  llvm::SmallVector<int64_t> shape;
  int64_t offset = 0; ///< bytes from the beginning of the block
  bool isF64 = false;

  int64_t getNumElements() const {
    int64_t count = 1;
    for (int64_t size : shape)
      count *= size;
    return count;
  }
  int64_t getNumBytes() const { return getNumElements() * (isF64 ? 8 : 4); }
};

/// One compiled function and what it gives back.
struct ProgramFunction {
  std::vector<std::string> reports; ///< name of each f64 in the reports block
  std::vector<TensorPlace> outputs; ///< in the outputs block
  int64_t outputBytes = 0;
};

/// All functions of a network for one batch size, as one object file. Their
/// names: `initialize`, `train_step`, `train_step_watched`, `evaluate`,
/// `predict`, `gradients`, `loss`; only those that were asked for are there.
struct Program {
  std::string networkName;
  bool isF64 = false;
  int64_t batch = 0;
  llvm::SmallVector<int64_t> inputShape; ///< with the batch
  int64_t inputClasses = 0; ///< inputs are whole and below it; 0: any numbers
  llvm::SmallVector<int64_t> targetShape; ///< with the batch; empty: no target
  bool targetIsClass = false;             ///< i32 classes, not real values
  int64_t classes = 0;                    ///< where it is: labels are below it
  /// The range in which the loss has a meaning for real targets.
  double targetLow = -std::numeric_limits<double>::infinity();
  double targetHigh = std::numeric_limits<double>::infinity();
  std::vector<TensorPlace> variables; ///< in the state block
  int64_t stateBytes = 0;
  int64_t arenaBytes = 0; ///< of the function that needs most
  llvm::StringMap<ProgramFunction> functions;
  std::string object; ///< relocatable ELF
};

/// The one signature of all functions. `number` is the step, counted from 1, in
/// training, and the count of samples in `evaluate` and `predict`. Blocks a
/// function has no use for may be null.
using StepFunction = void (*)(void *state, void *arena, const void *inputs,
                              const void *targets, int64_t number, double rate,
                              int64_t seed, double *reports, void *outputs);

} // namespace gradc

#endif // GRADC_EXECUTION_PROGRAM_H

//===- State.h - The memory of a network ------------------------*- C++ -*-===//

#ifndef GRADC_EXECUTION_STATE_H
#define GRADC_EXECUTION_STATE_H

#include "gradc/Data/Safetensors.h"
#include "gradc/Execution/Program.h"
#include "llvm/Support/Error.h"
#include <cstdlib>
#include <memory>

namespace gradc {

/// A block of memory aligned to 64 bytes and filled with zeros.
class Block {
public:
  Block() = default;
  /// Fails, with the size in the message, where the memory cannot be had.
  static llvm::Expected<Block> allocate(int64_t bytes);
  void *data() const { return memory.get(); }
  int64_t size() const { return bytes; }

private:
  struct Free {
    void operator()(void *pointer) const { std::free(pointer); }
  };
  std::unique_ptr<void, Free> memory;
  int64_t bytes = 0;
};

/// The variables that `places` describe in `state`, as named tensors. Only
/// those of kind `parameter` or `buffer` where `withOptimizer` is false.
std::vector<data::NamedTensor>
readVariables(const Program &program, const Block &state, bool withOptimizer);

/// Writes tensors of a file over the variables of the same names. Every
/// parameter and buffer must be there with its shape; what is missing, surplus
/// or of another shape is listed in the error (a file error: exit code 5).
llvm::Error writeVariables(const Program &program, const Block &state,
                           llvm::StringRef file,
                           const std::vector<data::NamedTensor> &tensors);

/// The name of the first variable that holds a number that is not finite, or
/// an empty string.
std::string findNonFinite(const Program &program, const Block &state);

} // namespace gradc

#endif // GRADC_EXECUTION_STATE_H

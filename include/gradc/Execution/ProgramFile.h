//===- ProgramFile.h - A program as the bytes of a file ---------*- C++ -*-===//

#ifndef GRADC_EXECUTION_PROGRAMFILE_H
#define GRADC_EXECUTION_PROGRAMFILE_H

#include "gradc/Execution/Program.h"
#include <array>
#include <optional>

namespace gradc {

/// Stands for all that a program was made from: programs of one key are equal.
using ProgramKey = std::array<uint8_t, 32>;

/// The whole program, its key, and a checksum over both. Only readers of the
/// same build on the same kind of machine need to understand it.
std::string writeProgram(const Program &program, const ProgramKey &key);

/// The program that `bytes` hold; none where they are damaged, incomplete, of
/// another format, or where the program has another key.
std::optional<Program> readProgram(llvm::StringRef bytes,
                                   const ProgramKey &key);

} // namespace gradc

#endif // GRADC_EXECUTION_PROGRAMFILE_H

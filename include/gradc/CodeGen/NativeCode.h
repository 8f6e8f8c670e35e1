//===- NativeCode.h - From the LLVM dialect to machine code -----*- C++ -*-===//

#ifndef GRADC_CODEGEN_NATIVECODE_H
#define GRADC_CODEGEN_NATIVECODE_H

#include "mlir/IR/BuiltinOps.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/Target/TargetMachine.h"
#include <memory>
#include <string>

namespace gradc {

/// The machine that code is made for.
struct Target {
  std::unique_ptr<llvm::TargetMachine> machine;
  unsigned vectorRegisters; ///< how many
  unsigned vectorBytes;     ///< how wide

  /// `native`, `x86-64-v2`, `x86-64-v3`, `x86-64-v4`, or any name that LLVM
  /// knows. Refuses, with the reason, a CPU that this machine is not.
  static llvm::Expected<Target> create(llvm::StringRef cpu, unsigned level);
};

/// Translates a module of the LLVM dialect.
mlir::FailureOr<std::unique_ptr<llvm::Module>>
translateToLLVM(mlir::ModuleOp module, llvm::LLVMContext &context,
                const Target &target);

/// Runs LLVM's passes: a short list that tidies addresses and loops, or the
/// whole pipeline at level 3. At level 0 none.
void optimize(llvm::Module &module, const Target &target, unsigned level);

/// An object file, or assembly text.
llvm::Expected<std::string> emitCode(llvm::Module &module, const Target &target,
                                     bool asText);

} // namespace gradc

#endif // GRADC_CODEGEN_NATIVECODE_H

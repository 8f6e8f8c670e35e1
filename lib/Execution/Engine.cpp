//===- Engine.cpp - Load a program and call it ----------------------------===//

#include "gradc/Execution/Engine.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ExecutionEngine/Orc/LLJIT.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/TargetSelect.h"

using namespace llvm;

namespace gradc {

struct Engine::Implementation {
  // Linking reports here what it cannot return. The JIT uses it to its end.
  std::string problems;
  std::unique_ptr<orc::LLJIT> jit;
  StringMap<StepFunction> functions;

  Error link(const Program &program);
  Error describe(const Program &program, Error error);
};

/// One error that says what could not be linked and why.
Error Engine::Implementation::describe(const Program &program, Error error) {
  std::string reason = toString(std::move(error));
  if (!problems.empty())
    reason = problems + "; " + reason;
  return createStringError("cannot load the compiled code of '" +
                           program.networkName + "': " + reason);
}

Error Engine::Implementation::link(const Program &program) {
  // LLJIT makes a compiler for IR too, which asks for the target.
  InitializeNativeTarget();
  InitializeNativeTargetAsmPrinter();
  // Nothing in the object runs before it is called: no platform is needed.
  Expected<std::unique_ptr<orc::LLJIT>> created =
      orc::LLJITBuilder().setPlatformSetUp(orc::setUpInactivePlatform).create();
  if (!created)
    return created.takeError();
  jit = std::move(*created);
  jit->getExecutionSession().setErrorReporter([this](Error error) {
    problems += (problems.empty() ? "" : "; ") + toString(std::move(error));
  });
  if (Error error = jit->addObjectFile(
          MemoryBuffer::getMemBufferCopy(program.object, program.networkName)))
    return error;
  for (const auto &function : program.functions) {
    Expected<orc::ExecutorAddr> address = jit->lookup(function.getKey());
    if (!address)
      return address.takeError();
    functions[function.getKey()] = address->toPtr<StepFunction>();
  }
  return Error::success();
}

Engine::Engine(std::unique_ptr<Implementation> implementation)
    : implementation(std::move(implementation)) {}

Engine::~Engine() = default;

Expected<std::unique_ptr<Engine>> Engine::create(const Program &program) {
  auto implementation = std::make_unique<Implementation>();
  if (Error error = implementation->link(program))
    return implementation->describe(program, std::move(error));
  return std::unique_ptr<Engine>(new Engine(std::move(implementation)));
}

StepFunction Engine::lookup(StringRef name) const {
  return implementation->functions.lookup(name);
}

} // namespace gradc

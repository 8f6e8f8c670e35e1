//===- Engine.cpp - Load a program and call it ----------------------------===//

#include "gradc/Execution/Engine.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ExecutionEngine/Orc/ExecutionUtils.h"
#include "llvm/ExecutionEngine/Orc/ObjectLinkingLayer.h"
#include "llvm/ExecutionEngine/Orc/SelfExecutorProcessControl.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace llvm;

namespace gradc {

struct Engine::Implementation {
  // Linking reports here what it cannot return. The session uses it to its end.
  std::string problems;
  std::unique_ptr<orc::ExecutionSession> session;
  std::unique_ptr<orc::ObjectLinkingLayer> layer;
  StringMap<StepFunction> functions;

  ~Implementation();
  Error link(const Program &program);
  Error describe(const Program &program, Error error);

private:
  Expected<orc::JITDylib *> begin();
  Error findFunctions(const Program &program, orc::JITDylib &library);
};

Engine::Implementation::~Implementation() {
  if (session)
    consumeError(session->endSession());
}

/// One error that says what could not be linked and why.
Error Engine::Implementation::describe(const Program &program, Error error) {
  std::string reason = toString(std::move(error));
  if (!problems.empty())
    reason = problems + "; " + reason;
  return createStringError("cannot load the compiled code of '" +
                           program.networkName + "': " + reason);
}

/// A linker and nothing else: LLJIT would also make a compiler, for which the
/// whole target is set up. The code may call what this process has, as libm.
Expected<orc::JITDylib *> Engine::Implementation::begin() {
  auto process = orc::SelfExecutorProcessControl::Create();
  if (!process)
    return process.takeError();
  session = std::make_unique<orc::ExecutionSession>(std::move(*process));
  session->setErrorReporter([this](Error error) {
    problems += (problems.empty() ? "" : "; ") + toString(std::move(error));
  });
  layer = std::make_unique<orc::ObjectLinkingLayer>(*session);
  auto symbols = orc::DynamicLibrarySearchGenerator::GetForCurrentProcess('\0');
  if (!symbols)
    return symbols.takeError();
  orc::JITDylib &library = session->createBareJITDylib("step");
  library.addGenerator(std::move(*symbols));
  return &library;
}

/// All at once: the first look-up links the object.
Error Engine::Implementation::findFunctions(const Program &program,
                                            orc::JITDylib &library) {
  orc::SymbolLookupSet wanted;
  for (const auto &function : program.functions)
    wanted.add(session->intern(function.getKey()));
  Expected<orc::SymbolMap> found =
      session->lookup(orc::makeJITDylibSearchOrder(
                          &library, orc::JITDylibLookupFlags::MatchAllSymbols),
                      std::move(wanted));
  if (!found)
    return found.takeError();
  for (const auto &[name, symbol] : *found)
    functions[*name] = symbol.getAddress().toPtr<StepFunction>();
  return Error::success();
}

Error Engine::Implementation::link(const Program &program) {
  Expected<orc::JITDylib *> library = begin();
  if (!library)
    return library.takeError();
  if (Error error = layer->add(
          **library,
          MemoryBuffer::getMemBufferCopy(program.object, program.networkName)))
    return error;
  return findFunctions(program, **library);
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
